"""How streets, flats and towns are written: anchors of an address, by the grammar of some twenty-five countries."""

import re

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩΆ-ΏА-ЯІЇЄҐ][\w'’\-]*"
_I = re.IGNORECASE
_WORDS = (
    rf"(?:(?:{CAPITAL}|de|la|las|los|del|des|du|dos|das|da|do|di|dei|degli|della|delle|den|der|van|von|z|u"
    rf"|of|the|d['’]\w+|l['’]\w+)\.?[ ]+){{0,4}}"
)

_ENGLISH_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|crescent|cres|gdns|mews|parkway|pkwy"
    r"|highway|hwy|cir|nagar|marg"
    r"|(?-i:Drive|Dr|Close|Court|Ct|Way|Place|Pl|Terrace|Square|Sq|Row|Gardens|Grove|Hill|Park|Circle"
    r"|Trail|Alley|Walk|Quay"
    r"|Wharf|Green|Loop|Run|Ridge|View|Rise|Vale|Plaza|Path|Esplanade|Parade|Colony|Sector"
    r"|DRIVE|DR|CLOSE|COURT|CT|WAY|PLACE|TERRACE|SQUARE|GROVE|HILL|PARK))"
)
"""Words that are streets in any letters, and words that are streets with a capital alone."""

_GERMANIC_END = (
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|graben|steig|stieg|chaussee|markt"
    r"|hof|laan|straat|plein|gracht|kade|singel|dijk|steeg|dreef|gatan|vägen|gränd|torget"
    r"|gata|gate|gade|vej|vegen|vegur|veien|stræde|stien|torv|plads|katu|tie|kuja|polku|kaari|braut"
    r"|stígur|tún|holt|bergi|suaq|tänav|iela|gatvė)"
)

