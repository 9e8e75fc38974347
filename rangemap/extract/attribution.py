"""Who says it: the subject of the verb of saying nearest to a figure, else the article itself."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from rangemap.extract.nations import nations_in
from rangemap.extract.patterns import Gated, Starting

if TYPE_CHECKING:
    from collections.abc import Iterable

ARTICLE_VOICE = "article voice"
"""Claimant where the text speaks for itself."""

_SAYING = (
    r"(?:was|is|were) (?:quoted|cited)|said|says|say|told|claim(?:s|ed)?|stat(?:es|ed)|state(?= that)|contend(?:s|ed)?|determin(?:es|ed)|held (?=that)|announced|assert(?:s|ed)|insist(?:s|ed)?|estimat(?:es|ed|e)|warn(?:s|ed)|report(?:s|ed)|argue(?:s|d)?|believe(?:s|d)?|think(?:s)?"
    r"|declar(?:es|ed)|add(?:s|ed)|acknowledg(?:es|ed)|confirm(?:s|ed)|suggest(?:s|ed)?|conclude[sd]?|assess(?:es|ed)?|reckon(?:s|ed)?|maintain(?:s|ed)?|boast(?:s|ed)|not(?:es|ed)|put(?:s|ting)? (?=at\b|(?:the|its|their) (?:[\w'-]+ )?(?:range|reach|figure|distance)|(?:the|its|their) (?:[\w'-]+ ){1,4}at\b|it at)|credits?|lists?"
    r"|reject(?:s|ed)|dismiss(?:es|ed)|den(?:ies|ied)|describ(?:es|ed)|reveal(?:s|ed)|suspect(?:s|ed)?|caution(?:s|ed)|write[s]?|wrote|judge[sd]?|quot(?:es|ed|e)|gives?(?! up\b)|gave|cit(?:es|ed|e)|mention(?:s|ed)|explain(?:s|ed)|promis(?:es|ed)|vow(?:s|ed)|testif(?:ies|ied)|repeat(?:s|ed)|speak(?:s)?|spoke|call(?:s|ed)|published|calculat(?:es|ed)|project(?:s|ed)|predict(?:s|ed)|recall(?:s|ed)|assum(?:es|ed|e)|consider(?:s|ed)?|doubt(?:s|ed)?|fear(?:s|ed)?|work(?:s|ed) out|spoken|written|evaluat(?:es|ed|e)|hint(?:s|ed)|disclos(?:es|ed)|tells?|print(?:s|ed)|attribut(?:es|ed|e)|stress(?:es|ed)|emphasi[sz](?:es|ed)|agree(?:s|d)|admit(?:s|ted)|establish(?:es|ed)|bragg(?:ed|ing)|brags|talk(?:s|ed)? of|guess(?:es|ed)?(?= at\b)|expect(?:s|ed) (?=an?\b|it\b)|demand(?:s|ed)|(?<=have )given|(?<=has )given|points? out|pointed out|arriv(?:es|ed|e) at|makes? it|thought|made (?:it )?clear|let it be known|(?:is|are|was|were) (?:convinced|certain|sure|adamant)|figure[sd]? (?=that)|ventured|tweeted|posted|inform(?:s|ed)|alleg(?:es|ed|e)|speculat(?:es|ed|e)|on record|remark(?:s|ed)|holds? (?=that)|expects? (?=that)|opin(?:es|ed)|underlin(?:es|ed)|briefed|conced(?:es|ed)|found|finds"
)
_VERB = Starting(
    rf"\b(?=(?:{_SAYING})\b)(?<!\bnot )(?<!\bthat )(?<!\bthe )(?<!\bthis )(?<!\bhis )(?<!\btheir )(?<!\bits )(?<!\ba )(?<!\ban )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )(?:{_SAYING})\b",
    rf"was|is|were|put|work|talk|held|hold|let|made|figure|on|state|guess|expect|arriv|make|point|given|{_SAYING}",
    re.NOFLAG,
)
_ADVERBS = re.compile(r"(?:\s+(?:has|have|had|also|repeatedly|flatly|later|once|recently|long|then|publicly|now))*\s*$")
_CLAUSE_START = re.compile(r"[,;:.\"()](?!\d)")
_LONGEST_LEAD = 260
_AFTER_VERB = re.compile(
    r"[,\"]\s*(?P<verb>said|says|added|told)\s+(?P<who>(?:(?:the|an?) (?:[\w'-]+ ){0,4}[\w'-]+, )?(?:[a-z-]+ ){0,4}[A-Z][^,;:.\"()]{2,80}|(?:the|an?) [a-z][^,;:.\"()]{3,60})"
)
_THAT_THEY_SAY = re.compile(
    rf",?\s+(?:that|which)\s+(?P<who>(?!is\b|was\b|has\b|had\b)(?:the\s+|an?\s+)?[\w' -]{{3,60}}?)\s+(?:(?:has|had|have|once|often|now|also)\s+)*(?:{_SAYING})\b"
)
_ACCORDING = Gated(
    r"\b(?:according to|as per|per(?! cent\b| second\b| hour\b| year\b| day\b| month\b| missile\b| unit\b)|in the words of|in the view of|(?:thought|believed|held|judged|assumed|credited|known) by|(?<!\bnot )(?:said|described|estimated|reported|quoted|cited|claimed|given|put|assessed|stated|published|compiled|calculated|circulated|released|mentioned|advertised|tracked|established|billed) by)\s+(?P<who>(?:U\.[SNK]\.\s+)?[^,;:.\"()]{2,80})",
    "according to|per |in the words of|in the view of| by ",
)
_ACCOUNT = re.compile(
    r"\bby (?P<who>[A-Z][\w' ]{1,40}?)(?:'s?)? (?:account|reckoning|estimate|own figures)"
    r"|\bif (?P<asked>(?!you|we|one)[\w' ]{2,40}?) (?:is|are) (?:to be believed|right|correct)"
    r"|\bif (?:you|one|we) (?:believe|believes|go by|goes by|trust|ask|follow) (?P<trusted>[\w' ]{2,40}?)(?=[,.;]|$)"
)
_TITLES = (
    r"(?i:(?:Vice |Deputy |Prime |Foreign |Defen[cs]e |Interior |Supreme |Chief |Acting |former |then-)*(?:President|Minister|Secretary(?: of State| of Defen[cs]e| General)?|Leader|Ayatollah"
    r"|General|Gen\.|Brig\.|Brigadier|Maj\.|Major|Lt\.|Lieutenant|Col\.|Colonel|Adm\.|Admiral|Rear|Commander|Sen\.|Senator|Rep\.|Ambassador|spokes(?:man|woman|person)|analyst|professor|Professor|Dr\.|Mr|Mrs|Ms|researcher|expert|lawmaker|director|adviser|envoy)\s+)+"
)
_LAST_TITLE = re.compile(
    rf".*\b{_TITLES}(?P<name>(?:[A-Z][\w.'-]*|al-[A-Z][\w-]*|bin|van|de)(?:\s+(?:[A-Z][\w.'-]*|al-[A-Z][\w-]*|bin|van|de))*)"
)
_ENDS_IN_PRONOUN = re.compile(r"(?:^(?:he|she|they|i|we)|\b(?:he|she|they|we)(?: \w+ed)?)$", re.IGNORECASE)
_MAY_SPEAK = re.compile(
    r"\b(?:officials?|experts?|analysts?|minist(?:er|ers|ry)|spokes\w+|agenc(?:y|ies)|media|press|sources?|intelligence|command(?:er|ers)?|generals?|officers?|navy|army|military|guards?|corps|force|government"
    r"|leaders?|president|premier|secretary|director|head|chief|compan(?:y|ies)|manufacturers?|makers?|embassy|committee|commission|panel|council|institute|centre|center|university|think tank|group|movement|rebels"
    r"|engineers?|scientists?|researchers?|professors?|authors?|historians?|physicists?|newspapers?|papers?|magazine|daily|network|television|tv|channel|broadcaster|website|radio|anchor|announcer|commentators?|presenter"
    r"|statements?|reports?|stud(?:y|ies)|estimates?|assessments?|analys[ie]s|reviews?|database|tables?|handbooks?|books?|brochures?|booklets?|manuals?|leaflets?|documents?|memos?|letters?|briefings?|claims|figures|accounts|records|files|maps?|captions?|boards?|signs?|slides?|posters?|cables?|websites?|blogs?|posts?|articles?|columns?|resolutions?|transcripts?|testimony"
    r"|diplomats?|ambassadors?|envoys?|inspectors?|lawmakers?|senators?|deput(?:y|ies)|members?|critics|opponents|supporters|observers|specialists?|planners|strategists|scholars?|modellers?|witness(?:es)?|residents?|readers?|crewman|veterans?|colonel|admiral|captain|pilot|wing|authorities|designers?|annex|tabloid|presentation|manufacturer|people|others|some|many|most|several|we)\b"
)
"""What a claimant without a capital letter is: someone or something that can say."""
_HEAD_ALONE = re.compile(
    rf"(?:the|an?|its|their)\s+(?:[a-z-]+\s+){{0,3}}?{_MAY_SPEAK.pattern}(?=\s+(?:the|it|its|an?|this)\b)",
    re.IGNORECASE,
)
"""Who it is according to, where no comma divides: "according to the caption the missile has …"."""
_GIVEN = re.compile(
    r"\b(?:put|given|estimated|placed|listed|quoted|advertised|assessed|calculated|judged|reported|described) (?:\w+ ){0,2}(?:at|as|to be|with)\s[^.;]*$"
)
_BY_THEM = re.compile(r"[\s\")]*(?:\([^)]*\))?\s*by (?P<who>[^,;.()]{2,60})")
"""Who gives a figure, behind it: "put at over 1,000 km by independent experts"."""
_RESOLUTION = re.compile(r"(?:(?:UN|U\.N\.|United Nations) )?Security Council [Rr]esolution \d+|\b[Rr]esolution \d+")
_LEAD = re.compile(
    r"^(?:and|but|while|as|though|although|whereas|yet|meanwhile|however|still|then|that|what|where|when|if|so|in \d{4}|on \w+day|even|for its part)\s+",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:range|missiles?|figure|weapons?|rockets?|test|report that|distance|km|kilomet\w+|miles|would|could|can|may|might|will)$",
    re.IGNORECASE,
)
_INSERTED = re.compile(
    r"\s*(?:(?:is|was|has|had|have|will|would|also|then|later|repeatedly|\w+ed|with|in|on|at|after|before|during|while|when|as|by|for|from|of|to|near|amid|citing|quoting|quoted|asked|speaking|adding|despite|which|who|whose|\d+)\b|\"?\s*$)"
)
"""What may stand between a subject and its verb: "X, who was in town, said"."""
_APPOSED = re.compile(r"\s*(?:an?|the|its|their|his|her|then|former|now|head|chief|director|commander|spokes\w+)\s")
_NAME = r"(?:(?:[A-Z][\w.'-]*|al-[A-Z][\w-]*|bin|van|de|el)\s*)"
_ENDS_IN_NAME = re.compile(rf"(?:^|\s){_NAME}{{2,4}},?$")
_NAME_BEHIND = re.compile(
    r",\s+(?P<name>(?:[A-Z][\w.-]+\s+)?[A-Z][\w'-]+\s+(?:al-)?[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)(?=[,.;\"]|$)"
)
_OBJECT_OF = re.compile(
    r"\b(?:that|which|whom|whose (?:range|reach)|for which)\s+(?P<who>(?!is|was|are|has|had|have|can|could|will|would|may)(?:the\s+|an?\s+)?[\w' -]{3,60}?)\s*$"
)
_PRONOUN_SAYS = re.compile(
    r"\s*(?:it|they|he|she|we|I)\b(?:\s+(?:has|have|had|also|now|then|later))*\s*$", re.IGNORECASE
)
_OPENING_NAME = re.compile(
    r"(?P<who>Iran|Israel|Pakistan|India|China|Russia|North Korea|South Korea|Tehran|Moscow|Beijing|Pyongyang|Washington|Seoul)\b"
)
_BODY = re.compile(
    r"\b(?:the|a|an)\s+(?P<who>(?:[\w-]+\s+){0,2}?(?:movement|group|army|military|ministry|agency|institute|organi[sz]ation|government|guards|corps|think tank|newspaper|daily|company|report|panel|navy|department|council|force|service|centre|center))\b",
    re.IGNORECASE,
)
_AS_THEY_SAY = re.compile(r"\s*(?:as|while|when|where|though|although)\s+[\w' -]+$")
_SOURCES = re.compile(
    r"(?:^|[\s\"(])(?P<who>(?:Western|Eastern|Foreign|foreign|[Oo]fficial|[Ii]ndependent|[Pp]ublished|[Ee]arlier|[Pp]ress|[Mm]edia|U\.S\.|US|[A-Z]\w+(?:ian|ish|ese|li|can|an))\s+(?:reports|estimates|claims|accounts))$"
)
_PEOPLE = re.compile(
    r"\b(?:the\s+)?(?P<who>Iranians|Israelis|Americans|Russians|Chinese|Indians|Pakistanis|North Koreans|Houthis|Saudis|(?:[A-Z]\w+\s+)?(?:officials|experts|analysts|engineers|officers|researchers|inspectors|modellers|generals|commanders|diplomats|critics|scientists|Guards))\b"
)
_PERSON = re.compile(
    r"(?:An?|The|One)\s+(?P<who>(?:[\w-]+\s+){0,2}?(?:minister|official|general|commander|spokes\w+|analyst|expert|senator|admiral|ambassador|diplomat|officer|colonel|professor|author|historian|researcher|engineer|lawmaker|brigadier|director))\b"
)
_WHO_DID = re.compile(r"(?P<who>[^,]{3,60}?)\s+who\s+(?:\w+ed|saw|went|took|made|found|spoke|knew|read)\b")
"""Who says something, told by what they did: "experts who examined the wreckage concluded"."""
_NO_PERSON = re.compile(
    r"\b(?:Ministry|Department|Guards?|Agency|Army|Navy|Force|Council|Institute|Centre|Center|Commission|Committee|Office|Command|Corps|Service|Bureau|Staff|Party|Movement|University|Company|Television|TV|News|Times|Post|Pentagon|Parliament|Congress|Reports?|Sources|Officials|Experts|Analysts|Others|Estimates)\b"
)
_IN_OFFICE = re.compile(
    r"\b(?P<who>(?:[A-Z][\w.]+'s )?(?:\w+ )?(?:minister|president|commander|secretary|general|admiral|spokes\w+|ambassador|director|analyst|expert)\b(?:,? (?:[A-Z][\w.'-]+ ?)+(?<! ))?)"
)
"""Who "he" is, in a sentence that first names an office."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being) (?:\w+ly|also|now|still|once|often|long) $")
_CLAUSE_END = re.compile(r";|,\s+(?:while|whereas|but|and (?:the|its|that|those))\b")
_BARE_TITLE = re.compile(
    r"(?:the )?(?:[Gg]eneral|[Mm]inister|[Cc]ommander|[Aa]dmiral|[Pp]resident|[Cc]olonel|[Ss]pokes\w+|[Oo]fficer|[Ss]enator|[Ss]ecretary)"
)
_SOME = re.compile(
    r"(?:some|many|most|several|others|those|people|(?:an? |the |one )?(?:\w+ )?sources?|(?:an? |the |one )readers?) (?:in|at|of|among|within) (?:(?!now\b|have\b|has\b|still\b|who\b)[\w'-]+ ?){1,6}(?<! )",
    re.IGNORECASE,
)
_AFTER_THAT = re.compile(r"(?:After|In|On|At|By|During|Since|Before|With|From|Following|Speaking)\b")
_OFFICE = re.compile(
    r"(?<=the )(?:\w+ ){0,2}(?:minister|secretary|commander|spokes\w+|president|general|chief|head|director|ministry|agency|army|navy|official|expert|analyst|authors?)\b.{0,60}$"
)
"""Who speaks, by office, behind an opening: "In a written reply the minister of state said"."""
_TRAILING_NAME = re.compile(r"(?:[A-Z][\w'.-]*\s+)(?:(?:of|for|the|and|al|de)\s+|[A-Z][\w'.-]*\s*)*$")
_ALSO_SAYS = re.compile(
    r"(?:[A-Z]{3,} - )?(?:the\s+)?(?P<who>(?:[A-Z][\w.'-]+\s?)+(?<! )) \w+(?:ed|ing|s|wn|ld|de|nt)\b.* (?:and|but)$"
)
_CUT = re.compile(
    r"\s+(?:(?:an?|the|its|their|his|her)\s+(?:\w+\s+)?(?:range|reach|distance|figure)|up to|about|around|some \d|usually|always|often|now|then|still|even|offers?|wants?|want|to)\b"
)
_SPEAKER = re.compile(r"^(?P<who>[A-Z][\w.'-]+(?: [A-Z][\w.'-]*){0,3}):\s")


