"""Read the areas of a reach statement: "Israel, U.S. bases in the Gulf, and parts of South Asia".

The grammar::

    areas = area { ("," | "and" | "or" | "as well as" | "even") area }
    area  = [ "targets" … "in" ] [ share ] [ "the" ] [ part ] place [ head ] [ "in" [ "the" ] place ]
    share = all of | most of | much of | parts of | any part of | the entire | every …
    part  = southern | eastern | continental | mainland …
    place = a country, a city of some size, a sea, a region ("the Middle East"); or an adjective, which needs a head
    head  = mainland | territory | bases | airspace | cities …
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rangemap import places

MIN_POPULATION = 100_000
"""Cities from this size on are known by name; a smaller one may be a common word, unless its name is long."""
LEAST_LETTERS = 8
"""Of the name of a smaller city."""

REGIONS = frozenset(
    """middle east|near east|south asia|central asia|east asia|southeast asia|south-east asia|asia|europe|western europe|eastern europe|central europe|africa|north africa|horn of africa
    |north america|south america|latin america|america|persian gulf|gulf|sea of oman|sea of japan|sea of azov|bab al-mandab|bab al-mandeb|bab al-mandab strait|gulf monarchies|gulf kingdoms|gulf capitals|northern indian ocean|tibet|northern ireland|arabian gulf|gulf of oman|gulf of aden|strait of hormuz|straits of hormuz|red sea|arabian sea|mediterranean|eastern mediterranean
    |mediterranean sea|caspian|caspian sea|caucasus|south caucasus|balkans|levant|sinai|golan heights|gaza|gaza strip|west bank|indian ocean|pacific|western pacific|pacific ocean|north pacific|atlantic
    |atlantic ocean|baltic|baltic states|baltics|scandinavia|black sea|black sea coast|arctic|kashmir|crimea|siberia|urals|hokkaido|okinawa|guam|hawaii|alaska|diego garcia|kaliningrad|cyprus
    |andaman islands|andamans|andaman and nicobar islands|nicobar islands|nato|european union|gulf states|new york|washington|california|florida|texas|east coast|west coast|arabian peninsula|korean peninsula
    |taiwan strait|south china sea|east china sea|bay of bengal|bab el-mandeb|eilat|negev|dimona|haifa|jerusalem|dhahran|taif|jizan|nahariya|kiryat shmona|ashkelon|yelabuga|kerch bridge|crimean bridge|fiery cross|kadena|misawa|yokosuka|sasebo|subic bay|ras tanura|abqaiq|jubail|fujairah|nevatim|palmachim|hodeidah|akrotiri|tel aviv|riyadh|jeddah|abu dhabi|dubai|doha|manama|muscat|sicily|crete|britain|great britain|england
    |u.s|u.s.|us|usa|united states of america|uk|u.k.|uae|czech republic|holy land|jewish state|zionist entity|zionist regime|st petersburg|occupied territories|occupied palestine|new delhi|al udeid|incirlik|bahrain|northern territory|western hemisphere
    |gcc|gulf cooperation council|eu|ussr|soviet union|gibraltar|sovereign base areas|maghreb|sahel|anatolia|transcaucasus|benelux|iberia|iberian peninsula|kola peninsula|kamchatka|sakhalin|kuril islands|marshall islands|kwajalein|bosporus|suez canal|galilee|south-eastern europe|southeastern europe|south-east europe|southeast europe|north-east asia
    |al dhafra|ali al-salem|ali al salem|al asad|ain al-asad|al-tanf|prince sultan air base|okinawa|scarborough shoal|paracels|spratlys|luzon|mindanao|jeju|ryukyus|natanz|isfahan
    |midwest|rocky mountains|rocky mountain west|pacific northwest|new england|eastern seaboard|western seaboard|deep south|great lakes|pacific coast|atlantic coast
    |northern hemisphere|lower 48|aleutians|aleutian islands|midway|wake island|okhotsk|vladivostok|eurasia|continent|northeast asia|indo-pacific|subcontinent|indian subcontinent|mainland|iraqi kurdistan|kurdistan|far east|world|globe|planet""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
