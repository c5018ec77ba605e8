"""The commonest words of the languages that have a grammar, in their plain form, to tell that a text is of one."""

_ENGLISH = """
i you me my is are was the a to and it not do dont im of in that what how this for with on be have just cant so no
he she we they his her him them at as or if but from by an your our will would can could should did does has had been
want need like know think get go going got make say said tell help why when who where which there here all any some
up down out about after before because more much many very too than then now only even also up us its ive id ill
"""
_WORDS = """
es: yo tu me mi es no que de la el un una y en por con para se muy como pero estoy quiero
fr: je tu me ma mon est ne pas que de la le un une et en pour avec plus suis veux mais
de: ich du mich mein ist nicht dass der die das ein eine und in mit fur zu bin will aber wie was
pt: eu voce minha meu nao um uma os as com mais estou quero mas isso
it: io sono mio mia non che di il una e per con piu voglio ma come
nl: ik jij mijn niet dat het een en van met voor ben wil maar hoe
sv: jag du min inte att det en och pa med for ar vill men hur
pl: ja nie mi sie jest na ze do w z co jak ale mam moje jestem
tr: ben bir bu ve icin cok ama ne nasil degil var yok benim istiyorum
tl: ako ko ang ng sa na mga hindi ay gusto lang siya mo ba
id: aku saya tidak yang dan di ini itu mau ingin gak untuk dengan karena gue
vi: toi em minh khong la va co muon cua nguoi cho nay duoc
da: jeg du ikke det og er en til med for vil har men hvordan
cs: ja se to na je ze nechci jsem mi ale jak chci neni
ro: eu nu sunt ca de la un o si in pe cu pentru vreau dar cum
ru: я ты не мне мои это что как в на и с у он она хочу меня так но
uk: я ти мене це що як в на і з у він вона хочу мои але так
hi: main mai mujhe hai nahi ka ki ke ko se kya hu hoon mera meri
"""
ENGLISH_WORDS = frozenset(_ENGLISH.split())
"""The commonest words of English, in their plain form."""

WORDS_OF = {"en": ENGLISH_WORDS} | {
    line.partition(":")[0]: frozenset(line.partition(":")[2].split()) for line in _WORDS.strip().split("\n")
}
"""The same for each language that parts its words by blanks and shares its letters with others: two dozen or so."""

KNOWN_WORDS = frozenset[str]().union(*WORDS_OF.values())
"""The commonest words of all of them."""

_SCRIPTS = """
LATIN CYRILLIC ARABIC DEVANAGARI CJK HIRAGANA KATAKANA KATAKANA-HIRAGANA HANGUL THAI
FULLWIDTH HALFWIDTH MODIFIER MATHEMATICAL FEMININE MASCULINE MICRO DOUBLE-STRUCK
"""
KNOWN_SCRIPTS = frozenset(_SCRIPTS.split())
"""The first word of the Unicode name of the letters that the grammars are written in, and of signs among them."""
