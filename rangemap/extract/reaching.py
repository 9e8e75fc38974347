"""Reach statements without (or beside) a number: "puts Israel within reach", "leaves Paris out of range".

Each pattern is a frame with a place for areas (`rangemap.extract.areas` reads them). Something with a range must be what
reaches: a missile, a system, an arsenal, or a pronoun for one; "Israel could strike Iran" is no reach statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.extract import cues
from rangemap.extract.areas import NOT_THESE, Area, areas_before, read_areas
from rangemap.extract.classify import is_denied
from rangemap.extract.nations import NATION_WORDS
from rangemap.extract.patterns import Gated, Starting
from rangemap.extract.reachwords import ABLE, AWAY, NEGATED, REACH, STRIKE, WITHIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CAN_REACH = re.compile(
    rf"\b{ABLE}\s+(?:\w+ly\s+|not\s+|also\s+|even\s+|soon\s+|now\s+|both\s+|all\s+|each\s+|still\s+|in theory\s+|just as (?:well|easily)\s+|easily\s+)?(?P<verb>{REACH}|{STRIKE})\b(?:\s+as far (?:away )?as)?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:.]|,\s+(?:but|while|and|though|although|which|putting|leaving)\b|\bbut\b|\bnot only\b")
_COULD_BE_HIT = re.compile(
    r"\s+(?:can|could|may|might|would(?= (?:\w+ )?be reached))(?P<not>not| not|n't)?\s+(?:now |soon |all |also |even |both )?be (?:hit|struck|reached|targeted|attacked)\b",
    re.IGNORECASE,
)
_PUT_IN = re.compile(r",\s+(?:from|in|with|at|on|under|if)\b[^,.;]{2,40},\s*")
"""Words put in between verb and area: "could attack, from Russia, anywhere in Europe"."""
_WENT = re.compile(
    r"\b(?:people|residents|witnesses)\b[^.;]*$|\b(?:got|came|went|flew|made it|travelled|traveled|seen|heard|felt|visible|noticed|reported)(?: from)?\s+$",
    re.IGNORECASE,
)
_IT_REACHES = re.compile(
    r",?\s+(?:it|they) (?P<not>cannot |can't |can not |could not |couldn't )?(?:can |could )?(?:reach|hit|strike|touch)(?=[.,;]|\s*$)"
)
_NO_ONE = re.compile(r"\bno (?:[\w-]+ )?(?:in|of|on) (?:the )?$", re.IGNORECASE)
"""Nobody there: "no ship in the Gulf is beyond its reach"."""
_NOT_DONE = re.compile(r"(?:\b(?:not|cannot|never|hardly)|n't)\s+(?:\w+\s+)?$")
_NO_PLACE = re.compile(r"\bno (?:place|point|part|corner|city|cities|target)s? (?:in|of|across) ", re.IGNORECASE)
_NOT_REACHED = re.compile(
    r"\s+(?:that |which )?(?:(?:it|they|the (?:[\w-]+ ){0,3}missiles?) )?(?:can't|cannot|could not|couldn't|(?:is|are|was|were|lies?) (?:out of|beyond))\b"
)
_ECHO = re.compile(
    r"\s+(?:(?:is|are|was|were|do|does|did|can|could|will|would)(?: not|n't)|cannot)(?=[.,;]|\s*$|\s+and\b)"
)
_SO_DOES = re.compile(r"\s(?:can|could|does|do|did|will|would)(?P<not>not| not|n't)?(?=[.,;]|\s*$)")
_NAMED_BEFORE = re.compile(r"(?:\s+(?:missiles?|rockets?))?(?:,[^,;]{3,50},)?")
"""What may stand between a name and "cannot": "the DF-21, which preceded it, cannot"."""
_NONE_OF = re.compile(r",\s+(?:neither|none) of which$")
_WHETHER = re.compile(r"\bwhether\b[^,;]*$")
_NOTHING = re.compile(r"\b(?:nothing|nowhere|no (?:place|city|target|country|part))\b[^.;]{0,20}$", re.IGNORECASE)
_AND_REACH = re.compile(
    rf"\b(?:can|could|may|might|would|able to|capable of|designed to)\s+(?!(?:{REACH}|{STRIKE})\b)\w+\s[^.;:]{{0,80}}?\band (?:also |even |so |thus |therefore )?(?P<verb>{REACH}|{STRIKE})\b",
    re.IGNORECASE,
)
"""A second thing that it can: "can carry a warhead and reach India"."""
_FINITE = re.compile(
    r"\b(?:reaches|covers|reach|cover|threatens|threaten|extends to|extend to|extends into|gets?(?: you| us| one| it| them)? to(?= (?:the )?[A-Z])|spans|blankets|includes|encompasses|takes? in|covered)\b|\b(?:covering|reaching|spanning|extending to|stretching to|stretching into)\b",
    re.IGNORECASE,
)
_PUTS = re.compile(
    r"\b(?:nor (?:is|are|was|were)|put|puts|putting|bring|brings|bringing|brought|place|places|placing|leave|leaves|leaving|make|makes|making|made|keep|keeps|keeping|has|have|had|with)\b",
    re.IGNORECASE,
)
_PUT_END = re.compile(rf"\s*,?\s*(?:(?P<away>{AWAY})|(?P<within>{WITHIN}|reachable\b|covered\b))", re.IGNORECASE)
_AS_WELL = re.compile(r",?\s+(?:as well as|besides|along with|together with)\s+")
"""More areas behind the words of reach: "puts China within reach, as well as parts of Europe"."""
_BRINGING = re.compile(rf"\s*(?:{WITHIN})\b(?!\s+of)\s*", re.IGNORECASE)
_PUT_SOMEWHERE = Starting(
    rf"{AWAY}|{WITHIN}|reachable|covered",
    "reachable|covered|insid|all|eas|just|thousand|hundred|far|well|safe|comfort|out|beyond|untouched|uncovered|firm|eas|squarely|potential|theoretic|also|now|in|under|within",
)
_STATE = re.compile(
    rf"\"?\s*,?\s*\b(?:(?:all|both|each|now|already|still|also) )?(?:is|are|was|were|ha(?:s|ve|d) (?:long )?(?:been|come)|lies?|lay|falls?|fell|sits?|comes?|came|would (?:be|come|lie|fall|remain|come|still be)|could be|may be|remains?|comes?|stays?|being|still|now)(?P<not>\s+not|n't)?\s+(?:(?:also|all|therefore|thus|thereby|still|now|already|both)\s+)*(?:(?:brought|put|placed)\s+)?(?:(?P<away>{AWAY})|(?P<within>{WITHIN}|covered\b(?! (?:with|in)\b)(?! by (?![^.;]{{0,40}}(?:missile|range)))))",
    re.IGNORECASE,
)
_WITHIN_OF = Gated(
    r"\b(?:within|in|into) (?:the )?(?:easy |striking |missile |theoretical )?(?:range|reach|striking distance) of\b",
    "range of|reach of|distance of",
)
_OUT_OF = Gated(r"\b(?:out of|beyond|outside) (?:the )?(?:range|reach) of\b", "range of|reach of")
_SHORT_OF = Gated(
    r"\b(?:falls?|falling|fell|stops?|stopping|end(?:s|ing)?) (?:well |far |just |hopelessly )?short of(?: reaching)?\b",
    "short of",
)
_AS_FAR = Gated(
    r"\b(?:as far (?:away |afield )?as|(?:with|have|has|having|had) no (?:trouble|difficulty|problems?) (?:with|reaching|hitting|striking)|(?:will|would) (?:not )?do for|mak(?:e|es|ing) (?:it|them) a threat to|all the way to|(?:enough|sufficient)(?: range)? for|(?:legs|range|reach) for|umbrella\W{0,2} over)\b",
    "as far|way to|enough|sufficient|legs for|range for|reach for|umbrella|no trouble|no difficulty|no problem|do for|threat to",
)
_BEYOND = Gated(
    r"\b(?:extends?|extending|reach(?:es|ing)?|go|goes|stretch\w*|strik\w+) (?:far |well )?beyond\b",
    "beyond",
)
_FAR_ENOUGH = re.compile(r"\b(?:far|long|range|reach|that|km|kilomet\w+|miles)\W+$|\benough\W*$", re.IGNORECASE)
_INSERTED = re.compile(r",[^,]*\d[^,]*,\s*$|\s*\([^()]*\)\s*$")
_INSERTED_AFTER = re.compile(
    r",?\s+(?:included|among (?:it|them)),|,[^,]*\d(?:,(?=\d)|[^,])*,|,\s+(?:which|where)\b[^,]*,|\s*\([^()]*\)|,?\s+(?:except|apart from|other than|save|excluding|barring|but for|including)\b[^,.;]{0,60}?,?(?=\s+(?:within|in|out of|beyond|under|inside)\b)"
)
_APPOSED = re.compile(r",\s+(?!and\b|or\b|but\b|as well\b|plus\b|even\b)[a-z][^,.;]{3,70},?$")
"""A remark on an area: "Israel, sworn enemy of the regime in Tehran, lies within reach"."""
_NEEDED = re.compile(
    r"\b(?:would|will) (?:take|need|require|have to)\b|\bneeds?\b[^.;]*$|\b(?:needed|required|needs|requires)\s+$",
    re.IGNORECASE,
)
_UNSURE = re.compile(rf"{_NEEDED.pattern}|\bwhether\b", re.IGNORECASE)
"""What would be needed, and what is asked, is no statement."""
_INSERTION = re.compile(r",\s+(?:which|who|whose|that)\b[^,;]*(?=,)")
_BY_THEN = re.compile(r"[Tt]o [^.;]{3,60}\b(?:needs?|requires?|would (?:need|require|have to|take)|takes)\b")
"""What it takes: "to threaten the East Coast Iran would need a missile of 10,000 km"."""
_NEARLY = re.compile(r"\b(?:nearly|almost|not quite) $", re.IGNORECASE)
_TRAVELLER = re.compile(
    r"\b(?:president|minister|secretary|delegation|envoy|official|general|leader|chancellor|team|he|she)s? (?:(?:is|was|are|were) )?(?:due |set |expected |scheduled |about )?(?:will |to )?$",
    re.IGNORECASE,
)
"""People travel to places too."""
_ANY = re.compile(r"\bany\b")
_FAR_BACK = 110
_ANY_NATION = re.compile(rf"\b(?:{'|'.join(NATION_WORDS.values())})\b")
_STAND_IN = re.compile(
    r"\b(?:it|its|they|their|that|which|this|those|these|both|either|neither|none|of the two|circle|radius|range|reach|version|variant|model|the latter|the former|umbrella|capabilit(?:y|ies)|cap|limit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """One area said to be reached or not: offsets of the area, its words, and where what reaches should be looked for."""

    area: Area
    expected: str
    anchor: int
    reason: str
    echoes: bool = False
    """Whether it only answers a statement before it, of the same missile: "Paris is not"."""


def find_reaches(text: str, names: Sequence[int] = (), *, in_context: bool, echoing: bool = False) -> Iterator[Reach]:
    """Find the reach statements of a plain sentence.

    Parameters
    ----------
    text
        The sentence; offsets of what is found count from its start.
    names
        Where the names of systems end in it.
    in_context
        Whether a sentence shortly before speaks of a system, so that "it" may be one.
    echoing
        Whether the sentence before says that something is reached.
    """
    if not (names or cues.MISSILE_IN_PLAY.search(text) or in_context):
        return
    taken: dict[int, Area] = {}
    somewhere = _PUT_SOMEWHERE.search(text) is not None
    for found in (
        *(_put(text) if somewhere else ()),
        *(_states(text) if somewhere else ()),
        *_passive(text),
        *_nowhere(text),
        *_within(text),
        *_short(text),
        *_beyond(text),
        *_can(text, names, in_context=in_context),
        *_finite(text, names, in_context=in_context),
        *_as_far(text),
    ):
        if found.area.start not in taken:
            taken[found.area.start] = found.area
            echoing = echoing or found.expected == "reaches"
            yield found
    for match in _SO_DOES.finditer(text) if taken else ():
        if any(_NAMED_BEFORE.fullmatch(text, end, match.start()) for end in names):
            yield from _give(
                list(taken.values()), match.start(), f"“{match[0].strip()}”", denied=match["not"] is not None
            )
    for match in _ECHO.finditer(text) if echoing else ():
        for area in areas_before(text, match.start()):
            if area.start not in taken:
                yield Reach(
                    area, "does-not-reach", match.start(), f"“{match[0].strip()}”, of those before", echoes=True
                )


def _give(areas: list[Area], anchor: int, reason: str, *, denied: bool = False) -> Iterator[Reach]:
    for area in areas:
        expected = "does-not-reach" if denied or area.denied else "reaches"
        yield Reach(area, expected, anchor, reason)


def _put(text: str) -> Iterator[Reach]:
    for match in _PUTS.finditer(text):
        areas = read_areas(text, match.end())
        if areas and (end := _PUT_END.match(text, _past_insertion(text, areas[-1].end))):
            more = _AS_WELL.match(text, end.end())
            areas += read_areas(text, more.end()) if more else []
            negated = match[0].lower().startswith("nor") or _NOT_DONE.search(text[: match.start()]) is not None
            denied = (end["away"] is not None) != negated
            yield from _give(areas, match.start(), f"“{match[0]} … {end[0].strip()}”", denied=denied)
            if but_not := NOT_THESE.match(text, end.end()):
                rest = read_areas(text, but_not.end())
                rest = [Area(each.start, each.end, each.text) for each in rest]
                yield from _give(rest, match.start(), f"“{but_not[0].strip(' ,')} …”", denied=not denied)
        elif bringing := _BRINGING.match(text, match.end()):
            yield from _give(read_areas(text, bringing.end()), match.start(), f"“{match[0]} {bringing[0].strip()}”")


def _past_insertion(text: str, end: int) -> int:
    """Step over an insertion with a figure: "brings Guam, 3,400 km away, within range"."""
    inserted = _INSERTED_AFTER.match(text, end)
    return inserted.end() if inserted else end


def _states(text: str) -> Iterator[Reach]:
    for match in _STATE.finditer(text):
        if _NOTHING.search(text[: match.start()]) or _WHETHER.search(text[: match.start()]):
            continue
        areas = areas_before(text, _before_insertion(text, match))
        nobody = bool(areas) and _NO_ONE.search(text[: areas[0].start]) is not None
        denied = ((match["away"] is not None) != (match["not"] is not None)) != nobody
        yield from _give(
            areas,
            _subject_after(text, match),
            f"“{match[0].strip()}”",
            denied=denied,
        )


def _nowhere(text: str) -> Iterator[Reach]:
    """Read "there is no place in Israel that it cannot reach"."""
    for match in _NO_PLACE.finditer(text):
        areas = read_areas(text, match.end())
        if areas and (escapes := _NOT_REACHED.match(text, areas[-1].end)):
            yield from _give(areas, escapes.end(), f"“{match[0].strip()} …”")


def _passive(text: str) -> Iterator[Reach]:
    """Read "any target in the United States could be struck by it", and "the United States it cannot reach"."""
    for match in _IT_REACHES.finditer(text):
        denied = match["not"] is not None
        yield from _give(areas_before(text, match.start()), match.start(), f"“{match[0].strip()}”", denied=denied)
    for match in _COULD_BE_HIT.finditer(text):
        none_of = _NONE_OF.search(text[: match.start()])
        inserted = none_of or _INSERTED.search(_one_number(text[: match.start()]))
        denied = (match["not"] is not None) != (none_of is not None)
        yield from _give(
            areas_before(text, inserted.start() if inserted else match.start()),
            _subject_after_by(text, match.end()),
            f"“{match[0].strip()}”",
            denied=denied,
        )


def _subject_after_by(text: str, end: int) -> int:
    by = re.match(r"\s+(?:by|with)\s+[^,.;]{2,60}", text[end:])
    return end + (by.end() if by else 0)


def _within(text: str) -> Iterator[Reach]:
    for pattern, denied in ((_WITHIN_OF, False), (_OUT_OF, True)):
        for match in pattern.finditer(text):
            yield from _give(read_areas(text, match.end()), match.start(), f"“{match[0]}”", denied=denied)


def _before_insertion(text: str, match: re.Match[str]) -> int:
    """Step over an insertion with a figure: "Guam, 3,400 km from Pyongyang, is within reach"."""
    start = match.start() + (1 if match[0].startswith(",") else 0)
    lead = _one_number(text[:start])
    apposed = _APPOSED.search(text[: match.start()])
    if apposed and areas_before(text, apposed.start()):
        return apposed.start()
    inserted = _INSERTED.search(lead)
    return inserted.start() if inserted else match.start()


def _one_number(text: str) -> str:
    """Take the commas out of numbers, letter for letter, so that any other comma divides."""
    return re.sub(r"(?<=\d),(?=\d{3})", ".", text)


def _subject_after(text: str, match: re.Match[str]) -> int:
    """Say where to look for what reaches: behind "within range of the Sejjil", else before."""
    after = re.match(r"\s+of\s+[^,.;]{2,60}", text[match.end() :])
    return match.end() + (after.end() if after else 0)


def _short(text: str) -> Iterator[Reach]:
    for match in _SHORT_OF.finditer(text):
        yield from _give(read_areas(text, match.end()), match.start(), f"“{match[0]}”", denied=True)


def _beyond(text: str) -> Iterator[Reach]:
    for match in _BEYOND.finditer(text):
        areas = read_areas(text, match.end())
        denied = NEGATED.search(text[max(0, match.start() - 30) : match.start()]) is not None
        for area in areas[:1]:
            beyond = Area(
                area.start,
                area.end,
                f"beyond the {area.text}" if text[match.end() : area.start].strip() else f"beyond {area.text}",
                area.denied,
            )
            yield from _give([beyond], match.start(), f"“{match[0]}”", denied=denied)


def _can(text: str, names: Sequence[int], *, in_context: bool) -> Iterator[Reach]:
    for match in (*_CAN_REACH.finditer(text), *_AND_REACH.finditer(text)):
        lead = text[: match.start()]
        strict = re.match(STRIKE, match["verb"], re.IGNORECASE) is not None
        if _UNSURE.search(_clause(lead)) or _BY_THEN.match(text, match.start()) or _TRAVELLER.search(lead):
            continue
        if not _is_missile(lead, text[match.end() :], names, strict=strict, in_context=in_context):
            continue
        said = _clause(_INSERTION.sub("", text[: match.end("verb")]))
        denied = NEGATED.search(said[-_FAR_BACK if _ANY.search(said) else -70 :]) is not None or is_denied(lead)
        put_in = _PUT_IN.match(text, match.end())
        yield from _give(
            read_areas(text, put_in.end() if put_in else match.end()), match.start(), f"“{match[0]}”", denied=denied
        )


def _finite(text: str, names: Sequence[int], *, in_context: bool) -> Iterator[Reach]:
    for match in _FINITE.finditer(text):
        lead = text[: match.start()]
        what_it_takes = lead.lower().endswith("to ") and _BY_THEN.match(text, len(lead) - len("to "))
        if (
            not what_it_takes
            and not _UNSURE.search(_clause(lead))
            and _is_missile(
                lead,
                text[match.end() :],
                names,
                strict=match[0].lower().startswith(("threat", "inclu")),
                in_context=in_context,
            )
        ):
            denied = NEGATED.search(_clause(lead)[-40:]) is not None or _NEARLY.search(lead) is not None
            yield from _give(read_areas(text, match.end()), match.start(), f"“{match[0]}”", denied=denied)


def _as_far(text: str) -> Iterator[Reach]:
    for match in _AS_FAR.finditer(text):
        if _WENT.search(text[: match.start()]):
            continue
        denied = NEGATED.search(_clause(text[: match.end()])[-70:]) is not None
        yield from _give(read_areas(text, match.end()), match.start(), f"“{match[0]}”", denied=denied)


def _clause(lead: str) -> str:
    return _CLAUSE.split(lead)[-1]


def _is_missile(lead: str, after: str, names: Sequence[int], *, strict: bool, in_context: bool) -> bool:
    """Tell whether what can reach is a thing with a range; `strict` for verbs that armies and people do as well."""
    near = lead[-110:] if strict else lead
    weapons = [match.end() for match in cues.MISSILE_IN_PLAY.finditer(near)]
    offset = len(lead) - len(near)
    weapons += [end - offset for end in names if offset < end <= len(lead)]
    stand_ins = [match.end() for match in _STAND_IN.finditer(near)]
    nations = [match.end() for match in _ANY_NATION.finditer(near)]
    best = max(weapons, default=-1)
    if not strict or _FAR_ENOUGH.search(lead):
        return best >= 0 or bool(stand_ins) or in_context or cues.MISSILE_IN_PLAY.search(after[:80]) is not None
    if best >= 0 and not _new_agent(near[best:]):
        return True
    return in_context and max(stand_ins, default=-1) > max(nations, default=-1)


def _new_agent(between: str) -> bool:
    """Tell whether, after the weapon, somebody else becomes the subject ("missiles, Israel could strike")."""
    return (
        re.search(
            r"(?:,|\band|\bbut|\bthat|\bwhich|\bif|\bso|\bas|\bbefore|\bafter|\bor)\s+(?:the\s+)?(?:he|she|we|Trump|Netanyahu|President|"
            + "|".join(NATION_WORDS.values())
            + r")\b(?!'s?\b|\s+(?:has|have|had|now|fired|launched|tested|built|developed|owns|possesses|says|said|calls|unveiled|showed|shot|put|makes|manufactures|is|was)\b)[^,]*$",
            between,
        )
        is not None
    )
