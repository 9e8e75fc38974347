"""The words that tell what a figure is a figure of: tables in the language of `rangemap.extract.patterns`, read from the top."""

from __future__ import annotations

import re

from rangemap.extract.patterns import Gated, Rule, Starting, Table, any_of, compile_after, compile_before, gated
from rangemap.types import Quantity

WINDOW = 140
"""How many characters on either side of a figure are looked at."""

_TARGETS = "targets?|objectives?|enemies|enemy|adversar\\w+"
_STRIKE = "hit|strike|reach|engage|attack|destroy|sink"

NOT_RANGES = Table(
    Rule("an altitude", before=("altitudes?|apogee|heights?|orbits?|depths? ~4", "(?:service|flight|operational|operating) ceiling ~4", "climb\\w*|rose|risen|rising|soar\\w*|peak\\w*|crest\\w* ~3"), unless=("ranges?|reach ~~8 $",)),
    Rule("an altitude", before=("(?:went|flew|going|sent) (?:up|as high as) ~2",)),
    Rule("an altitude", before=("(?:went|climbed|rose) $",), after=("(?:and|before) (?:covered|covering|travelled|traveled|flew|came down|landing|falling)",)),
    Rule("an altitude", before=("flew $",), after=("(?:and|before) (?:covered|covering|travelled|traveled)",)),
    Rule("a least range", before=("(?:minimum|shortest) (?:firing |launch )?range ~4",)),
    Rule("a class of missiles that is counted", before=("(?:per cent|percent|%|share|number|half|most|all|third|quarter|tenth) of ~3 (?:rockets|missiles|drones) with ~1 ranges? ~1",)),
    Rule("an altitude", after=("high", "above (?:the )?(?:earth|ground|sea|surface)\\w*", "in|of altitude|height", "as (?:its|the) (?:greatest|maximum|peak|highest) ~1", "orbits?|orbital", "altitude|apogee|up|deep|skyward",
         "into (?:space|orbit|the (?:air|sky))", "above")),
    Rule("a difference", before=("by", "(?:add|adds|added|adding|gain|gains|gained|extra|additional|another|increase of)", "(?:add|adds|added|adding|gain|gains|gained) (?:perhaps|maybe|another|only|just|nearly)")),
    Rule("a difference", after=("more|longer|further|farther|less|shorter|extra|closer|nearer",), unless=("range ~3 $",)),
    Rule("a length of something", after=("of (?:them|these|those|it)", "of (?:\\w+ )?(?:cables?|roads?|tracks?|tunnels?|pipelines?|coast\\w*|shore\\w*|borders?|snow|ice|steppe|mountains?|jungle|motorways?|highways?|countryside|desert|sea|ocean|wires?|fib(?:re|er)s?|lines?|airspace|territory|land|water|front|rivers?|fences?)")),
    Rule("what a ship or an aircraft travels", after=("without refuel\\w*", "on (?:a|one) tank")),
    Rule("what a ship or an aircraft travels", before=("refuel\\w*|bunkers|steam\\w*|sailed|sails|cruised ~~8",)),
    Rule("what a sensor sees", before=("(?:track|tracks|tracking|detect|detects|detecting|spot|see) (?:aircraft|targets?|missiles?|objects?|ships?|planes?|jets?|drones?) ~6",)),
    Rule("a speed", after=("(?:every|a|per|each) (?:second|minute|hour)",)),
    Rule("what an aircraft flies", before=("jets?|warplanes?|planes?|aircraft|bombers?|fighters? (?:flew|flown|flying|travell?ed|crossed) ~3",)),
    Rule("a miss distance", before=("accuracy|cep|precision(?! (?:targets?|strikes?|attacks?|weapons?|munitions?|guid\\w+))|deviation ~4", "circular error ~8", "error|margin ~5")),
    Rule("a miss distance", before=("within",), after=("of ~3 targets?|bull\\w*|aim\\w*", "accuracy|cep")),
    Rule("a miss distance", after=("of (?:its|the|their) targets?", "cep|accuracy")),
    Rule("a dimension", after=("long|wide|tall|thick|across(?! (?!at\\b|from)\\w)|broad", "in (?:length|diameter|width|circumference)",
         "(?:diameter|wingspan)")),
    Rule("a stretch of land", before=("corridor|zone|belt|strip|area (?:of|is|was) ~3", "within a radius of ~2"), unless=("(?:hit|strike|destroy|engage|sink)\\w* ~6 within a radius",)),
    Rule("a dimension", before=("diameter|length|wingspan|width|perimeter|circumference|thickness ~3",
         "(?:runway|tunnel|road|border|coastline|frontier|pipeline|strip|stretch|wall|fence|canal|railway) (?:of|is|was|runs|some|for) ~2")),
    Rule("a way gone on land or sea", before=("(?:round )?trips?|journeys?|voyages?|detours?|drives?|marathons?|walks? (?:of|is|was) ~2",)),
    Rule("a stretch of land", after=(("~1 border|coastline|frontier|pipeline|tunnel|highway|road|railway|strip|stretch|wall|runway|fence|coast|canal|river|corridor"
         "|buffer|exclusion|zone|front"), "~1 journey|drive|(?<!in )march|race|walk|trip|voyage|trek|ride|hike|marathon|commute")),
    Rule("a way gone on land or sea", before=("drove|driven|drives?|walk\\w*|march\\w*|sail\\w*|steamed|cycled|hiked|rode|ran(?! (?:from|to|up|as|between))|commut\\w+|transported|moved|hauled|trucked|towed|smuggled|shipped|displaced|pulled|driving|cycling|commuting ~5",), unless=("(?:estimates?|figures?|ranges?|guesses) ~4 (?:ran|run|runs) ~2 $",)),
    Rule("a distance between places", after=("out to sea", "offshore")),
    Rule("a way gone on land or sea", after=("each way", "(?:there and back|by (?:road|car|rail|train|bus|truck|lorry))")),
)  # fmt: skip
"""Figures that are nobody's range, whatever else stands around them."""

