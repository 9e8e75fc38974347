"""Decide what a figure is a figure of, what its claimant does with it, and say why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.extract import cues
from rangemap.extract.patterns import Gated, compile_after, compile_before
from rangemap.types import Qualifier, Quantity, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.extract.quantity import Quantity as Found

SMALLEST_RANGE_KM = 5.0
"""Shorter figures are ranges only where the word says so."""
SMALLEST_UNSAID_KM = 40.0
"""Shorter figures beside a system's name are taken for ranges only where something says so."""

UNSAID = "nothing says that it is a range"
_PAST = re.compile(
    r"\b(?:flew|flies|travels|measured?|lands|went|travelled|traveled|covered|landed|fell|splashed|hit|struck|fired|tested|launched|crashed)\b"
)
_EVENT = re.compile(
    r"\b(?:fired|launched|hit|struck|intercepted|downed|shot|deployed|moved|stationed|based|transported|(?<!rarely )(?<!seldom )(?<!hardly )seen|spotted|parked|stored|fell|landed|crashed|sailed|drove|lies|lie|located|built|found)\b"
)
_MODAL = re.compile(
    r"\b(?:can|could|may|might|would|will|able to|capable of|designed to|is said to(?! have\b))\s+(?:(?!flew|covered|travel|crossed)\w+\s+){0,3}$",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"[A-Za-z.],\s*$")
