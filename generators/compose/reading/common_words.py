"""Words that schoolbooks of most subjects use, so that they say little about any one subject.

Counted in the sections of four textbooks of different subjects (OpenStax, CC BY 4.0) by `bench/fit_terms.py`:
words found in at least three of the four books, in the normal form of `generators.compose.reading.candidates`.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERY_COMMON = _words(
    """
    able about above according actually addition after all also although alway among amount an and another any are
    area around as associated at average away based be because become been before behavior being below best better
    between body both but by calculate call called can cannot case cause center certain change chapter
    characteristic close come common complex consider considered contain could data day depend described determine
    developed did difference different direction directly discussed distance do doe down due during each earlier
    early earth effect either end energy enough equal equation even event every evidence example fact factor far few
    find first follow following for force form found from general generally get give given go good great greater
    group had has have having he help here high higher his how however human idea if important in include including
    increase individual information instead into involve is it its just know known large larger last later law learn
    least less let level life light like likely line little live long look low lower made major make making many
    mass matter may mean measure measured might more most move moving much must nearly need negative never new next
    no not note now number object observed occur of often on once one only or order other our out over own part
    particular pattern people period person physical place point positive possible present problem process produce
    produced provide question range rate rather reason related relationship remain research result right role same
    say second section see seem seen sense set several should show shown significant similar simple since situation
    size small smaller so some sometime space specific state still student study such suggest sun system take taking
    temperature term than that the their them then theory there therefore these they thing think this those thought
    three through thus time to today together too toward turn two type under understand until up us use used using
    value various vary very was way we well were what when where whether which while who why will with within
    without word work world would year you your
    """
)
"""In at least a quarter of the sections."""

COMMON = _words(
    """
    ability absence account accurate achieve across act action active activity actual add additional advantage
    affect affected again against age ago air allow allowing almost alone along already american analysis angle
    animal answer apparent appear application applied apply approach appropriate approximately arrive asked asking
    aspect association assume assumption atom attempt attention available aware axis back background bad balance
    basic basis bear became began begin beginning behave behind believe beyond big billion biological birth bit
    black block blood book born brain break brief bright broad build building built calculated calculation came car
    carried carry category caused causing cell central century chance changed changing charge chemical chemistry
    child choose circumstance class clear clearly closely closer cloud cluster cold collected college color column
    combination combined coming commonly compare compared comparison complete completely complicated component
    composed computer concentrated concept concern conclude conclusion condition confidence connected connection
    consequence considering consist consistent constant constantly construct context continue continued continuous
    contrast contribute control controlled core correct correlation correspond corresponding country course create
    created critical crucial current cycle dark deal death decade decision decrease decreased deep define defined
    definition degree demonstrate demonstrated density department depending describe designed despite detail
    detailed detect detected determined develop developing development device differ difficult dimension direct
    discovered discovery discuss discussion disease display distant distinct distribution divide divided doing don
    done double dramatically draw drawn drive drug dust easier easily easy eating effective efficient electric
    electrical electromagnetic element else emission enable encounter energetic entire entirely environment
    environmental equally equivalent error especially established estimate eventually ever everyday everything
    evolved exact exactly examination examine exception exert exist expansion expect expected experience experienced
    experiment explain explained explanation explore expressed expression extend extreme extremely eye face failure
    fall familiar family famous farther fast faster feature feel feeling field figure final finally finding fit five
    flow focus followed food formation formed forming formula four fourth fraction free frequency frequently friend
    full function fundamental further furthermore future gain game generate getting goe going gradually graph
    greatest greek grow half hand happen hard head health heart heavy height helpful hence her highest highly him
    history hold hole home horizontal hot hour hundred hydrogen hypothesis ice identical identify illustrate
    illustrated image imagine immediately impact imply included increased increasing indeed independent indicate
    indicating influence influenced initial initially inside insight instance instrument intense interact
    interaction interest interested interesting intermediate internal interpret interpretation interval involved
    involving iron issue itself jame keep key kind knowledge laboratory lack largest late lead leading learned
    learning leave led left length letter lie lifetime limit limited liquid list listed lived living located
    location longer looking lose loss lost lot magnetic magnitude main maintain manner massive material mathematical
    maximum meaning measurement mechanism medical meet member mentioned metal method middle million mind minute
    model modern molecule month mostly motion motor movement multiple name named national natural nature near
    necessary needed neither night nine non normal normally noted notice nucleus numerical observable observation
    observe observer observing obtain obtained occurred occurring off old older open operation opportunity opposite
    origin original ourselve outcome outer output outside outward overall parallel particle particularly pass
    passing past path peak per percent perform perhap personal perspective phase picture piece placed plane planet
    play population portion position potential power practice precise predict prediction presented pressure prevent
    previous previously primarily principle probability probably producing product production program property
    proportional proposed protect provided published put quantity quickly quite radiation random randomly rapid
    rapidly rare ratio ray reach reached reaction read real really recall receive received receiving recent recently
    record recorded red reduce reduced refer referred reflect region regular relative relatively release remarkable
    remember repeated report represent require required researcher resemble respectively respond response
    responsible rest resulting return reveal review rise risk rock rule run said sample scale school science
    scientific scientist seeing self sensitive separate separated serious serve sery setting shape shaped she shift
    short shorter showing side sign significantly similarly simply single six siz skill sky sleep slightly slow
    slowly smallest solar solving someone something somewhat sound source special spectrum speed spend spread square
    stable stage standard start starting statement statistical step stop store story straight strong stronger
    strongly structure studied studying subject substance success successful sufficient sum support suppose sure
    surface surprise surrounding survey symbol table taken task team technique technology tell ten tend test text th
    themselve therapy third though thousand throughout tiny took tool top topic total travel treatment true try
    trying twice typical typically underlying understanding unit united university unknown unless unlike upon upper
    useful usually variable variation variety version versus vertical view viewed violent visible visual want war
    warm water wave week weight wherea white whole whose wide widely worked working write wrong yet young zero
    """
)
"""In 8 to 25 % of the sections."""

FAIRLY_COMMON = _words(
    """
    absent absolute absorb absorbed abundance accelerated accept acceptable acceptance accepted accepting accident
    accompanied accumulated accuracy accurately achieved acid acting adaptive added adding adjust advanced afterward
    agency aim airplane allowed alpha alter altering alternative alternatively analyze analyzing ancestor answered
    apart appearance apple applicable approximate april arise arm arose arrived arriving article ask assigned
    associate assumed attack attractive attribute australia author automatically avoid awarded axe backward ball
    band bar barely base basically battery beat beauty begun believing bell belong belt beneficial benefit beside
    bia bill binary bird birthday bizarre blocked board bottom bound boundary box branch briefly brightly brightness
    british broader broken brown burst business buy calculus cancer candidate capable capture carefully carrying
    catastrophe centered certainly channel charged check chest choice circle circuit circular circulation city claim
    classified classify clerk client clock closest clothe co code collect collecting collection combine combining
    comparing competing completed compound compton concentration concerned concluded confident confirmed confusing
    confusion connect consequently consideration consistently consisting constellation constituent constructed
    construction consuming consumption contact contained container containing contraction contribution convenience
    conversely convert coordinate correctly correlated cost count counter counterpart court cover covered creating
    cross crystal cup curious currently curve cut dangerous date de decide decreasing defense delivered dependent
    depletion depth derive derived describing description design desire destroy detecting detection determination
    determining devastating dictate die died diet differently dim discover discrete displayed distinguish
    distinguished distributed disturbance disturbed dividing doctor documented doesn dominant dominated doubt dozen
    dramatic drawing driven driving drop dropped dropping earliest earned earthquake easiest edge effectively
    efficiency efficiently einstein electronic elementary elevator eliminate emerge emerged emit empirical enabling
    ended english enormous ensure enter entering equilibrium equipment escape essentially estimated europe european
    evenly everywhere examined examining excellent except excitation excite excited exercise exhibit existence
    expand expanded experimental explored exploring explosion exposure extended extensive extent extra
    extraordinarily failed fairly falling false fascinating favor favored feet felt fewer fifth fill filled film
    fixed flash flat flight fluctuation flying forced formal former fortunately forward foundation frequent front
    fully gamma gather gave generated genetic geometric giving glass global gold got government gray greatly growing
    growth guide guideline hair halo halt happened happening held hemisphere hill historical historically hit
    hitting hope hospital house huge hundredth hypothese hypothetical icy identified identity ii illustration
    imaging importance imposed impossible improve improved improvement inch incoming increasingly incredible index
    indicated indicator input instruction interacting interference international interpreted intrinsic introduced
    investigating investigation investment invisible ion island isn jet joint judgment jump knew knowing lab label
    labeled laid lake largely lasting leaving lighting likewise linked local looked lowest lunch machine maintained
    man map mar mark match mathematically maxwell me measuring mechanical medium mention message met mid millisecond
    minimum mirror missing mistake mixed mode modified molecular moment money monitored monitoring moved
    multiplication my native nearest necessarily net neutral nevertheless newspaper nickel none nor north noticed
    notion nuclei numerous obey obtaining obvious obviously occurrence operate opposed ordinary organism
    organization organize organized organizing originally originate otherwise outlet page pair partial participate
    participation party passed passenger pay penetrate percentage perfect perfectly performance performed phenomena
    phenomenon phone phrase pick pioneering planning plant plastic played player plotted plus pool positively
    possibility possibly potentially practical pre precisely predictable predicted prefer preference presence
    prevalent prevention prior prize professional professor progress pronounced proper proportion protection prove
    proved proven providing pull pulled pulse pure purpose push putting quality quarter race radioactive raise
    raised raising ranked rarely re reaching readily reality realize realized realm reasonable reasonably recession
    recognizing recovery reducing reference reflected regularly regulation relax released relevant remained
    remaining remove removed removing repeatedly replaced representative represented representing resolution respect
    resulted returned revealed rich room root rotating rough round rounded russian safe save scan scattering
    scenario screen season seeking seemed segment select selected send sensitivity sent separation sequence
    seriously share shared shell shock shop shortly showed sight signal significance similarity slight smooth sold
    solution solve soon south spaced specialized specifically specified specy spent spinning spontaneously spot
    spring squared stability stand standardized standing stated station stay stimulate stone stopped stored stream
    strength strict strike striking strip subsequent substantial subtle suddenly suffered sufficiently summarize
    supporting supposed surprising symmetry systematic tall television tennis tested testing textbook theoretical
    theorist thereby thick thin throw tie toe ton toss town track trained transferred transition translate
    transmission transmit transmitted transport transported traveling tree tremendous trend tried trigger trip truly
    truth turning uncertainty understood unfortunately uniform unique universal universally unstable unusual valid
    valuable variability varied varying vast vehicle via vibrate vibration video viewing violation virtually vision
    vital vitamin volume wait waste weak wealthy weapon wear weather webb website weighed wheel whenever widespread
    width william wilson winter wish won worldwide writing written yes yield younger yourself zone
    """
)
"""In fewer sections."""