PLACES = Table(
    Rule("a distance between places", before=("distances? (?:between|from|to) ~12", "(?<!estimates )(?<!figures )(?<!guesses )(?<!values )lie[sd]?|lying|lay|sits?|sitting|situated|located|stationed|deployed|positioned|stands|standing|based ~6",
         "from ~4 to ~4 (?:is|are|was|it's)", "closest|nearest ~6", "separat\\w+(?! (?:re-?entry|warheads?)) ~5")),
    Rule("a distance between places", after=("apart", "as the crow flies", "out(?! to| of)", "short of [A-Z]\\w*", "from the (?:island|mainland|coast|border|city|capital)")),
    Rule("a distance between places", before=("within|just|only|is|are|was|were|than|city|town|village|island|base|port|site|some|area|facility|plant|about",), after=("of|from|off|outside|inland|offshore|inside",)),
    Rule("a distance between places",
         after=("~1 away|(?:north|south|east|west)(?:[ -]?(?:north|south)?[ -]?(?:east|west))?(?:ern|wards?)?|off|offshore|inland|from|outside|inside|distant", "between"),
         unless=(f"(?:{_TARGETS}) ~8 $", "(?:can|could|to) (?:deliver|carry|throw|lob|send) ~3 (?:warheads?|payloads?|bombs?) ~2 $", "(?:hit|strik|sink|engag|destroy|attack)\\w* ~2 (?:ships?|vessels?|carriers?|warships?) ~2 $", f"(?:can|could|able to|capable of|to|range) ~2 (?:{_STRIKE}|{_STRIKE[:-5]}ing|hitting|striking|reaching|engaging|range) ~8 $",
                 "landed|fell|splashed|crashed|impacted|came|flew|travell?ed|covered|struck|range ~9 $")),
)  # fmt: skip
"""Figures that are distances between places."""

REGULATIONS = gated(
    "mtcr|missile technology control regime|(?:the )?inf (?:treaty|agreement|accord|pact)|intermediate-range nuclear forces|treaty,? (?:of|from|in|which|that) [^.;]{0,40}(?:cover|bann|barr|eliminat|outlaw|prohibit)\\w*|moratorium|treaty (?:cover|bann|barr|eliminat|outlaw|prohibit)\\w*|accepted classification|category i|to count as|defined as|definition|is classified|are classified|classed as|by definition|counts as|called intercontinental|taxonomy",
    "mtcr|regime|inf |nuclear forces|treaty|moratorium|classification|category i|to count as|defin|classified|classed as|counts as|called intercontinental|taxonomy",
)
"""Words that make a figure in their sentence a threshold of a treaty or the definition of a class."""

