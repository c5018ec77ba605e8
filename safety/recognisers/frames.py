"""What a text is about: a lesson, a word problem, a general question, or people whom the writer knows.

The same first name is somebody in "Julia took my book" and nobody in "Julia has 12 apples": the frame decides.
"""

import re
from dataclasses import dataclass

_LESSON = re.compile(
    r"\b(?:who (?:was|is|were|wrote|invented|discovered|painted|composed|said|founded|ruled|led|killed|plays?|played|sang"
    r"|sings|won)|explain|compare|contrast|describe|summari[sz]e|analy[sz]e|discuss|define|paraphrase|evaluate"
    r"|theory|theorem|laws? of|principle|hypothesis|poems?|poetry|sonnet|stanza|novella|protagonist|antagonist"
    r"|characters?|chapter|act [ivx\d]+|scene|soliloquy|playwright|philosophers?|emperor|dynasty|treaty|century"
    r"|battle of|world war|civil war|reign|isbn|doi|et al|university press|symphony|sonata|painting|sculpture|fresco"
    r"|revolution|renaissance|enlightenment|empire|in which year|according to|shakespeare\w*|bible|mytholog\w+"
    r"|experiment|equations?|formula|element|molecule|species|hero(?:ine)?s?|villain|myth|legend|tragedy"
    r"|metaphor|symbolism|themes?|motif|plot|narrator|essay (?:on|about)|biography of|inventor|scientist|author of"
    r"|president of|king of|queen of|discovered|invented|assassinat\w+|crowned|abolish\w+|colon(?:y|ies|ial\w*))\b"
    r"|'s (?:laws?|theor\w+|equations?|principle|constant|method|rule|triangle|paradox|effect|experiments?|model|views?)\b",
    re.IGNORECASE,
)
"""What lessons speak of: names there are taught, not told."""

_MATHS = re.compile(
    r"\$\$|\\\\?frac|\d+\s*[=+*/×÷^]\s*\(?-?\d+|\b[a-z]\s*=\s*-?\d|\b(?:equations?|expressions?|polynomials?|functions?|formulas?"
    r"|simplify|factori?[sz]?e?|solve|calculate|determine|how (?:many|much|far|long|old|tall|fast)|probability|fractions?"
    r"|integers?|derivative|integral|graph|slope|ratio|percent(?:age)?|average|the mean|standard deviation|triangle"
    r"|perimeter|area of|volume of|total (?:cost|number|price|distance)|per (?:hour|minute|day|week|mile|pound)|altogether"
    r"|find the (?:value|number|sum|product|total)|exercises?|(?:random|dependent|independent) (?:variable|sample))\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[$€£]\s?\d|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|twice|dozen)\s+"
    r"(?:\w+\s+)?(?:apples?|oranges?|pears?|bananas?|dollars?|cents?|euros?|pounds?|coins?|dimes?|quarters?|nickels?|pennies|miles?"
    r"|kilomet\w+|km|met(?:er|re)s?|feet|foot|inches|cm|hours?|minutes?|days|weeks|books?|marbles?|cookies|candies|sweets|pencils?"
    r"|pens?|stickers?|cards?|balls?|eggs?|cakes?|cupcakes?|pizzas?|slices?|tickets?|toys?|boxes|bags?|bottles?|gallons?"
    r"|lit(?:er|re)s?|grams?|kg|ounces?|cups?|flowers?|trees?|chickens?|cows?|dogs?|cats?|fish|students?|children|people"
    r"|times|more|less|fewer|percent|%)\b|\d\s*%",
    re.IGNORECASE,
)
"""What word problems count."""

_FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|im|i've|i'll|i'd|me|my|mine|myself|we|our|us|we're)\b(?!\.)|(?<![\w])(?:yo|mi|mis|ich|mein\w*|je|mon|ma|mes"
    r"|eu|meu|minha|io|mio|mia|ik|mijn|jag|min|jeg|я|мой|моя)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:(?:so|ok|hey|hi|and|please|can you tell me|tell me)[ ,]+)?(?:who|what|whats|when|where|which|whose|how|why"
    r"|name (?:the|a|two|three)|is|are|was|were|did|does|do|actress|actor|list|define|last|first|the (?:first|last))\b|\b(?:who|what|which) ",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|is|my|you|that|it|with|for|was|are|have|has|he|she|this|from|your|not|be|at|by|but|his|her|they"
    r"|had|can|i|been|did|does|will|would|what|who|how|please|me)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What kind of text names stand in."""

    is_counted: bool
    is_personal: bool
    is_question: bool
    is_english: bool
    has_contact: bool


def frame_of(text: str, *, has_contact: bool) -> Frame:
    """Judge a whole text by its first 4,000 characters."""
    head = text[:4000]
    words = head.count(" ") + 1
    is_personal = bool(_FIRST_PERSON.search(head))
    return Frame(
        is_counted=bool(_MATHS.search(head) or _COUNTED.search(head)),
        is_personal=is_personal,
        is_question=not is_personal and bool(_QUESTION.search(head)),
        is_english=len(_ENGLISH.findall(head)) * 6 >= words,
        has_contact=has_contact,
    )


def is_lesson(sentence: str) -> bool:
    """Tell whether a sentence teaches or asks what was taught."""
    return bool(_LESSON.search(sentence))