_FROM_TO = Gated(
    r"\b[Ff]rom [^.;]{3,90} to [^.;]{3,60} (?:it )?(?:is|are|was|were|measures)(?: only| just)?\s*$", "from", re.NOFLAG
)
_FROM_IT_IS = re.compile(r"\b[Ff]rom [^.;]{3,80} (?:it is|it's|is) (?:\w+ ){0,2}$")
_APPOSED_DISTANCE = re.compile(
    r"\b(?:from|between|to|of)\b[^.;]{2,60},\s+(?:a|the) distance of\s+(?:\w+\s+)?$", re.IGNORECASE
)
_PLACE_TO_PLACE = re.compile(
    r"(?:^|[.;\"]\s*)[A-Z]\w+(?: [A-Z]\w+)? to [A-Z]\w+(?: [A-Z]\w+)? (?:is|was)(?: \w+){0,3}\s*$"
)
_CLAUSE_END = re.compile(r",\s+(?:and|but|while|so)\s|;")
_KEPT_BELOW = re.compile(
    r"[^.;]{0,40}\b(?:keep|keeps|kept|stay|stays|fall|falls|remain|remains|just)\b[^.;]{0,16}\b(?:under|below|within|short of)\b"
)
_INF_KM = (500.0, 5500.0)
"""What the treaty of 1987 forbade."""
_TEST_RANGE = re.compile(
    r"\s*(?:down|across|along|over|on|at|from) (?:a|the|its)\s+(?:[\w-]+\s+)?range\b", re.IGNORECASE
)
"""A range where things are tested, behind a figure: "flew 615 km down a range in the desert"."""
_LIES = re.compile(r"\b(?:lies?|lay|sits?|stands?|is located)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_WHICH_IS = re.compile(r"[A-Z][\w.]+, which (?:is|lies) (?:\w+ )?$")
_RANGE_OF = re.compile(r"\b(?:range|reach|radius|ranges) (?:of|is|was|at|to)\s*(?:\w+\s+){0,3}$", re.IGNORECASE)
_PLACE_AFTER = re.compile(
    r"\s*away\b(?! (?:from|in the (?:sea|ocean)))|\s*to the (?:north|south|east|west)|\s*(?:away\s+)?(?:from|off)\s+(?!its|the (?:launch|silo|pad|site|cosmodrome|submarine|ship)|where|there|launch|[A-Z]\w+ to )"
)
_ABLE = re.compile(r"\b(?:can|could|may|might|would|able to|capable of|designed to)\b[^,.;]*$", re.IGNORECASE)
_WITH = re.compile(r"^,?\s*(?:with|at|\()\s*$")
_LIMITED_MODEL = re.compile(r"\b(?:version|variant|model)s? (?:limited|restricted) to (?:\w+ )?$")
_HELD = re.compile(
    r"\bmust not\b[^.;]*$|\bmust (?:hold|keep|limit|cap|restrict|confine|reduce|bring)\b[^.;]*$", re.IGNORECASE
)
_WITHIN = Gated(r"\bwithin\s*$", "within")
_DIRECT = re.compile(r"^\s*,?\s*(?:\(|at|of|:|[–—-]|=|,)\s*$|^[^.;:,]{0,40}:\s*$")


_LISTED = re.compile(r"^\s*(?:[:(,]|[–—-]\s)[^.;()]{0,60}[,:;–—-]?\s*$|^\s*[:(–—-][^.]{0,60}[,;]\s*$")
_LIST_HEAD = re.compile(r"^\s*(?:[-*•·–]\s*|\(?\d{1,2}[.)]\s*)?[A-Z][\w' -]{2,30}(?:\s*[:(,;]|\s*[–—-]\s)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure is: a quantity with stance, hedge and reason; or nothing that is claimed, with the reason."""

    quantity: Quantity | None
    stance: Stance
    reason: str
    hedge: str | None = None


def classify(
    found: Found,
    before: str,
    after: str,
    *,
    gap: str | None = None,
    named: bool = False,
    about_system: bool = False,
    asked: bool = False,
) -> Reading:
    """Decide about one figure.

    Parameters
    ----------
    found
        The figure.
    before, after
        The words of its sentence on either side.
    gap
        The words between the system named last and the figure, None where none is named before it.
    named
        Whether a system is named in its sentence, or a word stands there for one, that it is said of.
    about_system
        Whether its sentence speaks of a system or of missiles.
    asked
        Whether a question about range stands shortly before it.
    """
    before, after = _without_months(before[-cues.WINDOW :]), _without_months(after[: cues.WINDOW])
    quantity, reason = _quantity(found, before, after, gap, about_system=about_system, asked=asked)
    if quantity is None and named and reason == UNSAID and may_be_unsaid(found, gap or before):
        quantity, reason = Quantity.MAX_RANGE, "a distance said of a system, and nothing says that it is another"
    if quantity is None:
        return Reading(None, Stance.ASSERTS, reason)
    stance, why = _stance(quantity, found, before, after)
    return Reading(quantity, stance, f"{reason}; {why}" if why else reason, _hedge(before))


def _without_months(words: str) -> str:
    """Take out the months that are verbs as well, letter for letter: "May 2017" and "in March" are neither a may nor a march."""
    return _MONTHS.sub(lambda match: "Month"[: len(match[0])], words) if "Ma" in words else words


_MONTHS = re.compile(
    r"\bMarch\b|\bMay\b(?=,?\s+\d)|(?<=\d )May\b|(?<=\b[io][nf] )May\b|(?<=\b(?:last|late|next) )May\b"
)


def _quantity(
    found: Found, before: str, after: str, gap: str | None, *, about_system: bool, asked: bool
) -> tuple[Quantity | None, str]:
    if reason := _never(found, before, after, gap):
        return None, reason
    says_range = found.says_range or cues.SAYS_RANGE.first(before, _TEST_RANGE.sub("", after)) is not None
    if found.in_metres and not says_range:
        return None, "metres, and nothing says that it is a range"
    return (
        _special(found, before, after, gap, says_range=says_range or about_system)
        or (says_range and (Quantity.MAX_RANGE, "the word “range” belongs to it"))
        or _flown_or_place(found, before, after)
        or _weaker(found, before, after, gap, about_system=about_system, asked=asked)
    )


def _never(found: Found, before: str, after: str, gap: str | None) -> str | None:
    """Say why a figure is nobody's range, whatever else stands around it; None if it may be one."""
    if not found.says_range and (rule := cues.NOT_RANGES.first(before, after)):
        return rule.reason
    if not found.says_range and _PLACE_BEFORE.search(before) and _PLACE_AFTER.match(after):
        return "how far a place is from another"
    if not found.says_range and cues.SEEN_FROM.match(after) and not _RANGE_OF.search(before):
        return "where something is or came down, seen from a place"
    if _FROM_IT_IS.search(before) and after.startswith(" to "):
        return "a distance between places"
    if _FROM_TO.search(before) or _APPOSED_DISTANCE.search(before) or _PLACE_TO_PLACE.search(before):
        return "a distance between places"
    if (_LIES.search(before) or _WHICH_IS.search(before)) and _PLACE_AFTER.match(after):
        return "a distance between places"
    if cues.AGAINST.search(before):
        return "what a defence is built against"
    if (found.figure.low_km, found.figure.high_km) == _INF_KM:
        return "a threshold of a treaty or the definition of a class"
    of_a_class = cues.CLASS_DEFINITION.search(before) is not None and (gap is None or "because" in before)
    if (
        of_a_class
        or cues.CLASS_LABEL.match(before)
        or cues.REGULATIONS.search(before)
        or cues.REGULATIONS.search(_behind(after))
    ):
        return "a threshold of a treaty or the definition of a class"
    return None


def _behind(after: str) -> str:
    """Give the clause behind a figure, unless it says that the figure keeps below a threshold."""
    return "" if _KEPT_BELOW.match(after) else _CLAUSE_END.split(after)[0]


def _special(
    found: Found, before: str, after: str, gap: str | None, *, says_range: bool
) -> tuple[Quantity, str] | None:
    if cues.NO_NEED.search(before) and (needless := _needless(found, after)):
        return needless
    required = (_matches(cues.REQUIRED, before) and not _HELD.search(before)) or cues.REQUIRED_AFTER.match(after)
    if required and not (gap is not None and _WITH.match(gap)) and (says_range or cues.MISSILE_IN_PLAY.search(before)):
        return Quantity.REQUIRED_RANGE, "what would be needed, by the words before it"
    missiles = (
        says_range
        or cues.SAYS_LIMIT.match(after)
        or cues.MISSILE_IN_PLAY.search(before)
        or cues.MISSILE_IN_PLAY.search(after)
    )
    if missiles and _is_limit(found, before, after):
        return Quantity.POLICY_LIMIT, "a limit, by the words around it"
    if cues.TESTED_TO.fits(before, after):
        return Quantity.DISTANCE_FLOWN, cues.TESTED_TO.reason
    return None


def _needless(found: Found, after: str) -> tuple[Quantity, str] | None:
    """Read "no need to extend the current 2,000 km range" as a range, "no need of missiles above 2,000 km" as a limit."""
    is_range = found.says_range or re.match(r"[\s\w-]{0,30}\branges?\b", after)
    if is_range and found.figure.qualifier is Qualifier.EXACT:
        return Quantity.MAX_RANGE, "the range that needs no more, by the words before it"
    above = found.figure.qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST)
    return (Quantity.POLICY_LIMIT, "a limit: more is not needed") if above else None


def _is_limit(found: Found, before: str, after: str) -> bool:
    if found.says_range and re.match(r"\s*(?:limit|cap|ceiling|restriction)", after):
        return True
    if cues.NO_LIMIT.search(before) or _LIMITED_MODEL.search(before):
        return False
    if _matches(cues.LIMITS, before):
        return not re.search(r"\b(?:limit\w*|cap|capped|restrict\w*)\b[^,]*\b(?:but|while|whereas)\b", before)
    return compile_after(*cues.LIMITS_AFTER).match(after) is not None


def _flown_or_place(found: Found, before: str, after: str) -> tuple[Quantity | None, str] | None:
    if _WITHIN.search(before) and re.match(r"\s+of\s", after):
        return None, "a distance between places"
    if cues.LANDED.search(before) and cues.LANDED_NEAR.match(after):
        return None, "where something is or came down, seen from a place"
    if cues.FLOWN.fits(before, after) and not _MODAL.search(before):
        if found.figure.top_km < SMALLEST_RANGE_KM:
            return None, "too short, and nothing says that a missile flew it"
        return Quantity.DISTANCE_FLOWN, "what it flew once, by the words before it"
    if cues.FLOWN_AFTER.match(after) and _PAST.search(before) and not _ABLE.search(before):
        return Quantity.DISTANCE_FLOWN, "what it flew once, by the words after it"
    beside = "" if after.lstrip().startswith(",") else after
    if rule := cues.PLACES.first(before, beside):
        return None, rule.reason
    return None


def _weaker(
    found: Found, before: str, after: str, gap: str | None, *, about_system: bool, asked: bool
) -> tuple[Quantity | None, str]:
    if found.figure.top_km < SMALLEST_RANGE_KM:
        return None, "too short, and nothing says that it is a range"
    rule = cues.SUGGEST_RANGE.first(before, after)
    if rule and about_system:
        return Quantity.MAX_RANGE, rule.reason
    if asked:
        return Quantity.MAX_RANGE, "it answers a question about range"
    if gap is not None and (_DIRECT.match(gap) or (_LISTED.match(gap) and _LIST_HEAD.match(before))):
        return Quantity.MAX_RANGE, "it stands beside the system's name"
    return None, UNSAID


def may_be_unsaid(found: Found, gap: str) -> bool:
    """Tell whether a figure may be a range though nothing says so: long enough, and of no event."""
    return not found.in_metres and found.figure.top_km >= SMALLEST_UNSAID_KM and not _EVENT.search(gap)


def _matches(patterns: Sequence[str], before: str) -> bool:
    return compile_before(*patterns).search(before)


def _stance(quantity: Quantity, found: Found, before: str, after: str) -> tuple[Stance, str]:
    if is_denied(before) or cues.DENIED_AFTER.match(after):
        return Stance.DENIES, "it is denied"
    if quantity is Quantity.POLICY_LIMIT:
        lifted = cues.LIFTED.search(before) or cues.LIFTED.search(_COULD_BE.sub("", after[:60]))
        return (Stance.DENIES, "the limit is said to be gone") if lifted else (Stance.LIMITS, "")
    if quantity is Quantity.DISTANCE_FLOWN:
        return Stance.TESTED, ""
    if quantity is Quantity.REQUIRED_RANGE and not cues.NEGATIONS.search(before):
        return Stance.ASSERTS, ""
    if cues.NO_NEED.search(before):
        return Stance.ASSERTS, ""
    before = _NOT_OF_THIS.sub(" ", before) if "not " in before or "without" in before.lower() else before
    before = _NEW_CLAUSE.split(before)[-1]
    if cues.NEGATIONS.search(before) and not re.search(r"\bnot only\b|\bno (?:more|less) than\b", before):
        ceiling = found.figure.qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST)
        return (Stance.LIMITS, "“not more than”") if ceiling else (Stance.DENIES, "it is negated")
    if found.figure.qualifier is Qualifier.LESS_THAN or _NO_MORE.search(found.original):
        return Stance.LIMITS, "“less than”" if found.figure.low_km is None else "“no more than”"
    if _is_projected(before, after):
        return Stance.PROJECTS, "it is said of the future"
    return Stance.ASSERTS, ""