"""Places beyond countries and cities, in small letters."""

ADJECTIVES = frozenset([
    "american", "european", "israeli", "iranian", "saudi", "gulf", "arab", "turkish", "greek", "russian", "chinese",
    "indian", "japanese", "korean", "british", "french", "german", "italian", "iraqi", "syrian", "jordanian",
    "egyptian", "emirati", "qatari", "kuwaiti", "bahraini", "omani", "pakistani", "afghan", "ukrainian", "polish",
    "romanian", "bulgarian", "hungarian", "spanish", "australian", "asian", "african", "canadian", "nato",
    "mideast", "allied", "western", "coalition", "u.s.", "us", "u.s", "uk", "u.k.", "middle-eastern", "eu",
    "baltic", "nordic", "austrian", "swiss", "czech", "slovak", "croatian", "serbian", "albanian", "macedonian",
    "slovenian", "bosnian", "portuguese", "belgian", "dutch", "danish", "norwegian", "swedish", "finnish",
    "estonian", "latvian", "lithuanian", "belarusian", "moldovan", "georgian", "armenian", "azerbaijani", "azeri",
    "turkmen", "uzbek", "kazakh", "kyrgyz", "tajik", "bangladeshi", "nepalese", "burmese", "thai", "vietnamese",
    "malaysian", "singaporean", "indonesian", "filipino", "philippine", "taiwanese", "mongolian", "cypriot",
    "maltese", "lebanese", "palestinian", "yemeni", "sudanese", "ethiopian", "eritrean", "somali", "kenyan",
    "libyan", "tunisian", "algerian", "moroccan", "mexican", "cuban", "brazilian", "scandinavian", "balkan",
    "caucasian", "soviet", "ottoman", "jewish", "zionist", "qatari",
])  # fmt: skip
"""Adjectives of places; they need a head ("Austrian territory")."""

