"""Beginnings of words that talk of danger is rarely without, in their plain form.

Where a text has one, less is needed for the classifier to speak up. They judge nothing by themselves: a lesson on the
heart has `blood` in it. Languages that write without blanks are looked at letter by letter.
"""

import re

_BEGINNINGS = """
dying death suicid unaliv overdos blade razor selfharm bleed stab murder rape molest abus bruis nude starv purg vomit
puke laxativ anorex bulimi bullied bullies threaten noose poison strangl chok slit funeral kill
morir matar matarme suicid pastilla golpea golpean viola abusa desaparec cuchillo pistola despedida
mourir suicid cachets scarif mutil frappe viole harcel couteau flingue
sterben umbring suizid selbstmord tabletten ritze verletz missbrauch vergewalt messer waffe abschied
morrer comprimido remedios estupr machuc despedida faca
morire uccider ammazz pastigli picchia violent coltello pistola
zelfmoord pillen snijd mishandel verkracht doodgaan
sjalvmord tabletter valdt skarsar avskedsbrev
umrze zabic zabij samoboj tabletk zgwalc okalecz
intihar olmek oldur yasamak kendimi taciz tecavuz
умереть умру смерт убить убью самоуб суицид таблет режу порез насил изнас повес покончи жить
померти вбити самогуб таблет ріжу згвалт накласти жити
اموت انتحار انتحر اقتل الموت حياتي يضرب يلمس اغتصب ساقتل الحبوب
मरना मरने मर आत्महत्या खुदकुशी जीना जीने काटत मारत छूते marna suicide jeena
chet giet rach hiep
bunuh sayat silet perkosa mukul
mamatay magpakamatay patayin laslas binubugbog ginahasa
selvmord sebevra sinucid
"""
_WORDS = """
die dies died dead kms pill pills tablets cut cuts cutting scar scars harm hurt hurts burn blood gun guns knife shoot
shooting bomb touches touched touching beat beats hit hits hitting belt alive live living exist existing disappear gone
goodbye burden worthless hopeless rope hang hanging jump bridge roof ledge wrist wrists drown punch punches weapon
nobody noone pointless
mori muero quiero vida mato corto pega toca tuer tue vie coupe meurs tot leben schlagt vida bate corta corto vita dood
mati hidup buhay zyc bije smrt olsem
"""
_UNSPACED = """
自杀 自殺 想死 去死 不想活 活着 割 伤 傷 刀 打我 摸我 强奸 欺负 药 吐 消失 跳楼
死 殺 消え 生きて 生きる 手首 切っ 飛び降り 薬を 殴 触ら 怖い いじめ
죽 자살 살기 자해 칼 때려 만져 성폭행 무서 약 토해 사라
ตาย ฆ่า กรีด ชีวิต ทำร้าย ข่มขืน กลัว ยา
"""
_SPACED = re.compile(
    rf"(?<!\S)(?:(?:{'|'.join(sorted(set(_BEGINNINGS.split())))})|(?:{'|'.join(sorted(set(_WORDS.split())))})(?!\S))"
)
_ANYWHERE = re.compile("|".join(_UNSPACED.split()))


def has_grave_word(plain_text: str) -> bool:
    """Whether a plain view has a word that talk of danger is rarely without."""
    return bool(_SPACED.search(plain_text) or _ANYWHERE.search(plain_text))