_NOT_OF_THIS = re.compile(
    r"\b(?:but|and|though)\s+not\s+(?:the\s+|its\s+)?(?=[A-Z])|\bnot\s+(?:far|long|only)\b|\bno mention\b|\bwithout\s+(?:refuel\w+|counting|a (?:warhead|payload|load))|\bnot (?:counting|including)\b"
)
"""Negations of something else than the figure."""


_NEW_CLAUSE = re.compile(
    r"\bbecause\b|,\s*for (?=its\b|the\b|it\b)|\band (?=(?:gives|puts|says|lists|credits|can|could|has|had|is|was|flies|may|would)\b)"
)
_COULD_BE = re.compile(r"\b(?:able to|could|can|may|might|would|until)\b.*", re.DOTALL)
"""A limit that could be lifted is not."""
_NO_MORE = re.compile(
    r"^(?:(?:no|not) (?:more|further|farther|greater|longer) than|not (?:beyond|exceeding)|(?:does|did) not exceed|never exceed(?:s|ed)|doesn't exceed)\b|\bat most$",
    re.IGNORECASE,
)


def is_denied(before: str) -> bool:
    """Tell whether the words before a statement deny it, and nothing after the denial asserts it."""
    match = cues.DENIALS.search(before)
    while match:
        if not cues.ASSERTIONS.search(match["rest"]):
            return True
        match = cues.DENIALS.pattern.search(before, match.start() + 1)
    return False