CLASS_LABEL = re.compile(
    r"^[\s*•-]*(?:(?:short|medium|intermediate|long|close)[- ]range|intercontinental|[SMI]RBMs?|ICBMs?)(?: (?:ballistic )?missiles?)?(?: \([A-Z]+s?\))?\s*(?:[:(–—-]|, )\s*(?:ranges?\s)?(?:of\s)?$",
    re.IGNORECASE,
)
"""A line of a list of classes: "Medium range: 1,000-3,000 km"."""

AGAINST = Gated(
    r"\b(?:against|intercept\w*|defend\w*|shoot\w* down|stop\w*|counter\w*|track\w*|parry\w*)\b[^.;]{0,70}\b(?:missiles|ICBMs|rockets|threats)\b[^.;]{0,12}\bwith (?:a )?ranges?\b[^.;]{0,24}$",
    "with range|with a range",
)
"""What a defence is built against is nobody's missile."""

CLASS_DEFINITION = Gated(
    r"(?:^|[.;,]\s|\"\s?|\b(?:[Bb]ecause|[Ss]ince|[Bb]y definition|[Tt]he term|[Ss]o-called|[Aa]ny)\s)(?:An? )?(?:(?:(?:[Ss]hort|[Mm]edium|[Ii]ntermediate|[Ll]ong)-range|[Ii]ntercontinental)(?: (?:ballistic|cruise))? missiles?|[ISM]?[CR]BMs?)"
    r"[\s,\"()\w-]{0,30}?(?:must|should|need|(?:is|are) (?:supposed|meant|expected) to|has|have|flies|fly|travels?|covers?|means|having|whose|with)[\s\w]{0,24}(?:ranges?|missiles?)?[\s\w]{0,14}$",
    "missile|bm",
    re.NOFLAG,
)
"""A class as such, nobody's missile, as the subject ("ICBMs have ranges above 5,500 km")."""

LIMITS: tuple[str, ...] = (
    "limit\\w*|(?<!nose )(?<!dunce )cap|caps|capped|capping|restrict\\w*|ceiling|self-imposed|confin\\w+ ~~9",
    "forbid\\w*|forbade|ban|bans|banned|prohibit\\w*|bar|barred|outlaw\\w* ~~10",
    "(?:not|never) (?:to )?(?:exceed|go beyond|extend beyond|increase) ~~5",
    "(?:deliberately|voluntarily) (?:kept|held|limited|capped) ~~4",
    "(?:hold|holds|holding|held|keep|keeps|keeping|kept) ~2 (?:ranges?|reach|missiles) ~3 $",
    "red line\\W* ~~3",
    "missiles ~3 (?:do|does|will|shall|must|should) not $",
    "(?:undertak\\w+|undertook|pledg\\w+|promis\\w+|agree[sd]?|commit\\w*|vow\\w*) not to ~~9",
    "(?:draw|drew|drawn|draws) ~1 line ~2 at ~2",
    "(?:no|any) missiles? ~4 (?:may|must|should|shall|be able to) (?:not )?(?:go|fly|reach|travel) ~2",
    "(?:not|never) (?:permitted|allowed|entitled) ~2 missiles ~~6",
    "(?:not|never|only) (?:permitted|allowed|entitled) to ~~9",
    "(?:fix|fixed|fixes|set|sets|froze|frozen|freezes) ~3 (?:ranges?|reach|missiles) at ~3",
    "(?:missiles?|ranges?|reach|arsenal|they|it) (?:now |still |all )?(?:stops?|stopped|ends|ended) (?:short )?at ~3",
    "(?:give|giving|gave|given) up ~3 missiles? ~~6",
    "(?:destroy|surrender|scrap|dismantle|eliminat)\\w* (?:all |any |its |every )?(?:ballistic )?missiles (?:with|of) ~~4",
    "(?:hold|holds|holding|held|bind|binds|bound) (?:\\w+ ){1,4}?(?:to|by) ~~5",
    "(?:bring|bringing|reduce|reducing|cut|cutting|lower|shorten) ~2 ranges? ~~4",
    "(?:no|none|any) ~3 missiles? ~3 (?:may|must|should|shall|be able to) (?:not )?(?:go|fly|reach|travel) ~2",
    "(?:ask|asks|asked|demands?|demanded|insists?|insisted|wants?|wanted|proposed?|suggests?) ~~4 missiles ~2 (?:go|fly|reach|travel) ~1",
    "(?:must|shall|should) not $",
    "(?:will|would|shall|to|does|do) not (?:build|make|develop|test|field|deploy|produce|seek|pursue) ~~3 missiles ~~6",
    "let (?:them|it|their missiles) not (?:go|fly|reach) ~2",
    "no (?:flight )?(?:tests?|testing|launches) ~5 $",
    "(?:oblige[ds]?|bind|binds|bound|require[ds]?|ask|asks|asked|order\\w*|told|tell) ~2 not to (?:flight-test|test|launch|build|develop|deploy|field|have|keep|fly) ~5",
    "missiles? (?:be )?(?:cut|reduced|held|kept) (?:back |down )?to ~2",
    "(?:allow|allows|allowed|permit|permits|permitted) ~2 (?:only )?missiles (?:of|with) ~~5",
    "(?:we|they) (?:have |had )?settled on ~2",
    "(?:does|do|did) not (?:want|seek|intend) ~2 missiles ~~5",
    "ke(?:ep|pt|eps|eping) ~~6 (?:missiles?|ranges?|arsenal|it)(?! of) ~~5",
)
"""Words before a figure that set a limit."""