def claimant(before: str, after: str, previous: str | None) -> str:
    """Name who says what stands between `before` and `after`.

    The nearest words win: "that Chinese manuals put at", "according to", the last verb of saying before, then behind.

    Parameters
    ----------
    before, after
        The words of the sentence on either side of the figure.
    previous
        Who spoke last in the sentences before: "he" and "she" are that person.
    """
    told = _THAT_THEY_SAY.match(after)
    if told and (found := _who(told["who"], previous)):
        return found
    clause = _CLAUSE_END.split(after, maxsplit=1)[0]
    by_them = _BY_THEM.match(after)
    if by_them and _GIVEN.search(before) and (found := _who(by_them["who"], previous)):
        return found
    return (
        _named(_ACCORDING.search(clause), clause, previous)
        or _before(before, previous)
        or _speaker_after(after, previous)
        or _account(before, after, previous)
        or _resolved(before)
        or ARTICLE_VOICE
    )


def speaker_of(sentence: str, previous: str | None) -> str | None:
    """Name who speaks in a sentence, the one behind "said" first: "…," said X; None if nobody does."""
    behind = _AFTER_VERB.search(sentence)
    if behind and (found := _who(behind["who"], previous)):
        return found
    found = claimant(sentence, "", previous) if speaks(sentence) else ARTICLE_VOICE
    return None if found == ARTICLE_VOICE else found