_OF_WHAT_IS_BOUGHT = re.compile(
    r"^.*?\b(?:buy|bought|purchas|acquir|order|get\b|receiv|tak\w+ delivery|deploy|field|import|procur)[^.;]*?\b(?:with (?:a|its|their)\b|whose) (?=[^.;]*$)",
    re.IGNORECASE,
)
"""What will be bought can fly so far today: "will take delivery of Tomahawks with a range of 1,600 km"."""


_STANDARD = re.compile(r"\s+on an? (?:standard|normal|flatter|minimum-energy|depressed) trajectory\b")
"""How far it would have gone, and so can go."""


_CONDITION = re.compile(
    r"\b(?:stripped|lightened|(?:a|with (?:a |its )?) ?(?:lighter|smaller|reduced|lesser) (?:warhead|payload|load)|half (?:of )?(?:its|the) (?:load|payload|warhead))\b",
    re.IGNORECASE,
)
"""What it would do if it carried less, it can do: no word of the future."""
_WOULD_HAVE = re.compile(r"\bwould (?:\w+ )?have (?:flown|gone|travell?ed|covered|reached)\b")
"""The same, said of a test: "on a flatter path it would have flown 3,150 km"."""


def _is_projected(before: str, after: str) -> bool:
    before = _OF_WHAT_IS_BOUGHT.sub("", before)
    clause = re.split(
        r"[;:]|,\s+(?:but|while|whereas|although|and|which|who|whose|with (?:its|their))\b", before.rstrip(" :")
    )[-1]
    if (
        _CONDITION.search(before)
        or _CONDITION.search(after[:60])
        or _STANDARD.match(after)
        or _WOULD_HAVE.search(clause)
    ):
        return False
    return bool(cues.PROJECTIONS.search(clause) or cues.PROJECTED_AFTER.match(after))


def _hedge(before: str) -> str | None:
    clause = re.split(r"[;.]|,\s+(?:but|while|and)\b", before)[-1]
    hedges = dict.fromkeys(match[0].lower() for match in cues.HEDGES.finditer(clause))
    return ", ".join(hedges)[:200] or None