LIMITS_AFTER: tuple[str, ...] = (
    "(?:self-imposed )?(?:range )?(?:limit|cap|ceiling|restriction|threshold|red line)s?",
    "~~3 (?:limit|cap|ceiling) ~~3",
    "rule",
    "is (?:all|enough|as much as|as far as|quite enough) ~3 (?:needs?|wants?|requires?)",
    "is (?:a|the) (?:range|distance|figure) that ~~4 (?:specified|set|fixed|decided|chose|ordered|determined)",
)
"""Words after a figure that make it a limit."""

SAYS_LIMIT = compile_after("(?:range )?(?:limit|cap|ceiling)s?")
"""A figure that is named a limit right behind: "the 2,000-kilometre limit"."""

LIFTED = any_of(
    "lift(?:ed|s|ing)?(?! to)|remov(?:ed|ing|es)|abandon\\w*|scrap(?:ped|s)?|abolish\\w*|no longer|dropped(?! the (?:idea|demand|plan|proposal))|rescind\\w*|cancel\\w*|waived|discard\\w*|rais(?:ed|e|ing)(?! to)"
)
"""Words that take a limit away."""

REQUIRED: tuple[str, ...] = (
    "(?:need|needs|needed|require|requires|required|requiring) ~~9",
    "would have to ~~6",
    "must ~~6",
    "takes|take a (?:missile|range) ~~7",
)
"""Words before a figure that say what would be needed."""

REQUIRED_AFTER = compile_after(
    "(?:(?:would|will) (?:be|have to be) |is |are |was |were )(?:required|needed|necessary)",
    "(?:required|needed|necessary) (?:to|for)",
    "(?:which|that|than)? ~4 (?:need|needs|needed|require|requires) to",
)
"""Words after a figure that say the same."""

NO_NEED = Gated(
    r"\b(?:no|not|never|n't|hardly|little)\b[^.;]{0,30}\b(?:need(?:ed|s)?|requirement|reason)\b[^.;]{0,60}$",
    "need|requirement|reason",
)
"""A need that is none: "no need of missiles above 2,000 km" sets a limit."""

NO_LIMIT = any_of(
    "(?:no|without|any|hardly any|practically no) (?:\\w+ )?limits?|unlimited|limitless|limited (?:only )?(?:payload|warhead|supply|number)"
)
"""A limit that is none."""