def is_person(who: str) -> bool:
    """Tell a person, by name or office, from a nation, a body or several people."""
    named = re.fullmatch(rf"{_NAME}+", who) is not None and not _NO_PERSON.search(who) and not nations_in(who)
    return named or _IN_OFFICE.fullmatch(who) is not None


def speaks(sentence: str) -> bool:
    """Tell whether somebody says something in a sentence."""
    return _VERB.search(sentence) is not None or _ACCORDING.search(sentence) is not None


def person_in(sentence: str) -> str | None:
    """Name who a sentence without a verb of saying is about, whom "he" and "they" of the next may stand for."""
    office = _PERSON.match(sentence)
    people = _PEOPLE.search(sentence)
    return office["who"] if office else people["who"] if people else None


def turns_in(paragraphs: Iterable[str]) -> frozenset[str]:
    """Find the speakers of a transcript: the labels that open more than one paragraph ("GEN. PRATT: …", "Kowsari: …")."""
    labels = Counter(match["who"] for text in paragraphs if (match := _SPEAKER.match(text)))
    return frozenset(label for label, times in labels.items() if times > 1)


def turn_of(sentence: str, labels: frozenset[str]) -> str | None:
    """Name the speaker whose label a sentence opens with."""
    match = _SPEAKER.match(sentence)
    return match["who"].title() if match and match["who"] in labels else None