_SHARE = (
    r"(?:(?:almost |nearly |virtually |practically |effectively |about |some |roughly )?(?:\d+ (?:per cent|percent|%)|\d+%|all (?:the )?(?:corners|parts)|any (?:point|corner)|all|most|much|half|parts?|portions?|large (?:parts|swathes|areas)|(?:a )?(?:wide |broad |vast |great |large |good |fair )?(?:swathes?|slices?|chunks?|deal|bit|part|half)|(?:the )?whole|(?:the )?entirety|any part|every part|every corner|some parts?|the bulk|the rest|(?:the )?(?:greater|larger|better|best) parts?|"
    r"large portions|vast (?:parts|swathes)|corners?|(?:the )?(?:interior|heart|cent(?:er|re)|edges?|depths)|(?:the )?(?:(?:south|north)?-?(?:east|west)?(?:ern)?(?:most)?|central) (?:parts?|half|edge|fringes?|areas?|regions?|corners?|provinces|tips?|rim|flank|cities|shores?|oil (?:terminals|fields|facilities))|(?:every|any) (?:bit|inch|square \w+)|(?:most|much|nearly all|almost all),? (?:though|if|but) not (?:quite )?all,?)\s+of|(?:almost |nearly )?(?:all|(?:the )?entire|(?:the )?whole|(?:any|every|each)(?: other)?|some|several|most|the rest of|a third of|major|many|additional|further|more|other|(?:(?:more than|over|some|about) )?\d[\d,]*))"
)
_PART = (
    r"(?:(?:north|south|east|west|central|middle)(?:[ -]?(?:east|west))?(?:ern)?(?:most)?|continental|mainland|contiguous|metropolitan|occupied|coastal|neighbou?ring|far[- ]eastern|wider|broader|greater|entire|whole|lower|upper"
    r"|southern|eastern|western|northern|central)"
)
_HEAD = (
    r"(?:(?:bases|installations) and (?:\w+ )?(?:facilities|installations|assets)|forces and (?:most of )?(?:their |its )?interests|mainland|homeland|territor(?:y|ies)|soil|airspace|bases?|military bases?|air ?bases?|naval bases?|military|forces|troops|military (?:bases?|installations?|facilities|forces|sites?|assets|positions)|facilities|installations|assets|coasts?"
    r"|east coast|west coast|coastline|shores?|capitals?|cities|city|continent|states?|countries|nations|population cent(?:er|re)s|allies|members?|interests|warships|ships|fleet|oil ?fields?|oil facilities|bases and \w+|ports?|peninsula|islands?|heartland|targets?"
    r"|territory of \w+|outskirts|suburbs|seaboard|embassies|carriers?|region|rim|flank|borders?)"
)
_FOE = r"(?:(?:(?:[A-Z]\w+'s|its|their|the country's)\s+)?(?:arch[- ]?(?:foe|enemy|rival)|bitter (?:enemy|rival)|sworn enemy|nemesis)\s+)?"
_TARGETS_IN = re.compile(
    r"(?:\w+ and \w+ (?=targets|sites))?(?:any |all |every |most |many |some |strategic |military |key |distant |fixed |large |sensitive |critical |other |various |hostile |enemy |American |foreign |naval |moving )*(?:targets?|sites?|objectives?|points?|locations?|places?|anywhere|anything|areas?|ships|vessels)\s+\"?"
    r"(?:anywhere\s+)?(?:in|across|inside|throughout|within|on|around|over|as far (?:away )?as)\s+(?:the\s+)?(?:(?:whole |entire )?territory of (?:the )?)?"
    + _FOE,
    re.IGNORECASE,
)
_OPENING = re.compile(rf"[\s\"]*(?:both\s+)?(?:the\s+)?{_FOE}")
_BEFORE_PLACE = tuple(
    re.compile(rf"{pattern}[\s-]+", re.IGNORECASE)
    for pattern in (_SHARE, "the", _PART, rf"(?:and|or|-)\s*{_PART}", _PART)
)
_HEAD_IN = re.compile(
    rf"(?:(?:great|large|major|big|industrial|coastal|main|largest|key|important|populous)\s+)?{_HEAD}\s+(?:in|of|on|at|across|along|around|throughout)\s+(?:the\s+)?(?P<part>(?:{_PART}[\s-]+)?)",
    re.IGNORECASE,
)
_STATIONED = re.compile(
    r"\s+(?:stationed|based|deployed|located|positioned)\s+(?:in|on|across|around|throughout)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_SOME_HEAD = re.compile(rf"\s+(?:{_PART}\s+)?{_HEAD}\b", re.IGNORECASE)
_LONG_HEAD = re.compile(
    rf"(?:'s)?\s+(?:and\s+\w+\s+)?(?:{_PART}\s+)?(?:\w+\s+)?{_HEAD}\b(?!\s+(?:said|says|officials))", re.IGNORECASE
)
_SHORT_HEAD = re.compile(rf"(?:'s)?\s+{_HEAD}\b", re.IGNORECASE)
_LITTLE_WORD = re.compile(r"(?:'s)?\s+(?:and|or|is|are|in|from|with|by|as|to|at|on|but)\s", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?:\s+(?:in|on|across|along|around|throughout)|(?<=base)\s+at)\s+(?:the\s+)?(?:\w+ (?:side|shore|coast) of (?:the\s+)?)?",
    re.IGNORECASE,
)
_PART_OF = re.compile(rf"{_PART}\s+", re.IGNORECASE)
_REGION = re.compile(r"(?:region|area)\b")
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and,\s+[^,]{3,20},\s+|and (?:even|indeed|in fact|probably|therefore|possibly|perhaps)\s+|or indeed\s+|and\s+|or\s+|as well as\s+|besides\s+|let alone\s+|never mind\s+|much less\s+|not to mention\s+|even\s+|but also\s+|including\s+|possibly\s+)?|,\s*(?:plus|along with|together with)\s+|,\s*but also\s+|:\s+(?=[A-Z])|;\s*|\s+and,\s+[^,]{3,20},\s+|\s+as easily as\s+|\s+(?:and also|and even|and perhaps|and|or|as well as|even|plus|but also|including)\s+)",
    re.IGNORECASE,
)
NOT_THESE = re.compile(
    r"\s*,?\s+(?:but|though|yet)\s+(?:(?:probably |perhaps |certainly |possibly |almost certainly )?not|(?:well |far |just )?short of|falls? short of|cannot reach|can't reach|nowhere near|not as far as)\s+(?:for\s+)?",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\s+(?:claims?|claimed|says?|said|announce[sd]?|reports?|reported|warns?|warned|insists?|boasts?)\b"
)
"""Behind an area that speaks: "far enough for US bases, Tehran claims"."""
_TOKEN = re.compile(r"(?:[Ll]ower 48|[A-Za-zÀ-ÿ][\w.'À-ÿ-]*)")