TESTED_TO = Rule(
    "a distance reached in a test",
    Quantity.DISTANCE_FLOWN,
    before=(
        "(?:test(?:ed|-fired|-launched)?|fired|launched|flight-tested|test-flown) (?:it |one |them |successfully |once |twice )?(?:to|over|at|out to) (?:a )?(?:range|distance)s? ~~3",
        "(?:tested|test-fired|test-flown|flight-tested|test-launched) ~4 (?:at|over|to) (?:a )?distance of ~1",
        "(?:greatest|longest|farthest|furthest) distance (?:of|is|was|being|flown|covered) ~2",
        "(?:tested|test-fired|test-flown|flight-tested|test-launched) (?:it |one |once |twice |again |successfully )?(?:to|at|over|out to) ~~3",
        "(?:tested|test-fired|test-flown|flight-tested|flown) (?:it|one|them) $",
        "(?:greatest|longest|maximum) (?:tested|demonstrated|flown) ~~5",
        "(?:greatest|longest|farthest|furthest) (?:known |recorded |measured )?(?:flight|shot|test) ~~5 (?:is|was|were|of|covered|reached|went|at|to) ~1",
    ),
    unless=("(?:can|could|may|might) be (?:fired|launched|shot) ~~5 $",),
)
"""Words before a figure that say so though the word “range” stands there."""

FLOWN = Rule(
    "a distance flown",
    Quantity.DISTANCE_FLOWN,
    before=(
        "flew|flown|travell?ed|crossed|traversed|overcame|overflies|overflew|landed|landing|lands|fell|falls|splashed|splashes|splashing|impacted|crashed|plunged|plummeted|covered(?! by)|soared|descended(?! from|,)|sped ~~8",
        "(?:came|comes|coming|gone|went) down ~~4",
        "(?:heights?|altitudes?|apogee) of ~~5 and (?:(?:a|the) )?(?:horizontal )?(?:distance|range) of ~1",
        "(?:minutes|min) and ~1",
        "(?:slammed|smashed|plunged|crashed|splashed) into ~~9",
        "(?:had|has|having) gone ~2",
        "flight|test|shot|launch|one ~7 went ~1",
        "(?:down|fell|landed|crashed|splashed) ~~9 after ~1",
        "(?:is|was|were|are|been) (?:again |then |also |even )?(?:sent|fired|launched|shot|lobbed)(?! from) ~1",
        "(?:is|was|were|are|been) (?:sent|fired|launched) successfully ~1",
        "(?:was|were|been) (?:fired|launched|tested) ~4 and (?:went|flew|covered) ~2",
        "(?:missile|rocket|projectile|one) went ~1",
        "(?:flying|travell?ing|covering|flight|flew) ~~3 (?:distance )?",
        "(?:reached|reaching|attained) (?:an? )?distances? (?:of|up) ~2",
        "(?:put|puts|gave|measured|estimated) (?:the|its|that) (?:flight )?distance ~1 (?:at|as) ~2",
        "(?:sent|sends|sending) (?:\\w+ ){0,4}(?:vehicles?|warheads?|missiles?|rockets?) ~2",
        "(?:was|were) tracked ~~6 (?:at|to|over|out to) ~2",
        "(?:was|were) tracked ~2",
        "(?:broke|breaks|broken) (?:up|apart) after ~3",
        "(?:tests?|flights?|launch|shot|one|missile|rocket) (?:failed|ended|exploded) after ~3",
        "tests?|trials?|flights? ~~14 reached ~2",
        "(?:flight|trajectory) (?:distance )?(?:of|path|covering) ~~4",
        "used|fired|launched (?:against|at|on) ~~12 (?:over|across|from) (?:a )?distance of ~1",
        "(?:fired|fires|fire|firing|launched|shot|lobbed) (?:\\w+ ){0,3}(?:missiles?|rockets?|it|one|two|them) ~~2",
        "(?<!can )(?<!could )(?<!may )(?<!might )(?<!would )(?<!to )(?:hit|struck|sank|sunk|destroyed|demolished) ~~7 (?:at|from) (?:a )?(?:distance|range)?(?: of)? ~2",
        "(?<!can )(?<!could )(?<!may )(?<!might )(?<!would )(?<!to )(?:hit|struck|destroyed) ~~2 (?:target|point|spot) ~~2",
        "(?:hit|struck|destroyed|demolished) (?:a|an|its|the|their|mock|simulated|sea|land|dummy) ~~4 (?:targets?|ship|barge|vessel) ~~5",
    ),
    unless=(
        "(?:can|could|capable|able|may|might|would|will|designed|potential\\w*) ~~4 (?:fly|flying|travel\\w*|of|to|have|cover|hit|strike|sink|destroy) ~~6 $",
        "(?:ranges?|estimates?|figures?) ~~14 (?:came|come|coming|gone|went) down to ~3 $",
        "(?:is|are|was|were) to have (?:flown|travell?ed|covered) ~3 $",
        "(?:model|version|variant|type)s? (?:flew|flown|covered) ~1 $",
        "f(?:alls?|ell|alling) (?:well |far |just )?short ~~9 $",
    ),
)
"""Words before a figure that say how far something flew once."""

