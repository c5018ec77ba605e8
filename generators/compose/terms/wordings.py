"""How schoolbooks of languages without a grammar here say what a word means, as data.

A frame is what stands before a term and after it when its sentence defines it. The definition is the named part `d`
of what stands before, or else what follows the frame to the end of the sentence. Languages are named by ISO 639-1.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_END = r"[”»\"’」“]?(?=\s*(?:[.,;:!。，；、！(（]|$))"
_SOME = r"[^,;:()]{8,160}?"
"""A phrase without clauses set off in it, so that it can be cut out as it stands."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before and after a term that is being defined; `is_sure` ones find terms that nobody marked."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    is_sure: bool = True

    def whole(self, name: str) -> re.Pattern[str]:
        """Match the frame around a term of the pattern `name`, from the start of a sentence; the term is group `t`."""
        return re.compile(f"{self.before.pattern}(?P<t>{name}){self.after.pattern}")


@dataclass(frozen=True)
class Wordings:
    """What is known of a language.

    How it asks for a meaning (`question`, with a place for the term), how it defines (`frames`), with what a sentence
    leans on the one before (`leaning`), what joins clauses (`joining`), what closes a definition and is none of it
    (`closing`), and the `articles` before a noun. A language that is not `is_spaced` writes words without blanks.
    """

    question: str
    frames: tuple[Frame, ...]
    leaning: str
    joining: str = ""
    articles: str = ""
    closing: str = ""
    is_spaced: bool = True

    @cached_property
    def leans(self) -> re.Pattern[str]:
        """Match at the start of words that are not clear without the sentence before."""
        end = r"(?!\w)" if self.is_spaced else ""
        return re.compile(f"(?:{self.leaning}){end}", re.IGNORECASE)

    @cached_property
    def joins(self) -> re.Pattern[str] | None:
        """Match a word that may join two clauses."""
        return re.compile(rf" (?:{self.joining})(?: |$)") if self.joining else None


def _frame(before: str, after: str, *, is_sure: bool = True) -> Frame:
    return Frame(re.compile(before), re.compile(after), is_sure)


def _named(articles: str, naming: str, *, after: str = _END) -> Frame:
    """Frame of "a body of water is called T": the definition opens the sentence, with an article."""
    return _frame(rf"(?P<d>(?:{articles}){_SOME}),? (?:{naming}) (?:(?:{articles}))?[“«\"„‘”]?", after)


_ES = r"(?:El|La|Los|Las|Un|Una|Unos|Unas|el|la|los|las|un|una|unos|unas) "
_FR = r"(?:Le |La |L['’]|Les |Un |Une |Des |le |la |l['’]|les |un |une |des )"
_DE = r"(?:Der|Die|Das|Ein|Eine|Alle|der|die|das|ein|eine) "
_PT = r"(?:O|A|Os|As|Um|Uma|o|a|os|as|um|uma) "
_IT = r"(?:Il |Lo |La |L['’]|I |Gli |Le |Un |Uno |Una |Un['’]|il |lo |la |l['’]|i |gli |le |un |uno |una |un['’])"
_NL = r"(?:De|Het|Een|de|het|een) "
_VOWELS = "[\u064b-\u0652]*"
"""Marks of Arabic vowels, which may be written or not."""

_OPEN = r"[“«\"„‘”]?"
_SHUT = r"[”»\"“’]?"

