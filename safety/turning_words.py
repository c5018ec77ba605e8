"""Words that turn what a sentence says, by language: denials, quantities, doubts, conditions, restrictions.

Plain lists to read and to add to. A language that is not here has no such list, and only whole sentences of it count
as its own words. Languages without blanks between words list characters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_ENTRY = re.compile(r"([a-z=]+):([^:]+)(?=\n\s*[a-z=]+:|\s*$)")


@dataclass(frozen=True)
class TurningWords:
    """The words of one language. `quantities` holds words by what they say.

    `conditions` open a clause on which the rest of the sentence depends; `restrictions` stand right after what they
    narrow. `links` may stand between a term and its definition, `asides` may be left out. `frames` open phrases that
    limit a sentence, set off from it by a sign: where, when, in whose view, what excepted.
    """

    negations: frozenset[str]
    quantities: Mapping[str, str]
    doubts: frozenset[str]
    conditions: frozenset[str]
    restrictions: frozenset[str]
    links: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()

    @cached_property
    def turning(self) -> frozenset[str]:
        """Every word that, standing before others in a clause, turns what they say."""
        return self.negations | self.doubts | self.conditions | frozenset(self.quantities)


def turning_words(language: str) -> TurningWords | None:
    """Give the words of a language (ISO 639-1), or None where nobody has written them down."""
    return _WORDS.get(language.partition("-")[0].lower())


def _made(text: str) -> TurningWords:
    """Read `name: words`; words of quantity are named `is=` and what they say."""
    lists: dict[str, frozenset[str]] = {}
    quantities: dict[str, str] = {}
    for name, words in _ENTRY.findall(text):
        if name.startswith("is="):
            quantities |= dict.fromkeys(words.split(), name.removeprefix("is="))
        else:
            lists[name] = frozenset(words.split())
    return TurningWords(quantities=quantities, **lists)


_WORDS: Mapping[str, TurningWords] = {
    "en": _made("""
        negations: not no never nor neither none nothing nobody nowhere cannot without n't hardly barely lacks
            lack lacked lacking fail fails failed failing unable non
        is=all: all every each always entire entirely everyone everything everybody whole universally invariably
            constantly
        is=none: no none never nobody nothing neither nowhere
        is=some: some sometimes several occasionally certain partly partially
        is=most: most mostly usually generally typically often frequently majority largely mainly commonly normally
        is=few: few rarely seldom little minority scarcely hardly barely
        is=only: only solely exclusively merely alone
        is=many: many much numerous
        is=both: both
        is=any: any either
        is=nearly: nearly almost
        doubts: false falsely myth mistaken mistakenly wrongly incorrect incorrectly untrue doubt doubts doubted
            deny denies denied whether unlikely believed believe believes thought claimed claim claims assumed
            assume supposed supposedly alleged allegedly fictional hypothetical contrary wrong may might could
            refuse refused reject rejects rejected refute refuted disprove disproved perhaps possibly maybe
            probably argued argues pretend pretended imagine imagined
        conditions: if unless whether except
        restrictions: only unless if except but when without until provided although though whenever not rarely
            seldom alone
        links: is are was were be means mean meaning refers refer to a an the called known as defined describes
            it termed or and of this that which these process when by we can s term one type kind form occurs
            involves in for
        asides: however therefore thus also then indeed moreover furthermore consequently for example instance
            in fact of course again too hence meanwhile similarly finally first second third next and but so
        frames: in at under until unless without except apart aside excluding barring save according when if only
            provided providing assuming supposing before during least theoretically supposedly allegedly reportedly
            formerly ideally hypothetically officially legally
    """),
    "es": _made("""
        negations: no ni nunca jamás nada nadie ningún ninguno ninguna ningunos ningunas sin tampoco apenas
            carece carecen
        is=all: todo toda todos todas cada siempre
        is=none: nunca jamás nada nadie ningún ninguno ninguna
        is=some: algún alguno alguna algunos algunas ciertos ciertas varios varias
        is=most: mayoría generalmente normalmente habitualmente frecuentemente
        is=few: poco poca pocos pocas raramente
        is=only: solo sólo solamente únicamente único única
        is=many: mucho mucha muchos muchas
        is=both: ambos ambas
        is=nearly: casi
        doubts: falso falsa mito dudoso duda supuesto supuesta creía creían pensaba pensaban quizá quizás tal
            posiblemente probablemente podría podrían puede pueden niega negó
        conditions: si salvo excepto
        restrictions: solo sólo solamente únicamente salvo excepto si cuando sin pero aunque no
        links: es son era eran ser significa llama llaman llamado llamada denomina se un una el la los las de
            que como o y
        asides: también además por ejemplo sin embargo
        frames: en bajo antes según salvo excepto aparte hasta sin durante cuando si dentro fuera entre desde donde
            dice dicen al supuestamente
    """),
    "fr": _made("""
        negations: ne n pas non ni jamais rien personne aucun aucune nul nulle sans guère plus manque manquent
        is=all: tout toute tous toutes chaque toujours
        is=none: jamais rien personne aucun aucune nul nulle
        is=some: quelque quelques certains certaines plusieurs parfois
        is=most: plupart généralement habituellement souvent
        is=few: peu rarement
        is=only: seul seule seuls seules seulement uniquement que qu
        is=many: beaucoup nombreux nombreuses
        is=both: deux
        is=nearly: presque
        doubts: faux fausse mythe doute prétendu prétendue croyait croyaient pensait pensaient peut-être peut
            peuvent pourrait pourraient nie niait probablement
        conditions: si s sauf
        restrictions: seulement uniquement sauf si quand lorsque sans mais bien que pas
        links: est sont était étaient être signifie appelle appelé appelée appelés nomme désigne un une le la
            les l de d du des ou et
        asides: aussi également par exemple cependant toutefois donc
        frames: en dans sous avant selon d'après sauf hormis excepté jusqu jusqu'à jusqu'en sans pendant durant quand
            lorsque si hors entre depuis où dit à au chez prétendument
    """),
    "de": _made("""
        negations: nicht kein keine keinen keinem keiner keines nie niemals nichts niemand nirgends ohne weder
            noch kaum fehlt fehlen mangelt
        is=all: alle allen aller alles jede jeder jedes jeden jedem immer stets ganz ganze sämtliche
        is=none: kein keine keinen keinem keiner nie niemals nichts niemand
        is=some: einige einigen einiger manche manchen mancher manchmal mehrere gewisse teilweise
        is=most: meist meiste meisten meistens gewöhnlich normalerweise oft häufig überwiegend
        is=few: wenig wenige wenigen weniger selten
        is=only: nur lediglich ausschließlich bloß allein
        is=many: viel viele vielen vieler zahlreiche
        is=both: beide beiden
        is=nearly: fast beinahe nahezu
        doubts: falsch falsche falscher mythos irrtum angeblich vermeintlich vermutlich glaubte glaubten dachte
            dachten vielleicht möglicherweise wahrscheinlich könnte könnten kann können bestreitet leugnet
            zweifel soll sollen
        conditions: wenn falls sofern außer ob
        restrictions: nur außer wenn falls sofern ohne aber obwohl nicht selten
        links: ist sind war waren sein bedeutet heißt heißen nennt man bezeichnet als ein eine einen einem einer
            der die das den dem des oder und von
        asides: auch außerdem zum beispiel jedoch daher also
        frames: in im bei beim unter vor laut nach abgesehen außer bis ohne während wenn falls wo zwischen seit
            angeblich sagt sagen mit ausgenommen
    """),
    "pt": _made("""
        negations: não nem nunca jamais nada ninguém nenhum nenhuma nenhuns nenhumas sem tampouco carece carecem
        is=all: todo toda todos todas cada sempre
        is=none: nunca jamais nada ninguém nenhum nenhuma
        is=some: algum alguma alguns algumas certos certas vários várias
        is=most: maioria geralmente normalmente frequentemente
        is=few: pouco pouca poucos poucas raramente
        is=only: só somente apenas unicamente único única
        is=many: muito muita muitos muitas
        is=both: ambos ambas
        is=nearly: quase
        doubts: falso falsa mito dúvida suposto suposta acreditava acreditavam pensava pensavam talvez
            possivelmente provavelmente poderia poderiam pode podem nega negou
        conditions: se salvo exceto
        restrictions: só somente apenas salvo exceto se quando sem mas embora não
        links: é são era eram ser significa chama chamado chamada denomina um uma o a os as de do da que como ou e
        asides: também além por exemplo porém contudo
        frames: em no na nos nas sob antes segundo conforme salvo exceto até sem durante quando se dentro fora entre
            desde onde diz dizem ao supostamente
    """),
    "it": _made("""
        negations: non né mai niente nulla nessuno nessuna nessun senza neppure neanche manca mancano
        is=all: tutto tutta tutti tutte ogni ognuno sempre ciascuno ciascuna
        is=none: mai niente nulla nessuno nessuna nessun
        is=some: alcuni alcune qualche certi certe parecchi talvolta
        is=most: maggioranza generalmente solitamente spesso
        is=few: poco poca pochi poche raramente
        is=only: solo soltanto solamente unicamente unico unica
        is=many: molto molta molti molte
        is=both: entrambi entrambe
        is=nearly: quasi
        doubts: falso falsa mito dubbio presunto presunta credeva credevano pensava pensavano forse
            possibilmente probabilmente potrebbe potrebbero può possono nega negò
        conditions: se salvo eccetto tranne
        restrictions: solo soltanto salvo eccetto tranne se quando senza ma benché non
        links: è sono era erano essere significa chiama chiamato chiamata definisce un uno una il lo la l i gli
            le di del della che come o e
        asides: anche inoltre per esempio tuttavia quindi
        frames: in nel nella nei nelle sotto prima secondo salvo eccetto tranne fino senza durante quando se dentro
            fuori tra fra da dove dice dicono a al presumibilmente
    """),
    "nl": _made("""
        negations: niet geen nooit niets niemand nergens zonder noch nauwelijks ontbreekt ontbreken
        is=all: alle allen alles elke elk ieder iedere altijd hele
        is=none: geen nooit niets niemand
        is=some: sommige enkele enige soms bepaalde verscheidene
        is=most: meeste meestal gewoonlijk vaak doorgaans
        is=few: weinig zelden
        is=only: alleen slechts enkel uitsluitend
        is=many: veel vele talrijke
        is=both: beide beiden
        is=nearly: bijna
        doubts: onwaar vals mythe vermeend vermoedelijk dacht dachten geloofde geloofden misschien mogelijk
            waarschijnlijk zou zouden kan kunnen ontkent ontkende twijfel
        conditions: als indien tenzij of behalve
        restrictions: alleen slechts behalve tenzij als indien zonder maar hoewel niet zelden
        links: is zijn was waren betekent heet heten noemt genoemd een de het dat die van of en
        asides: ook bovendien bijvoorbeeld echter dus
        frames: in bij onder voor vóór volgens behalve afgezien tot zonder tijdens wanneer als indien waar tussen
            sinds zegt zeggen met
    """),
    "ar": _made("""
        negations: لا لم لن ليس ليست ليسوا ما غير بدون دون بلا أبدا أبدًا ولا ولم ولن وليس فلا عدم
        is=all: كل جميع كافة دائما دائمًا وكل وجميع
        is=none: أحد شيء
        is=some: بعض وبعض أحيانا أحيانًا
        is=most: معظم أغلب غالبا غالبًا عادة
        is=few: قليل قليلة نادرا نادرًا
        is=only: فقط إلا وحده وحدها
        is=many: كثير كثيرة العديد
        is=both: كلا كلتا
        is=nearly: تقريبا تقريبًا
        doubts: خطأ خرافة ربما قد يزعم زعم يظن ظن يعتقد اعتقد يمكن شك
        conditions: إذا لو إن سوى
        restrictions: إلا فقط سوى إذا لو لكن عندما بدون لا ليس
        links: هو هي هم يسمى تسمى يعني أو
        asides: أيضا أيضًا مثلا مثلًا
        frames: في تحت قبل حسب وفق وفقا وفقًا باستثناء عدا ماعدا حتى بدون دون خلال أثناء عندما إذا لو بين منذ حيث
            يقول قال
    """),
    "zh": _made("""
        negations: 不 没 沒 无 無 非 未 勿 莫 别 別 缺 否
        is=all: 都 皆 全 每 总 總 所 任
        is=some: 些 某 有
        is=most: 多 常 般
        is=few: 少 罕
        is=only: 只 仅 僅 唯 才
        is=nearly: 几 幾
        doubts: 假 误 誤 疑 或 可 能 若 据 據 称 稱 认 認 谣 謠 恐 似
        conditions: 如 若 除
        restrictions: 除 只 仅 僅 但 不 若
        links: 是 即 指 叫 称 为 為 的 一 种 種 个 個
        frames: 在 于 於 据 據 按 当 當 除 若 如 直 从 從 自
    """),
}