@dataclass(frozen=True, slots=True)
class Area:
    """An area as the text words it, with its offsets there and whether it is said to be out of reach."""

    start: int
    end: int
    text: str
    denied: bool = False


def read_areas(text: str, start: int) -> list[Area]:
    """Read the areas that follow `start` in a plain text; none if what follows is no area."""
    found: list[Area] = []
    position, denied = start, False
    while (area := _area(text, position, denied=denied)) is not None:
        if found and _SPEAKS.match(text, area.end):
            break
        found.append(area)
        joint = NOT_THESE.match(text, area.end)
        denied = denied or joint is not None
        joint = joint or _JOIN.match(text, area.end)
        if joint is None:
            break
        position = joint.end()
    return found


def areas_before(text: str, end: int) -> list[Area]:
    """Read the areas that stand right before `end`: the longest list that ends there."""
    first = max(0, end - 160)
    for match in re.finditer(r"(?<![\w-])(?=[A-Za-z])", text[first:end]):
        areas = read_areas(text, first + match.start())
        if areas and not text[areas[-1].end : end].strip(" ,"):
            return areas
    return []


def _area(text: str, position: int, *, denied: bool) -> Area | None:
    opening = _OPENING.match(text, position)
    start = opening.end() if opening else position
    if lead := _TARGETS_IN.match(text, start):
        start = lead.end()
    first = start
    starts = [start]
    for pattern in _BEFORE_PLACE:
        if match := pattern.match(text, start):
            start = match.end()
            starts.append(start)
    for place_start in starts:
        found = _owned(text, _place(text, place_start))
        end = _with_head(text, found[0], needs=found[1]) if found else None
        if end is not None and not re.match(r"'s\b", text[end:]):
            return Area(first, end, _clean(text[first:end]), denied)
    headed = (_headed(text, first, each, denied=denied) for each in starts)
    return next((area for area in headed if area), None)


def _owned(text: str, found: tuple[int, bool] | None) -> tuple[int, bool] | None:
    """Step from an owner to what it owns: "India's Andaman and Nicobar islands"."""
    if found and text.startswith("'s ", found[0]) and (deeper := _place(text, found[0] + 3)):
        return deeper
    return found


def _headed(text: str, first: int, start: int, *, denied: bool) -> Area | None:
    """Read "bases in the Gulf" and "countries in Europe": a head first."""
    match = _HEAD_IN.match(text, start)
    found = _place(text, match.end()) or _place(text, match.start("part")) if match else None
    end = _with_head(text, found[0], needs=True) if found and found[1] else found and found[0]
    region = _REGION.match(text, match.end()) if match and end is None else None
    if match and region and re.search(r"\b(?:bases?|forces|troops|cities|targets)\b", match[0]):
        end = region.end()
    return Area(first, end, _clean(text[first:end]), denied) if end is not None else None