def _before(before: str, previous: str | None) -> str | None:
    """Find the last "according to" or the subject of the last verb of saying before the figure."""
    found = [(match.start(), match) for match in _ACCORDING.finditer(before)]
    spans = [match.span() for _, match in found]
    found += [
        (match.start(), match)
        for match in _VERB.finditer(before)
        if not any(start <= match.start() < end for start, end in spans)
    ]
    for start, match in sorted(found, key=lambda item: item[0], reverse=True):
        if _PASSIVE.search(before, max(0, start - 20), start):
            continue
        if sources := _SOURCES.search(before, 0, match.end()):
            return sources["who"]
        named = _named(match, before, previous) if "who" in match.groupdict() else _subject_of(before, start, previous)
        if named:
            return named
    return None


def _account(before: str, after: str, previous: str | None) -> str | None:
    """Find "by Iran's own account" and "if Tehran is to be believed", behind the figure first."""
    match = _ACCOUNT.search(_CLAUSE_END.split(after, maxsplit=1)[0]) or _ACCOUNT.search(before)
    return _who(match["who"] or match["asked"] or match["trusted"], previous) if match else None


def _resolved(before: str) -> str | None:
    """Name the resolution that sets a limit."""
    found = _RESOLUTION.search(before)
    return found[0] if found else None