WORDINGS: Mapping[str, Wordings] = {
    "es": Wordings(
        "¿Qué significa «{}»?",
        (
            _frame(rf"(?:{_ES})?{_OPEN}", rf"{_SHUT} (?:significan?|se refieren? a|se definen? como|consisten? en) "),
            _frame(
                rf"(?:{_ES})?{_OPEN}",
                rf"{_SHUT} (?:es|son) (?=(?:una?|el|la|l[oa]s|unos|unas|aquel|aquella|todo|toda|cualquier) )"
                r"(?!(?:el|la|l[oa]s) (?:más|menos|mism|únic|primer|mejor|peor))",
                is_sure=False,
            ),
            _frame(rf"Se (?:llama|denomina|conoce como) (?:{_ES})?{_OPEN}", rf"{_SHUT} (?:al? )"),
            _frame(rf"(?:Se entiende por|Entendemos por) (?:{_ES})?{_OPEN}", rf"{_SHUT} (?={_ES})"),
            _frame(rf"Por {_OPEN}", rf"{_SHUT} (?:se entiende|entendemos) "),
            _named(
                _ES,
                r"se (?:llaman?|denominan?|conocen? como)|(?:es|son) (?:llamad|conocid|denominad)[oa]s?(?: como)?|"
                r"reciben? el nombre de",
            ),
        ),
        "est[eaos]s?|es[eao]s?|esto|ést[ea]|él|ell[ao]s?|ella|aquell?[oa]s?|sus?|lo|le|les|así|pero|y|o|también|además|"
        "sin embargo|por eso|por tanto|entonces|allí|aquí|ambos|ambas|otr[oa]s?|nuestr[oa]s?|mis?|tus?|yo|nosotros",
        joining="y|e|o|u|pero|porque",
        articles="el la los las un una unos unas al del",
    ),
    "fr": Wordings(
        "Que signifie « {} » ?",
        (
            _frame(rf"(?:{_FR})?{_OPEN} ?", rf" ?{_SHUT} (?:désignent?|signifient?|se définit comme) "),
            _frame(
                rf"(?:{_FR})?{_OPEN} ?",
                rf" ?{_SHUT} (?:est|sont) (?=(?:une?|le|la|les|des|tout|toute|l['’]))"
                r"(?!l[ae]s? (?:plus|moins|même|seul|prem))",
                is_sure=False,
            ),
            _frame(rf"On (?:appelle|nomme|entend par) (?:{_FR})?{_OPEN} ?", rf" ?{_SHUT} (?={_FR}|toute? )"),
            _frame(rf"Par {_OPEN} ?", rf" ?{_SHUT},? on (?:entend|désigne) "),
            _named(
                _FR,
                r"s['’]appelle(?:nt)?|se nomme(?:nt)?|(?:est|sont) (?:appel|nomm|dénomm)ée?s?|portent? le nom de",
            ),
        ),
        "il|ils|elles?|ce|cet|cette|ces|cela|ceci|c['’]est|ça|celui|celle|ceux|son|sa|ses|leurs?|lui|on|mais|et|ou|"
        "donc|ainsi|aussi|alors|puis|cependant|pourtant|de plus|là|ici|notre|nos|mon|ma|mes|je|nous|vous|tu|"
        "d['’]autres?",
        joining="et|ou|mais|car",
        articles="le la les un une des du au aux l d",
    ),
    "de": Wordings(
        "Was versteht man unter „{}“?",
        (
            _frame(rf"(?:{_DE})?{_OPEN}", rf"{_SHUT} (?:bedeutet|bedeuten|bezeichnet(?= (?:die|das|eine|alle) )),? "),
            _frame(
                rf"(?:{_DE})?{_OPEN}",
                rf"{_SHUT} (?:ist|sind) (?=(?:ein|eine|der|die|das|jede[rs]?|alle) )"
                r"(?!d(?:er|ie|as) (?:meist|best|einzig|gleich))",
                is_sure=False,
            ),
            _frame(rf"Unter (?:(?:der|dem|einer|einem|den) )?{_OPEN}", rf"{_SHUT} (?:versteht man|verstehen wir) "),
            _frame(rf"Als {_OPEN}", rf"{_SHUT} bezeichnet man (?=(?:die|das|eine|alle) )"),
            _frame(
                rf"(?P<d>{_DE}[^,;:()]{{3,90}}?(?:, [^,;:()]{{5,120}}(?=,))?),? "
                rf"(?:heißt|heißen|nennt man|nennen wir|bezeichnet man als)(?: auch)? (?:{_DE})?{_OPEN}",
                _END,
            ),
            _frame(
                rf"(?P<d>{_DE}[^,;:()]{{3,90}}?(?:, [^,;:()]{{5,120}}(?=,))?),? "
                rf"(?:wird|werden)(?: auch)?(?: als)? (?:{_DE})?{_OPEN}",
                rf"{_SHUT} (?:genannt|bezeichnet)\b",
            ),
        ),
        "er|sie|es|dies(?:e[rsmn]?)?|jene[rsmn]?|das (?:ist|sind|war|wird|hat|heißt|nennt|kann|bedeutet)|ihr[emnrs]*|"
        "sein[emnrs]*|damit|dadurch|dabei|dafür|davon|dazu|darin|daher|deshalb|dann|dort|hier|so|und|aber|oder|auch|"
        "solche[rsmn]?|beide[rsn]?|wir|unser[emnrs]*|ich|mein[emnrs]*|du",
        joining="und|oder|aber|denn|sondern",
        articles="der die das den dem des ein eine einen einem einer",
    ),
    "pt": Wordings(
        "O que significa “{}”?",
        (
            _frame(rf"(?:{_PT})?{_OPEN}", rf"{_SHUT} (?:significam?|designam?|define-se como|consistem? em) "),
            _frame(
                rf"(?:{_PT})?{_OPEN}",
                rf"{_SHUT} (?:é|são) (?=(?:uma?|uns|umas|os?|as?|qualquer|todo|toda|aquele|aquela) )"
                r"(?!(?:os?|as?) (?:mais|menos|mesm|únic|primeir|melhor|pior))",
                is_sure=False,
            ),
            _frame(rf"(?:Chama-se|Denomina-se|Chamamos)(?: de)? {_OPEN}", rf"{_SHUT} (?:ao?|à|aos|às) "),
            _frame(rf"(?:Entende-se por) {_OPEN}", rf"{_SHUT} (?={_PT})"),
            _frame(rf"Por {_OPEN}", rf"{_SHUT},? entende-se "),
            _named(
                _PT,
                r"chamam?-se|denominam?-se|(?:é|são) (?:chamad|conhecid|denominad)[oa]s?(?: de| como| por)?|"
                r"recebem? o nome de",
            ),
        ),
        "el[ea]s?|est[ea]s?|ess[ea]s?|isto|isso|aquel[ea]s?|aquilo|seus?|suas?|lhes?|assim|mas|e|ou|também|além disso|"
        "porém|por isso|portanto|então|ali|aqui|ambos|ambas|outr[oa]s?|nossos?|nossas?|meus?|minhas?|eu|nós",
        joining="e|ou|mas|porque",
        articles="o a os as um uma do da dos das ao à no na",
    ),
    "it": Wordings(
        "Che cosa significa «{}»?",
        (
            _frame(rf"(?:{_IT})?{_OPEN}", rf"{_SHUT} (?:significa|significano|si riferiscono? a|consiste in) "),
            _frame(
                rf"(?:{_IT})?{_OPEN}",
                rf"{_SHUT} (?:è|sono) (?=(?:un|uno|una|il|lo|la|i|gli|le|ogni|qualsiasi) |un['’]|l['’])"
                r"(?!(?:il|la|i|le) (?:più|meno|stess|sol|prim|miglior|peggior))",
                is_sure=False,
            ),
            _frame(rf"(?:Si chiama|Si dice|Si definisce|Chiamiamo) {_OPEN}", rf"{_SHUT} (?={_IT})"),
            _frame(rf"Per {_OPEN}", rf"{_SHUT} si intende "),
            _named(
                _IT,
                r"si chiama(?:no)?|si dice|si dicono|(?:è|sono) (?:chiamat|dett|definit|denominat)[oaie]|"
                r"prend(?:e|ono) il nome di",
            ),
        ),
        "egli|ella|ess[oaie]|lui|lei|loro|quest[oaie]|quest['’]|quell[oaie]?|quei|quegli|quell['’]|ciò|su[oaie]i?|"
        "così|ma|e|ed|o|anche|inoltre|però|tuttavia|quindi|perciò|allora|poi|qui|lì|là|entramb[ie]|altr[oaie]|"
        "nostr[oaie]|mi[oaie]i?|io|noi",
        joining="e|ed|o|ma|perché",
        articles="il lo la i gli le un uno una del della dei delle dello l",
    ),
    "nl": Wordings(
        "Wat betekent ‘{}’?",
        (
            _frame(rf"(?:{_NL})?{_OPEN}", rf"{_SHUT} (?:betekent|betekenen|verwijst naar|verwijzen naar),? "),
            _frame(
                rf"(?:{_NL})?{_OPEN}",
                rf"{_SHUT} (?:is|zijn) (?=(?:een|de|het|elke?|alle) )(?!de (?:meeste|beste|enige|eerste|grootste))",
                is_sure=False,
            ),
            _frame(
                rf"(?:Onder|Met) (?:{_NL})?{_OPEN}", rf"{_SHUT} (?:verstaat men|verstaan we|bedoelen we|bedoelt men) "
            ),
            _named(_NL, r"heten?|noemt men|noemen we|sta(?:at|an) bekend als"),
            _named(_NL, r"(?:wordt|worden)(?: ook)?(?: wel)?", after=rf"{_SHUT} genoemd\b"),
        ),
        "hij|zij|ze|het (?:is|was|wordt|werd|heeft|had|kan|zijn)|dit|dat|deze|die|zijn|haar|hun|hen|hem|daar\\w*|"
        "hier\\w*|dan|toen|dus|maar|en|of|ook|zo|zulke|beide|wij|we|ons|onze|ik|mijn|jij|je|jouw|men|andere",
        joining="en|of|maar|want",
        articles="de het een",
    ),
    "sv": Wordings(
        "Vad betyder ”{}”?",
        (
            _frame(rf"(?:(?:En|Ett) )?{_OPEN}", rf"{_SHUT} (?:betyder|innebär) "),
            _frame(rf"(?:(?:En|Ett) )?{_OPEN}", rf"{_SHUT} är (?=(?:en|ett|den|det|de) )", is_sure=False),
            _named(r"(?:En|Ett|Den|De|en|ett|den|de) ", r"kallas(?: för)?"),
        ),
        "han|hon|(?:den|det|de) (?:är|var|har|kan|blir|kallas|betyder)|dem|denn[ae]|detta|dessa|hans|hennes|dess|"
        "deras|där|då|så|men|och|eller|också|sedan|vi|vår|jag|min|du|din|båda|andra",
        joining="och|eller|men",
        articles="en ett den det de",
    ),
    "da": Wordings(
        "Hvad betyder »{}«?",
        (
            _frame(rf"(?:(?:En|Et) )?{_OPEN}", rf"{_SHUT} betyder "),
            _frame(rf"(?:(?:En|Et) )?{_OPEN}", rf"{_SHUT} er (?=(?:en|et|den|det|de) )", is_sure=False),
            _named(r"(?:En|Et|Den|De|en|et|den|de) ", r"kaldes"),
        ),
        "han|hun|(?:den|det|de) (?:er|var|har|kan|bliver|kaldes|betyder)|dem|denne|dette|disse|hans|hendes|dens|"
        "deres|der|da|så|men|og|eller|også|vi|vores|jeg|min|du|din|begge|andre",
        joining="og|eller|men",
        articles="en et den det de",
    ),
    "nb": Wordings(
        "Hva betyr «{}»?",
        (
            _frame(rf"(?:(?:En|Ei|Et) )?{_OPEN}", rf"{_SHUT} betyr "),
            _frame(rf"(?:(?:En|Ei|Et) )?{_OPEN}", rf"{_SHUT} er (?=(?:en|ei|et|den|det|de) )", is_sure=False),
            _named(r"(?:En|Ei|Et|Den|De|en|ei|et|den|de) ", r"kalles"),
        ),
        "han|hun|(?:den|det|de) (?:er|var|har|kan|blir|kalles|betyr)|dem|denne|dette|disse|hans|hennes|dens|deres|"
        "der|da|så|men|og|eller|også|vi|vår|jeg|min|du|din|begge|andre",
        joining="og|eller|men",
        articles="en ei et den det de",
    ),
    "pl": Wordings(
        "Co oznacza „{}”?",
        (_frame(_OPEN, rf"{_SHUT} (?:oznacza|[—–-] to) "), _frame(_OPEN, rf"{_SHUT} to (?=\w)", is_sure=False)),
        "on|ona|ono|oni|one|ten|ta|to|te|ci|tego|tej|tym|tych|jego|jej|ich|tam|tu|więc|ale|i|a|oraz|lub|także|"
        "dlatego|my|ja",
    ),
    "ru": Wordings(
        "Что такое «{}»?",
        (_frame(_OPEN, rf"{_SHUT} [—–-] это "),),
        "он|она|оно|они|эт[аоиу]|этот|этого|этой|эти[хм]|тот|та|те|его|её|ее|их|там|тут|здесь|так|но|и|а|или|также|"
        "поэтому|мы|я",
    ),
    "uk": Wordings(
        "Що таке «{}»?",
        (_frame(_OPEN, rf"{_SHUT} [—–-] це "),),
        "він|вона|воно|вони|ц[еяіюя]|цей|цього|цієї|цих|той|та|ті|його|її|їх|там|тут|так|але|і|й|а|або|також|тому|ми|я",
    ),
    "ar": Wordings(
        "ما المقصود بـ«{}»؟",
        (
            _frame(_OPEN, rf"{_SHUT} (?:يعني|تعني) "),
            _frame(_OPEN, rf"{_SHUT} (?:هو|هي) (?!ال)", is_sure=False),
            _frame(rf"[تي]{_VOWELS}ع{_VOWELS}ر{_VOWELS}ف{_VOWELS} {_OPEN}", rf"{_SHUT} بأن{_VOWELS}(?:ه|ها) "),
        ),
        "هو|هي|هم|هذا|هذه|هؤلاء|ذلك|تلك|هناك|هنا|لكن|ولكن|ثم|أو|كما|وهو|وهي|وهذا|وهذه|نحن|أنا|له|لها|فهو|فهي",
    ),
    "zh": Wordings(
        "“{}”是什么意思？",
        (
            _frame(r"(?:所谓)?的?[“\"「]?", r"[”\"」]?，?(?:是指|指的是|指|就是(?=一))"),
            _frame(r"[“\"「]?", r"[”\"」]?是(?=一[种個个类類门門项項组組])", is_sure=False),
            _frame(
                r"(?:(?:人们|我们|通常|一般)?(?:把|将))(?P<d>[^，。；：]{4,40}?)(?:叫做|叫作|称为|称作|称之为|叫)[“\"「]?",
                r"[”\"」]?(?=[。，；！])",
            ),
            _frame(r"(?P<d>[^，。；：把将]{4,40}?)，?(?:被?称为|叫做|叫作|称作)[“\"「]?", r"[”\"」]?(?=[。，；！])"),
        ),
        "这|那|它|他|她|其|此|该|因此|所以|但|而|然而|于是|同时|另外|我们|你|我|这样",
        is_spaced=False,
    ),
    "ja": Wordings(
        "「{}」とは何ですか？",
        (
            _frame(r"[「『]?", r"[」』]?とは、?"),
            _frame(
                r"(?P<d>[^、。]{4,60}?)(?:のこと)?を、?[「『]?", r"[」』]?(?:という|と呼ぶ|と呼びます|といいます)(?=。)"
            ),
        ),
        "これ|それ|あれ|この|その|あの|ここ|そこ|こう|そう|しかし|また|そして|だから|彼|私|つまり",
        closing=r"(?:のこと)?(?:である|です|をいう|をいいます|を指す|だ)",
        is_spaced=False,
    ),
}
"""What is known, by language; "no" is read as "nb"."""

_LIKE = {"no": "nb", "nn": "nb"}


def base_of(language: str) -> str:
    """Give the language that a tag is read as: "pt" for "pt-BR", "nb" for "no"."""
    base = language.split("-", maxsplit=1)[0]
    return _LIKE.get(base, base)


def wordings_of(language: str) -> Wordings | None:
    """Give what is known of a language, for "pt-BR" as for "pt"; None where nothing is."""
    return WORDINGS.get(base_of(language))
