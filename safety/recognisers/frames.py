"""What a text is about: a lesson, a word problem, a general question, or people whom the writer knows.

The same first name is somebody in "Julia took my book" and nobody in "Julia has 12 apples": the frame decides. Words
of the commonest languages stand side by side; a word that means something else in another language is left out.
"""

import re
from dataclasses import dataclass

_TAUGHT = re.compile(
    r"\b(?:explain|compare|contrast|describe|summari[sz]e|analy[sz]e|discuss|define|paraphrase|evaluate|rhyme"
    r"|theory|theorem|laws? of|principle|hypothesis|poems?|poetry|sonnet|stanza|novella|protagonist|antagonist"
    r"|characters?|chapter|act [ivx\d]+|scene|soliloquy|playwright|philosophers?|emperor|dynasty|treaty|century"
    r"|battle of|world war|civil war|reign|isbn|doi|et al|university press|symphony|sonata|painting|sculpture|fresco"
    r"|revolution|renaissance|enlightenment|empire|in which year|according to|shakespeare\w*|bible|mytholog\w+"
    r"|formula|element|molecule|species|hero(?:ine)?s?|villain|myth|legend|tragedy|composers?|lyrics"
    r"|metaphor|symbolism|themes?|motif|plot|narrat\w+|essay (?:on|about)|biograph\w+|inventor|scientist|author of"
    r"|president|king|queen|discover\w+|invent(?:ed|ion)|assassinat\w+|crowned|abolish\w+|colon(?:y|ies|ial\w*)"
    r"|who (?:was|is|were|wrote|painted|composed|said|founded|ruled|led|killed|plays?|played|sang|sings|won)"
    r"|explica|compara|describe|resume|analiza|comenta|simboliza|poemas?|novelas?|personajes?|autor(?:a|es)?|reyes?"
    r"|explique[rz]?|comparez?|décri[ts]\w*|résume[rz]?|analyse[rz]?|poèmes?|roman|personnages?|auteure?s?|rois?|reine"
    r"|erkläre?|vergleiche?|beschreibe?|charakterisiere?|interpretiere?|gedichte?|roman|drama|figuren?|könige?|kaiser"
    r"|spiega|confronta|descrivi|riassumi|analizza|canto|poesia|romanzo|personaggi\w*|compare|descreva|resuma|analise"
    r"|obra|personagens?|vergelijk|beschrijf|gedicht|hoofdpersoon|personage|porównaj|opisz|wiersz\w*|bohater\w*"
    r"|объясни|сравни|опиши|роман\w*|поэм\w+|стихотворени\w+|геро[йяи]\w*|açıkla|karşılaştır|şiir\w*|roman\w*|padişah\w*"
    r"|jelaskan|bandingkan|puisi|tokoh|giải thích|so sánh|phân tích|nhân vật|bài thơ)\b"
    r"|['’]s (?:laws?|theor\w+|equations?|principle|constant|method|rule|triangle|paradox|effect|experiments?|models?|views?)\b"
    r"|[(,]\s?(?:1[0-9]|20)\d\d[a-z]?\)|小说|诗|主角|皇帝|朝代|小説|詩人|主人公|소설|시인|شاعر|رواية|قصيدة|कवि|कहानी",
    re.IGNORECASE,
)
"""What lessons speak of: names there are taught, not told."""

_SUM = re.compile(
    r"\$\$|\\\\?frac|\d+\s*[=+*/×÷^]\s*\(?-?\d+|\b[a-z]\s*=\s*-?\d|\b(?:equations?|expressions?|polynomials?|functions?|formulas?"
    r"|simplify|factori[sz]?e?|solve|calculate|determine|how (?:many|much|far|long|old|tall|fast)|probability|fractions?"
    r"|integers?|derivative|integral|graph|slope|ratio|percent(?:age)?|average|the mean|standard deviation|triangle"
    r"|perimeter|area of|volume of|total (?:cost|number|price|distance)|per (?:hour|minute|day|week|mile|pound)|altogether"
    r"|find the (?:value|number|sum|product|total|amount)|interest earned|exercises?|(?:random|dependent) variable"
    r"|cuánt[oa]s?|combien|wie ?viele?|quant[ioae]|quantos|hoeveel|ile|сколько|kaç|berapa|bao nhiêu|hur många|hvor mange"
    r"|verhältnis|rapporto|ratio|proporción)\b|多少|几个|いくつ|何個|몇|كم عدد|कितन",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[$€£]\s?\d|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|twice|dozen)\s+"
    r"(?:\w+\s+)?(?:apples?|oranges?|pears?|bananas?|dollars?|cents?|euros?|pounds?|coins?|dimes?|quarters?|nickels?|pennies|miles?"
    r"|kilomet\w+|km|met(?:er|re)s?|feet|foot|inches|cm|hours?|minutes?|days|weeks|books?|marbles?|cookies|candies|sweets|pencils?"
    r"|pens?|stickers?|cards?|balls?|eggs?|cakes?|cupcakes?|muffins?|pizzas?|slices?|tickets?|toys?|boxes|bags?|bottles?|gallons?"
    r"|lit(?:er|re)s?|grams?|kg|ounces?|cups?|flowers?|trees?|chickens?|cows?|dogs?|cats?|fish|students?|children|people"
    r"|more|less|fewer|percent|%)\b|\d\s*%",
    re.IGNORECASE,
)
"""What word problems count."""

_FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|im|i've|i'll|i'd|me|my|mine|myself|we|our|us|we're|you|your)\b(?![.)])"
    r"|\b(?:yo|mi|mis|conmigo|nosotros|nuestr[oa]s?|ich|mein\w*|mir|mich|wir|unser\w*|je|mon|moi|nous|notre|nos|io|mio|mia|miei"
    r"|eu|meu|minha|meus|minhas|ik|mijn|wij|onze|ja|mój|moja|mnie|jag|mitt|jeg|ben|benim|bana|bizim|saya|aku|kami|tôi|em|mình"
    r"|я|мой|моя|моей|мне|меня|мы|нас|наш\w*|мене|мій)\b|\bj['’]|我|私|僕|俺|うち|나는|저는|내 |제 |우리|أنا|عندي|मैं|मेर|मुझ|हमार",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:(?:so|ok|and|please|tell me)[ ,]+)?(?:who|what|whats|when|where|which|whose|how|why|name (?:the|a|two|three)|is|are|was"
    r"|were|did|does|do|actress|actor|list|last|first|the (?:first|last)|qué|quién|cuál|cómo|por qué|cuándo|dónde|qui|que|quoi"
    r"|quel(?:le)?s?|pourquoi|comment|quand|où|est-ce|wer|was|wie|warum|wann|wo|welche[rsnm]?|wieso|ist|war|hat|chi|che|cosa"
    r"|quale|perché|come|quando|dove|quem|qual|quais|onde|o que|wat|waarom|hoe|wanneer|waar|welke|kto|co|dlaczego|jak|kiedy"
    r"|gdzie|кто|что|почему|как|когда|где|какой|какая|зачем|хто|чому|як|коли|kim|ne|neden|nasıl|hangi|siapa|apa|mengapa|kenapa"
    r"|bagaimana|kapan|ai|vì sao|tại sao|vem|vad|varför|hur|när|hvem|hvad|hvorfor|sino|bakit|ano)\b"
    r"|\b(?:who|which) (?:is|was|did|wrote|plays?|played|sang|sings|won)\b|\b(?:năm nào|là ai|nasıl|hangi|kimdir|nedir|kaçıncı)\b"
    r"|谁|什么|为什么|怎么|哪|誰|なぜ|どう|何|왜|누구|무엇|어떻게|لماذا|كيف|متى|أين|कौन|क्या|क्यों|कैसे|कब",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|is|my|you|that|it|with|for|was|are|have|has|he|she|this|from|your|not|be|at|by|but|his|her|they"
    r"|had|can|i|been|did|does|will|would|what|who|how|please|me|a|in|on|like|about)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。？！]['\")\]]*\s|[。？！\n]")
_HEAD = 4000
"""Characters of a text that decide on its frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What kind of text names stand in."""

    is_counted: bool
    is_personal: bool
    is_english: bool
    has_contact: bool


def frame_of(text: str, *, has_contact: bool = False) -> Frame:
    """Judge a whole text by its first 4,000 characters."""
    head = text[:_HEAD]
    words = head.count(" ") + head.count("\n") + 1
    is_personal = bool(_FIRST_PERSON.search(head))
    return Frame(
        is_counted=bool(_SUM.search(head) or (not is_personal and _COUNTED.search(head))),
        is_personal=is_personal,
        is_english=len(_ENGLISH.findall(head)) * 6 >= words,
        has_contact=has_contact,
    )


def sentence_around(text: str, start: int, end: int) -> str:
    """Give the sentence of a place, or at most 300 characters on either side of it."""
    low, high = max(0, start - 300), min(len(text), end + 300)
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, low, start)), default=low)
    stop = _SENTENCE_END.search(text, end, high)
    return text[begin : stop.start() + 1 if stop else high]


def is_lesson(sentence: str) -> bool:
    """Tell whether a sentence teaches or asks what was taught."""
    return bool(_TAUGHT.search(sentence))


def is_general_question(sentence: str) -> bool:
    """Tell whether a sentence asks about the world, and not about the writer or the reader."""
    return bool(_QUESTION.search(sentence)) and not _FIRST_PERSON.search(sentence)