def _speaker_after(after: str, previous: str | None) -> str | None:
    """Find who said it in "…, X said" and "…, said X" behind the figure."""
    after = (
        re.split(r"(?<!\bLt)(?<!\bCol)(?<!\bGen)(?<!\bAdm)(?<!\bMaj)(?<!\bDr)(?<!\bMr)(?<!\b[A-Z])[;.]\s", after)[0]
        if not after.lstrip().startswith(('"', ',"'))
        else after
    )
    match = _AFTER_VERB.search(after)
    if match and (found := _who(match["who"], previous)):
        return found
    verb = _VERB.search(after)
    is_inserted = verb is not None and re.search(r"[,\"]\s*[^,\"]*$", after[: verb.start()]) is not None
    return _subject_of(after, verb.start(), previous) if verb and is_inserted else None


def _subject_of(text: str, verb: int, previous: str | None) -> str | None:
    """Take the words between the start of the clause and its verb, past what is put in between.

    "X, a spokesman in Y, said", "X, who was in Z, said" and "X, with a smile, said" are all said by X.
    """
    lead = text[max(0, verb - _LONGEST_LEAD) : verb]
    if told := _OBJECT_OF.search(lead):
        return _who(told["who"], previous)
    starts = [match.end() for match in _CLAUSE_START.finditer(lead) if not _is_initial(lead, match.start())]
    pieces = [lead[a:b] for a, b in pairwise([0, *starts, len(lead) + 1])]
    piece = pieces.pop()
    while (
        pieces
        and not _AS_THEY_SAY.match(piece)
        and (_INSERTED.match(piece) or (_APPOSED.match(piece) and _ENDS_IN_NAME.search(pieces[-1])))
    ):
        piece = pieces.pop()
    piece = piece.rstrip(",:;( ")
    if _PRONOUN_SAYS.match(piece):
        return _stands_for(piece.split()[0], text[:verb], previous)
    adverbs = _ADVERBS.search(piece)
    return _who(piece[: adverbs.start()] if adverbs else piece, previous)