LANDED = compile_before(
    "landed|lands|falls|splashes|fell|falling|splashed|splashing|impacted|crashed ~~6",
    "came|comes|coming down|ashore ~~5",
)
LANDED_NEAR = compile_after(
    "(?:(?:to|in) )?(?:the )?(?:north|south|east|west)\\S*|off|from(?! its| the (?:launch|silo|pad|site|cosmodrome|submarine|ship)| where)|away[ ]from(?! its| the (?:launch|silo|pad|site|cosmodrome|submarine|ship)| where)|short|inside|outside"
)
"""Where something came down, seen from a place: a distance between places."""

SEEN_FROM = compile_after(
    "(?:(?:to|in) )?(?:the )?(?:due )?(?:north|south|east|west)\\S*(?: (?:north|south|east|west)\\S*)? (?:of|from) (?!its|the (?:launch|silo|pad|site|cosmodrome|submarine|ship)|where|there)\\w+"
)
"""A direction from a place: "300 km southeast of Tehran"."""

ASKED = Gated(r"\b(?:how far|range|reach)\b[^?]*\?", "?")
"""A question about range: the figure that answers it needs no further word."""

FLOWN_AFTER = compile_after(
    "~3 (?:before|downrange|on a (?:steep|lofted|high|lofty|near-vertical)|and? ?land(?:ed|ing)|and (?:splash|fell|came down)|land(?:ed|ing)|splash(?:ed|ing)|and reach\\w* (?:an?|its) (?:peak |maximum |top )?(?:height|altitude|apogee)|into the (?:sea|pacific|gulf|water|ocean|indian|caspian)|in (?:about |some )?\\w+ minutes|in (?:one|a|its|the) (?:\\w+ )?(?:flight|test)|flight)"
)
"""Words after a figure that say the same, where the sentence is in the past."""

SAYS_RANGE = Table(
    Rule("the word “range” before it", before=("ranges?|reach|radius (?:of|is|was|at|to|are|were|that|reaches|exceeds|exceeding|up|as|from|reported\\w*|estimated|between|somewhere|stands|put|given|listed|now|closer|extends) ~~6",
         "ranges?|reach ~~2", "(?:stated|claimed|official|published|theoretical|declared|absolute) maximum (?:is|was|of|at|being) ~2", "ranges?|reach [\\w\\s,'-]{0,60}? (?:at|to|is|was|of|as|being|exceeds|exceeding|from) ~~2")),
    Rule("“that it can cover” after it", after=("(?:that|which) ~3 (?:can|could|may) (?:cover|reach|fly|travel)",)),
    Rule("the word “range” after it", after=("~~1 (?:maximum |max |strike |operational |effective |estimated |reported |claimed |nominal )?(?:ranges?|radius)", "reach", "~~2 ranges?")),
)  # fmt: skip
"""Words that call a figure a range."""