def _place(text: str, start: int) -> tuple[int, bool] | None:
    """Find the longest known place at `start`: where it ends, and whether it is an adjective."""
    if base := _BASE.match(text, start):
        return base.end(), False
    words = list(_TOKEN.finditer(text, start, start + 60))[:5]
    if not words or words[0].start() != start:
        return None
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        name = text[start:end]
        bare = name.removesuffix("'s").rstrip(".") if not name.endswith(("U.S.", "U.K.")) else name
        if "," in name or "\n" in name or not (name[0].isupper() or bare.lower() in _SMALL):
            continue
        if _plain(bare) in _known_places() and not (bare == "mainland" and text.startswith(" of", end)):
            return start + len(bare), bare.lower() in (
                "us",
                "u.s.",
                "u.s",
                "uk",
                "u.k.",
                "nato",
                "gulf",
            ) and _head_follows(text, start + len(bare))
        if count == 1 and _plain(bare) in ADJECTIVES:
            return start + len(bare), True
    return None


_BASE = re.compile(
    r"Washington,? D\.?C\.?|(?:RAF|Camp|Fort) [A-Z][\w-]+|(?:[A-Z][\w-]+ ){1,3}(?:[Aa]ir [Ff]orce [Bb]ase|[Aa]ir ?[Bb]ase|[Nn]aval [Bb]ase|Airport)\b"
)
"""Bases that no list has, by their looks."""
_ALSO_WORDS = frozenset([
    "of", "march", "nice", "mobile", "reading", "orange", "most", "man", "male", "split", "surprise", "springs", "paradise",
    "concord", "delta", "vista", "metro", "bath", "barking", "hub", "corona", "mary", "ann", "nancy", "george", "gilbert",
    "commerce", "enterprise", "independence", "universal", "industry", "pioneer", "mission", "liberty", "progress", "frontier",
    "norman", "tyler", "warren", "jackson", "lincoln", "hamilton", "edison", "brandon", "eugene", "aurora", "milton",
])  # fmt: skip
"""Cities whose names are words or people as well."""
_SMALL = frozenset(
    {"continent", "subcontinent", "world", "globe", "planet", "lower 48", "occupied territories", "mainland"}
)


def _head_follows(text: str, end: int) -> bool:
    return _SOME_HEAD.match(text, end) is not None


def _with_head(text: str, end: int, *, needs: bool) -> int | None:
    """Take the head noun after a place, and "in the Gulf" after that; None where an adjective has no head."""
    match = _LONG_HEAD.match(text, end)
    if match is None or _LITTLE_WORD.match(match[0]):
        match = _SHORT_HEAD.match(text, end)
    if match is None:
        return None if needs else end
    return _inside(text, match.end())


def _inside(text: str, end: int) -> int:
    """Take "in the Gulf" and "in the region" behind a head noun."""
    inside = _INSIDE.match(text, end) or _STATIONED.match(text, end)
    if inside is None:
        return end
    part = _PART_OF.match(text, inside.end())
    deeper = _place(text, inside.end()) or (_place(text, part.end()) if part else None)
    if deeper and not deeper[1]:
        return deeper[0]
    region = _REGION.match(text, inside.end())
    return region.end() if region else end


def _clean(text: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", " ".join(text.split()), flags=re.IGNORECASE)


@lru_cache(maxsize=65536)
def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


@cache
def _known_places() -> frozenset[str]:
    listed = places.cities()
    large = (
        name
        for name, size in zip(listed.name, listed.population, strict=True)
        if size >= MIN_POPULATION or len(name) >= LEAST_LETTERS
    )
    provinces = (each.name for each in places.regions() if each.kind == "province")
    return REGIONS | {_plain(name) for name in (*places.country_names().values(), *large, *provinces)} - _ALSO_WORDS