def _stands_for(pronoun: str, before: str, previous: str | None) -> str | None:
    """Follow "it" and "they" to the body or the people named last in the sentence; "he" and "she" spoke before."""
    pattern = {"it": _BODY, "they": _PEOPLE}.get(pronoun.lower())
    found = [match["who"] for match in pattern.finditer(before)] if pattern else []
    if pronoun.lower() in {"he", "she"} and previous is None:
        office = _IN_OFFICE.search(before)
        return office["who"] if office else None
    if found or pronoun.lower() != "it":
        return found[-1] if found else previous
    opening = _OPENING_NAME.match(before)
    return opening["who"] if opening else previous


def _is_initial(text: str, dot: int) -> bool:
    """Tell the full stop of "Gen." and "U.S." from one that ends a sentence."""
    return (
        text[dot] == "."
        and re.search(r"\b(?:[A-Z]|Gen|Brig|Col|Adm|Lt|Maj|Dr|Mr|Mrs|Ms|Sen|Rep|Gov)$", text[:dot]) is not None
    )


def _named(match: re.Match[str] | None, text: str, previous: str | None) -> str | None:
    """Take the words after "according to"; a name behind a comma ("the navy's commander, Ali Irani") is preferred."""
    if match is None:
        return None
    if head := _HEAD_ALONE.match(match["who"]):
        return _who(head[0], previous)
    name = _NAME_BEHIND.match(text, match.end("who"))
    return _who(name["name"], previous) if name else _who(match["who"], previous)


