"""Words that carry grammar, not content, in the languages that schools read most.

Closed classes alone: articles, pronouns, prepositions, conjunctions, auxiliaries and words that ask. Languages are
named by ISO 639-1.
"""

from collections.abc import Mapping

from domain.words import FUNCTION_WORDS

_OTHERS = {
    "ar": """
        في من على إلى الى عن مع هو هي هم ما ماذا متى أين اين كيف كم لماذا هل أي اي التي الذي الذين هذا هذه ذلك تلك
        كان كانت يكون تكون قد لم لن لا أن ان إن أو او ثم بين بعد قبل عند كل و ب ل
    """,
    "de": """
        ab aber als am an auch auf aus bei bin bis da dass dem den denn der des die dies diese diesem diesen dieser
        dieses doch du durch ein eine einem einen einer eines er es euch für hat hatte hatten ich ihm ihn ihr ihre im
        in ist ja kann man mit nach nicht noch nur ob oder ohne sein seine sich sie sind so über um und uns unter vom
        von vor war waren warum was welche welchem welchen welcher welches wenn wer wie wieso wir wird wo wurde wurden
        zu zum zur zwischen muss müssen soll sollen kein keine keinem keinen keiner können darf dürfen
    """,
    "el": """
        ο η το οι τα του της των τον την τους τις στο στη στην στον στα στους στις και ή να θα με σε από για που πώς
        πως τι ποιος ποια ποιο ποιοι ποιες πόσο πόσα πόσοι πόσες πού πότε γιατί είναι ήταν έχει είχε δεν μην ως κατά
        μετά πριν ένα ένας μια μία αυτό αυτή αυτός
    """,
    "es": """
        a al ante con contra cómo como cuál cuáles cuándo cuando cuánto cuánta cuántos cuántas cuyo de del desde donde
        dónde e el él ella ellos en entre era es esa ese esta este estas estos está están fue fueron ha han hasta la
        las le les lo los más muy ni no o para pero por porque qué que quién quiénes se ser si sin sobre son su sus
        también tiene u un una unas uno unos y ya
    """,
    "fr": """
        à au aux avec c ce ces cet cette comment d dans de des donc du elle elles en entre est et était étaient être eu
        il ils j je l la le les leur leurs lui mais même n ne nous on ont ou où par pas plus pour pourquoi qu quand que
        quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t un une vous y
    """,
    "hi": """
        का की के को में से पर ने है हैं था थी थे हो होता होती होते और या कि जो यह वह ये वे इस उस इन उन क्या कौन कब
        कहाँ कहां कैसे क्यों कितना कितने कितनी किस किसने एक भी तक लिए द्वारा नहीं तो ही
    """,
    "it": """
        a ad ai al alla alle anche c che chi ci come con cosa cui d da dai dal dalla dei del della delle dello di dove e
        è ed era erano gli ha hanno i il in l la le lo loro ma nel nella nelle non o per perché più quale quali quando
        quanto quanti quante qual questo questa se si sono su sua suo sul sulla tra fra un una uno
    """,
    "nl": """
        aan als bij dat de deze die dit door een en er had heeft het hij hoe hoeveel hun ik in is kan maar met naar niet
        nog of om onder ons ook op over te tot uit van voor waar waarom wanneer was wat welk welke werd werden wie wij
        worden wordt ze zich zij zijn
    """,
    "pl": """
        a ale czy dla do gdzie i ich ile jak jaka jaki jakie jako jego jej jest jeśli kiedy kto która które którego
        której który którzy lub ma na nie o od oraz po pod przez przy są się ta tak te tego tej ten to tym w we z za ze
        że był była było były dlaczego co
    """,
    "pt": """
        a à ao aos as às com como da das de do dos e é ela ele eles em entre era eram essa esse esta este foi foram há
        mais mas na nas não no nos o onde os ou para pela pelas pelo pelos por porque qual quais quando quanto quantos
        quantas que quem se sem ser seu seus são sob sobre sua suas também tem um uma
    """,
    "ro": """
        a ai al ale au ca care ce cine cu cum când cât câte câți câtă de despre din dintre după este era erau eu fi fost
        în între la lui mai nu o pe pentru prin sau se si și sunt sa său unde un una unei unui că ce ei el ea lor
    """,
    "ru": """
        а без бы был была были было в во где да для до его ее её если есть же за и из или их к как какая какие какой
        какое какого каком когда который которая которые кто ли на над не него нет но о об он она они оно от по под
        почему при с сколько со так также то у что чем чего этот эта это эти
    """,
    "sv": """
        att av den denna det detta de dem du där då efter eller en ett för från han hade har hon hur hur i in inte är
        jag kan man med mellan men när och om på sig sin som så till under upp ur vad var varför vem vi vid vilka
        vilken vilket vara
    """,
    "tr": """
        bir ve ile için bu şu o da de mi mı mu mü ne neden nasıl nerede kim kimin kaç hangi hangisi gibi olan olarak
        oldu idi ise ya veya ama en çok daha kadar sonra önce göre tarafından değil var yok
    """,
    "vi": """
        là và của có trong cho với được các những một này đó khi nào gì ai đâu bao nhiêu như thế ở từ đến đã sẽ không
        bị tại vì sao hay hoặc về cũng thì mà ra
    """,
}


def words_by_language() -> Mapping[str, frozenset[str]]:
    """Give the function words of each language that has a list."""
    return {"en": FUNCTION_WORDS} | {language: frozenset(words.split()) for language, words in _OTHERS.items()}