STREETS: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"\b\d{{1,5}}[a-z]?(?:/\d+)?[ ]+(?:(?!and\b|of\b|in\b|is\b|for\b|the\b|to\b|on\b|more\b"
        rf"|times\b|per\b)(?:[\w'’-]+|[A-Za-z]{{1,3}}\.)[ ]+){{1,4}}?{_ENGLISH_STREET}\b(?![ ]+(?:of|to"
        rf"|that|which|is|are"
        rf"|and i)\b)\.?",
        _I,
    ),
    re.compile(
        r"\b\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ]+(?:rue|avenue|boulevard|bd|place (?=de |du |des |d['’]|la"
        r" |saint)|chemin|impasse|allée"
        r"|quai|cours (?=de |du )|route de)[ ]*(?<=[ ])[^\n,;.?!]{2,40}",
        _I,
    ),
    re.compile(
        r"\b(?:calle|c/|avda?\.?|avenida|av\.|plaza|paseo|carrera|cra\.?|camino|ronda|travesía"
        r"|glorieta|rúa|carrer|οδός|οδό|οδού|λεωφόρος|λεωφόρο|jirón|jr\.|pasaje|rua|travessa|largo"
        r"|praça|alameda|estrada"
        r"|via|viale|v\.le|piazza|p\.za|corso|vicolo|contrada|strada|stradă|strada|str\.|bd\."
        r"|bulevardul|calea|șos\.|aleea|ulica|ul\.|al\.|os\.|pl\.|náměstí|nám\.|třída|ulice|trg|cesta"
        r"|ulitsa|jalan|jl\.?|gang|gg\.|lorong|đường|phố|ngõ|hẻm)[ ]+"
        r"(?:[^\W\d_][\w'’.\-]*[ ]+){0,5}?[^\W\d_][\w'’.\-]*,?[ ]*(?:n[º°.o]\.?[ ]?|no\.?[ :]?"
        r"|\d{1,3}[a-z]?[ ]?#[ ]?|nr\.?["
        r" ]?|núm\.?[ ]?|#[ ]?|číslo[ ]?)?\d{1,5}[a-z]?(?:[/\-]\d{1,4}[a-z]?)?\b"
        r"(?:,?[ ]+\d{1,2}[ºª°]\.?(?:[ ]+(?:izq|der|dcha?|esq|dto|piso|[a-z]))?\.?)?(?:,?[ ]+(?:m\."
        r"|apto?\.?|apt\.?|kv\.|bl\.|sc\.|et\.|ap\.|int\.|scala|piso|puerta|dpto\.?)[ ]?\w{1,4})*",
        _I,
    ),
    re.compile(
        rf"\b(?:{CAPITAL}[ ]+)?[A-ZÄÖÜÅÆØÞ][\wäöüßåæøéèþð\-]*{_GERMANIC_END}[ ,]+\d{{1,4}}[a-z]?(?:[/\-]\d{{1,3}})?\b"
    ),
    re.compile(
        rf"\b(?:{CAPITAL}[ ]+){{1,3}}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer"
        rf"|Straat|Laan|Plein|Gate|Gata|Gade|Vej|Allé|Alle|gate|gata|vei|veg|tie|katu|utca|u\.|út|útja"
        rf"|tér|tere|köz|körút|krt\.|rkp\.|sor|kapu|dűlő|sétány)[ ]+\d{{1,4}}\b[./]?[a-z]?"
    ),
    re.compile(
        rf"\b(?:Am|An|Im|In|Auf|Zum|Zur|Unter|Hinter|Vor|Pod|Na|Nad|Před|Za|U|V)[ ]+(?:(?:der|dem|den"
        rf"|des)[ ]+)?{CAPITAL}(?:[ ]{CAPITAL})?[ ]+\d{{1,4}}[a-z]?,?[ ]+\d{{4,5}}\b"
    ),
    re.compile(
        r"(?:\b(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]*[ ]+){1,3})(?:Mah(?:allesi|\.)?|Cad(?:desi|\.)?|Sok(?:ağı|ak"
        r"|\.)?|Sk\.|Bulvarı|Blv\.?)(?:(?:[ ,]+|(?<=\.))(?:(?:No|D|Kat|Daire|Apt"
        r"|Blok)\s?[:.]\s?\w+(?:/\w+)?|\d+\.?|[A-ZÇĞİÖŞÜ][\wçğıöşü]+\.?(?:/[A-ZÇĞİÖŞÜ]\w+)?)){1,10}"
    ),
    re.compile(
        r"(?<!\w)(?:ул\.|улица|улице|улицы|пр\.|просп\.|проспект\w*|пер\.|переул\w+|наб\.|бул\."
        r"|бульвар\w*|шоссе|площадь|вул\.|вулиц\w+|мкр\.?|микрорайон)[ ]?(?:[\w.\-]+["
        r" ]+){0,3}?[\w.\-]+,?[ ]*(?:д\.?|дом|буд\.?)?[ ]?\d{1,4}\w?(?:/\d+)?(?:,?[ ]*(?:корп?\.?|к\."
        r"|стр\.|кв\.?|квартира|подъезд)[ ]?\d{1,4})*",
        _I,
    ),
    re.compile(
        r"\b(?:(?:H|House|Flat|Plot|Door|Shop|Villa|Block|Blk|Lot)\.?[ ]?(?:No\.?|#|Number)?["
        r" :]?\d{1,5}[\w/\-]*,?[ ]+){1,3}(?:[\w.'’\-]+,?[ ]+){0,6}?(?:Road|Rd|Nagar|Colony|Marg|Sector"
        r"|Street|St|Layout|Enclave|Vihar|Puram|Chowk|Gali|Society|Cross|Main|Phase|Brgy|Barangay|Subd"
        r"|Village)\b\.?(?:[ ]+\d{1,3}\w?)?",
        _I,
    ),
    re.compile(r"\bsố[ ]\d{1,4}\w?(?:/\d+)*,?[ ](?:đường|phố|ngõ|ngách|hẻm|thôn|ấp|khu)[ ][^\n.?!;]{2,60}", _I),
    re.compile(
        r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区|市))?(?:[\u4e00-\u9fff]{1,7}(?:市|区|县|區|縣|镇"
        r"|乡)){1,2}(?:[\u4e00-\u9fff]{1,10}(?:街道|路|街|巷|弄|大道|小区|花园|新村|村"
        r"|里)){1,3}[\d一二三四五六七八九十〇]{0,5}(?:[号號弄栋幢座单元楼樓室层-]|之|\d){0,14}"
    ),
    re.compile(
        r"(?:〒?\d{3}-\d{4}\s?)?(?:東京都|北海道|(?:大阪|京都)府"
        r"|[\u4e00-\u9fff]{2,3}県)?[\u4e00-\u9fff々ヶケがの]{1,6}[市区郡町村][\u4e00-\u9fff々\u3041-\u3096ァ-ヴー]{1,14}?[\d０-９一二三四五六七八九十]{1,4}(?:丁目"
        r"|番地?|号|-|−|ー|の)[\d０-９丁目番地号\-−ー]*(?:[ァ-ヴー\u4e00-\u9fffA-Z]{2,14}\d{2,4}(?:号室)?)?"
    ),
    re.compile(
        r"(?:[\uac00-\ud7a3]{2,7}(?:특별시|광역시|특별자치시|시|도)\s)?(?:[\uac00-\ud7a3]{1,6}(?:시|군"
        r"|구)\s){1,2}(?:[\uac00-\ud7a3\d]{1,8}(?:읍|면|동|리)\s)?[\uac00-\ud7a3\d]{1,12}(?:로|길|대로|동"
        r"|가)\s?\d{1,5}(?:-\d{1,4})?(?:번지"
        r"|번길)?(?:\s?\d{0,4})?(?:,?\s?[\uac00-\ud7a3A-Za-z]{0,10}\s?\d{1,4}동)?(?:,?\s?\d{1,4}호)?"
    ),
    re.compile(
        r"[\uac00-\ud7a3A-Za-z]{2,12}(?:아파트|빌라|오피스텔|맨션|타운|단지|자이|래미안|푸르지오)\s?\d{1,4}동(?:\s?\d{1,4}호)?"
    ),
    re.compile(
        r"\b(?:condom[ií]nio|residencial|résidence|edif[ií]cio|torre|conjunto|urbanización|urb\."
        r"|manzana|mz\.?|sector|barrio|complesso)[ ]"
        r"[^\n.?!;:]{2,40}?(?:\d{1,5}|bloco|bât|lote|torre|apto)(?:[ ,]+(?:bloco|bât\.?|bâtiment|lote"
        r"|lt\.?|apto?\.?|apt\.?|casa|torre|int\.?|no\.?)?[ ]?[A-Z0-9]{1,5}\b){0,4}",
        _I,
    ),
    re.compile(
        r"\bhouse (?:number |no\.? ?)?(?:is )?\d{1,4}[A-Za-z]?,[ ](?:[A-Z][\w'’]*[ ]?){1,4}(?:,[ ][A-Z][\w'’]*)?"
    ),
    re.compile(
        r"(?<!\w)г\.[ ]?[А-Я][а-яё\-]+,[ ]*(?:ул\.|улица|пр\.|проспект|пер\.)["
        r" ]?[^\n.?!;]{2,40}\d+(?:,?[ ]*(?:д\.?|кв\.?|корп\.?)[ ]?\d+)*"
    ),
    re.compile(
        rf"\b(?:the[ ]+)?corner[ ]+of[ ]+[^\n.?!;:]{{2,60}}?[ ]+and[ ]+(?:{CAPITAL}(?:["
        rf" ]{CAPITAL}){{0,3}}|[\w'’\-]+(?:[ ][\w'’\-]+)?)(?:[ ]\d{{1,4}})?",
        _I,
    ),
    re.compile(
        r"\b(?:\d{1,5}[ ]+)?p\.?[ ]?o\.?[ ]box[ ]+\d+|\b(?:apartado(?: postal)?|boîte postale|b\.?p\.?"
        r"|postfach|caixa postal|casella postale|skrytka pocztowa|а/я)[ ]+\d{1,6}",
        _I,
    ),
    re.compile(
        r"\b(?:psc[ ]\d+,?[ \n]+box[ ]\d+|us(?:n|cg)?[snv]*c?[ ][\w ]{2,20}(?=\n[afd]po)|unit[ ]\d+["
        r" ]box[ ]\d+)(?:[ ,\n]+[afd]po[ ]a[aep][ ]\d{5})?|\b[afd]po[ ]a[aep][ ]\d{5}\b",
        _I,
    ),
    re.compile(
        rf"(?<![\w.])\d{{1,5}}[ ]+(?:{CAPITAL}\.?[ ]+){{1,4}}(?!(?:19"
        rf"|20)\d\d\b)\d{{1,4}}\b(?=[\s,.]+(?:apt|suite|unit|flat|[^\W\d_]|$))"
    ),
    re.compile(
        rf"(?<![\w.])\d{{1,5}}[ ]+{CAPITAL}(?:[ ](?:z|u|de|la|nad|pod|v|{CAPITAL})){{0,4}}["
        rf" ]+\d{{1,4}}[,.]?\s+(?:apt|suite)\b",
        _I,
    ),
    re.compile(rf"(?<=\bon )(?:{CAPITAL}[ ]){{1,4}}\d{{1,5}}(?=[.!?\s]*$)", re.MULTILINE),
)
"""Streets with a number, each enough by itself to be an address."""

UNIT = re.compile(
    r"\b(?:apt|apartment|suite|ste|flat|unit|appt|apto|whg|wohnung|lgh|lejl|app)\.?[ ]*#?\d{1,5}[a-z]?\b", _I
)
"""A flat: an address where a number or a street stands before it."""

_UK = r"[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}"
NOT_A_STREET = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|chapter|page|grade|period|lesson"
    r"|problem"
    r"|question|exercise|section|figure|table|room|act|scene|world war|apollo|season|episode|version"
    r"|windows|level|class|century|bc|ad|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
    _I,
)
POSTAL = re.compile(rf"\b(?:{_UK}|[A-Z]\d[A-Z][ ]?\d[A-Z]\d|\d{{4}}[ ]?[A-Z]{{2}}|\d{{5}}(?:-\d{{3,4}})?)\b")