SUGGEST_RANGE = Table(
    Rule("“can reach” or the like before it", before=(
        ("can|could|may|might|would|will|able|capable|designed|meant|made|built|said|claimed|believed|thought|reported|reportedly|potentially|enough|power|ability ~~6 "
        "(?:fly|flying|travel|travell?ing|reach|reaching|hit|hitting|strike|striking|engage|engaging|cover|covering|get|getting|go|going|carry|carrying|deliver\\w*|attack\\w*|fire|firing|fired (?:to|over)|target|targeting"
        "|exceed\\w*|do|doing|manage|shoot\\w*|send\\w*|lob|hurl|sink\\w*|destroy\\w*|propel\\w*|extend\\w*|achiev\\w+|glide|soar|stretch|threaten\\w*|have|range) ~~12"),
        "reckons? on ~2",
        "(?:flies|travels|covers|goes|went|gone|manages|strikes|hits|carries|does|reaches|exceeds|extends|stretches|tops) ~~7",
        "(?:reaching|flying|travell?ing|hitting|striking|covering|exceeding|delivering|going) ~~7",
        "(?:estimates?|assessments?|calculations?|figures|experts|sources|studies) (?:have|has|run|runs|cluster|centre|center|hover|range|ranges|vary|varies|put|go|goes|are|is|speak|differ) ~~5", "(?:spoke|spoken|written|wrote|speaks?|talk\\w*|dream\\w*) of ~~2", "(?:top|tops|topped|topping|max|maxes|maxed) out ~~3", "(?:credited|rated|assessed|estimated|put|listed|advertised|billed) (?:with|at|as|by) ~~5", "(?:is|was|are|were) credited ~~14 with ~2", "(?:strike |striking |delivery )?capability of ~2", "good for ~~2", "(?:said|says|put|gave|gives|claims?|claimed|insists?) (?:it|the range|the figure|its range) (?:was|is|to be|at|as) ~~2",
        "capable of ~~3", "got|gets|squeezed|coaxed|wrung ~2", "missiles?|rockets?|weapons? (?:of|with) ~~2", "missiles? for ~1", "reached|managed ~~2", f"(?:{_TARGETS}) ~~6", "(?:claim|claims|claimed|say|says|gives?|gave|quotes?|quoted|cites?|cited|lists?|listed|reports?|reported|estimates?|announced|suggests?|figures?|numbers|mention\\w*|print|prints|printed) ~~4",
    )),
    Rule("a figure that is quoted", after=("quoted|cited|bandied|mentioned",)),
    Rule("what it does not do", before=("(?:does|do|did) not (?:do|go|fly|manage|make) ~3", "(?:do|does|did|wo|would|ca)n't (?:do|go|fly|manage|make) ~3")),
    Rule("a missile of so many kilometres", after=("~~3 (?:missiles?|rockets?|projectiles?|weapons?|icbms?|mrbms?|srbms?|irbms?|drones?|class|variant|version|model|design)",)),
)  # fmt: skip
"""Words that suggest a range."""

WEAPON = gated(
    "(?:[\\w-]*missiles?|rockets?|icbms?|irbms?|mrbms?|srbms?|slbms?|projectiles?|warheads?|arsenals?|drones?|weapons?|launchers?|ballistic|cruise"
    "|hypersonics?|munitions?|uavs?|interceptors?|artillery)",
    "missile|rocket|bm|projectile|warhead|arsenal|drone|weapon|launcher|ballistic|cruise|hypersonic|munition|uav|interceptor|artillery",
)
"""Words for things with a range."""

MISSILE_IN_PLAY = gated(
    "(?:range (?:limits?|caps?|ceilings?)|self-imposed|missiles?|rockets?|icbms?|irbms?|mrbms?|srbms?|slbms?|projectiles?|weapons?|warheads?|re-?entry vehicles?|arsenals?|drones?|uavs?|ballistic)",
    "warhead|entry|range |self-imposed|missile|rocket|bm|projectile|weapon|arsenal|drone|uav|ballistic",
)

DENIALS = Gated(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)|disput(?:es|ed|ing)|rebuff\w*|rubbish(?:ed|es)|debunk(?:ed|s)"
    r"|contradict(?:s|ed)|rul(?:es|ed) out|(?:is|was|are|were) not true|untrue|false(?:ly)?|baseless|no truth)\b(?P<rest>.*)$",
    "den|reject|dismiss|refut|disput|rebuff|rubbish|debunk|contradict|rul|true|false|baseless|truth",
    re.IGNORECASE | re.DOTALL,
)
"""A denial before a figure; `rest` is what stands between the two."""

