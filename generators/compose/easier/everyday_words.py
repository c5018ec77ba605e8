"""Words that children who start to read know already: home, body, nature, school, doing, feeling, counting.

Written down for Margent by subject, not taken from any published list. Other forms of a word (plural, past, -ing)
are led back to it by `generators.compose.easier.reading_level`.
"""

_WORDS = """
    mother father mum mom dad parent brother sister baby child children boy girl man men woman women son daughter uncle
    aunt grandmother grandfather family friend people person king queen neighbor neighbour teacher doctor farmer nurse
    head face eye ear nose mouth lip tooth teeth tongue hair neck arm hand finger leg foot feet knee back heart skin
    bone blood body voice name home house room door window wall floor roof kitchen bed table chair lamp fire light
    clock box bag cup plate bottle knife spoon key picture book paper pen pencil letter page story song game toy ball
    doll coat hat shoe dress shirt sock pocket button bread butter milk egg cheese meat fish apple fruit cake sugar
    salt tea coffee water soup rice potato dinner breakfast lunch supper food meal dog cat horse cow pig sheep bird
    hen duck mouse mice lion bear wolf fox rabbit monkey elephant snake frog bee fly ant spider wing tail nest egg
    tree leaf leaves flower grass seed root branch wood forest garden field farm hill mountain river lake sea ocean
    beach island stone rock sand mud road street path bridge town city village country land world earth sun moon star
    sky cloud rain snow wind storm ice hot cold warm cool wet dry day night morning afternoon evening week month year
    hour minute second time today tomorrow yesterday spring summer autumn fall winter monday sunday birthday party
    school class lesson desk work job money shop store market car bus train boat ship plane bicycle wheel horse
    go come walk run jump climb swim fly ride drive sit stand lie sleep wake eat drink cook wash clean cut break
    build make do have be see look watch hear listen smell taste touch feel say tell speak talk ask answer call shout
    cry laugh smile sing play read write draw paint count learn teach know think believe remember forget understand
    hope wish want need like love hate fear help give take get bring carry hold put keep find lose hide show open
    close shut start begin stop end finish wait stay leave arrive return turn move push pull throw catch hit kick
    fight win kill die live grow change become try use buy sell pay cost send meet visit follow lead pass cross reach
    fall drop rise lift fill pour burn shine blow hang tie let happen seem mean care choose decide agree share join
    hurt save thank marry dance dream point knock pick wear hunt bite chase rest travel
    good bad big small little large great long short tall high low wide deep fat thin thick heavy light strong weak
    hard soft fast slow quick quiet loud new old young early late first last next same other different right wrong
    true real easy nice kind happy sad angry afraid brave tired hungry thirsty sick well ill dead alive rich poor
    full empty clean dirty dark bright black white red blue green yellow brown gray grey pink orange gold silver
    sweet sharp round flat straight beautiful pretty ugly funny strange clever wise stupid busy free safe lucky
    special important alone together sure ready able whole half enough
    one two three four five six seven eight nine ten eleven twelve twenty hundred thousand million many much few lot
    some any all every each more most less again always never often sometimes soon now then here there where away
    back down up out in off on over under near far behind inside outside around across along between beside above
    below left right forward very too quite almost only just also even still yet already ever perhaps maybe please
    yes no not hello goodbye thing something nothing everything anything someone everyone place way side top bottom
    middle part piece end line number word question idea reason problem kind sort bit mind life death fun trouble
    war peace news noise sound color colour shape size hole corner edge air gas oil wood iron glass
"""

EVERYDAY = frozenset(_WORDS.split())