def _who(words: str, previous: str | None) -> str | None:
    text = re.sub(
        r"^.*\b(?:compiled|collected|published|given|made|released|quoted|cited|gathered) by\s+",
        "",
        words.strip(" '\"-–—"),
    )
    while _LEAD.match(text):
        text = _LEAD.sub("", text, count=1)
    if some := _SOME.match(text):
        return some[0]
    if _AFTER_THAT.match(text) and (name := _TRAILING_NAME.search(text) or _OFFICE.search(text)):
        return name[0]
    if (conjoined := _ALSO_SAYS.match(text)) and not _NOBODY.search(conjoined["who"]):
        return conjoined["who"]
    text = _trimmed(text)
    if _ENDS_IN_PRONOUN.search(text) or (previous and _BARE_TITLE.fullmatch(text)):
        return previous
    return _as_speaker(text)


def _trimmed(text: str) -> str:
    """Cut relative clauses and what follows the name from the words before a verb of saying."""
    if (told := _WHO_DID.match(text)) and _MAY_SPEAK.search(told["who"]):
        text = told["who"]
    text = re.split(r"(?<!\bat)(?<!\bof)(?<!\bin)\s+(?:that|which|who)\s+(?=\w)", text)[-1]
    text = re.split(r"\s+(?:which|who|whose|on|in|at|during|that|after|before|last|has|have|was|were|is|are)\s+", text)[
        0
    ]
    text = re.sub(r"^(?:which|whose|who|whom|that)\s+", "", text.strip())
    return re.sub(r"^(?:is|was) what\s+|\s+(?:at|as|to|with)$", "", _CUT.split(text)[0].strip())


def _as_speaker(text: str) -> str | None:
    """Give the words if they name someone or something that can say, a title taken off; else None."""
    if re.fullmatch(r"(?:it|who|which|that|this|there|also|and|but|what|one|some)", text, re.IGNORECASE):
        return None
    if not text or _NOBODY.search(text) or len(text.split()) > 9:  # noqa: PLR2004 - longer is no name
        return None
    if named := _LAST_TITLE.match(text):
        return named["name"]
    text = re.sub(r"^(?:the|a|an)(?:\s+|$)", "", text, flags=re.IGNORECASE)
    if (text.endswith("'s") and text != "Jane's") or (text.islower() and not _MAY_SPEAK.search(text)):
        return None
    return text if re.search(r"[A-Za-z]{2}", text) else None