ASSERTIONS = re.compile(
    r"\b(?:saying|said|says|stating|stated|insist\w*|adding|added|maintain\w*|asserting|asserted|but|instead|claiming|clarif\w+|noting|explaining|counter\w+|telling|told|while)\b",
    re.IGNORECASE,
)
"""Words that end a denial: what follows is asserted."""

DENIED_AFTER = re.compile(
    r"[^.;]{0,80}?\b(?:as|is|was|are|were|called (?:it|this|that|them)|be)\s+[\"']?(?:an?\s+|pure\s+|mere\s+|sheer\s+|all\s+|\"){0,3}(?:psychological (?:war\w*|operation)|propaganda|lies?\b|false|untrue"
    r"|nonsense|fabricat\w+|exaggerat\w+|fiction|myth|baseless|fantas\w+|absurd|fairy ?tale|a joke|wrong|incorrect|invented|rubbish|not true)",
    re.IGNORECASE,
)
"""Words after a figure that call it untrue."""

NEGATIONS = compile_before(
    "(?:not|\\w+n't|cannot|never|no(?!-?\\s?dong)|none|neither|nor|nothing|lacks?|lacking|unable) ~10"
)
"""A negation that leads up to a figure."""

PROJECTIONS = Starting(
    r"(?<![\w-])(?:"
    "will|(?:was|were) (?:then |still )?(?:developing|working|planning|building|designing|seeking|preparing|planned)|(?:is|are|being) (?:now |still |reportedly |believed to be |said to be |also )?(?:develop\\w+|working|planning|building|designing|seeking|preparing|planned|developed|studying)|working (?:on|to)"
    "|(?:wants?|hopes?|wishes) to (?:extend|increase|raise|boost|stretch)|(?:is|are) to be (?:raised|increased|extended|stretched)|under development|in development|developing|development of|plans?|planned|planning|aims?|aiming|seeks?|seeking|intends?|intended|hopes?|future|(?<!\bthis )(?<!\bthe )next-generation|prospective|proposed|eventual\\w*"
    "|by 20[2-9]\\d|within (?:a|the next|\\w+) (?:decade|years?)(?! (?:it|he|they|she|\\w+) had)|in (?:the coming|\\w+) years|projected|expected|drawing board|envision\\w*|someday|one day|could be (?:raised|extended|increased|stretched|upgraded|lengthened)|(?:work (?:is|was) )?under way|could (?:develop|field|build|acquire|produce|deploy|test)"
    "|(?:is|are) (?:meant |supposed |due |set )?to (?:have|fly|reach|travel|go|extend)|(?:this|that|it|which|range) (?:would|should) (?:later |soon |then |eventually )?(?:rise|grow|increase|be (?:raised|increased|extended))"
    "|would (?:be (?:raised|increased|extended|stretched)|have|give|extend|boost|allow|go|exceed|(?:one day|eventually) \\w+)"
    r")(?!\w)",
    "will|want|wish|is|are|was|were|being|range|this|that|it|which|work|under|in|develop|plan|aim|seek|intend|hope|future|next|prospect|propos|eventual|by|within|project|expect|drawing|envision|some|one|could|would|work",
)
"""Words that put a figure into the future."""

PROJECTED_AFTER = re.compile(
    r"[^.;\d]{0,40}?\b(?:by (?:20[2-9]\d|the 20[2-9]0s)|(?:is|are|was|were) (?:still |now |also )?(?:under (?:development|study|construction|consideration)|being (?:developed|built|designed|studied)|planned|due|in development|in the works)|could be (?:a|\w+) (?:decades?|years) away)\b",
    re.IGNORECASE,
)
"""Words after a figure that do."""

HEDGES = Starting(
    r"(?<![\w-])(?:"
    "reported(?:ly)?|believed|thought|said to|claimed|alleged(?:ly)?|apparently|may|might|could|possibly|probably|likely|presum\\w+|rumou?red|potential(?:ly)?|supposed(?:ly)?|purported(?:ly)?|suspected|estimated|if true"
    r")(?!\w)",
    "report|believ|thought|said|claim|alleg|apparent|may|might|could|possibl|probabl|likely|presum|rumo|potential|suppos|purport|suspect|estimat|if",
)
"""Hedges about a figure that do not change the figure."""
