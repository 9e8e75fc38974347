"""Who says it: the subject of the verb of saying nearest to a figure, else the article itself."""

from __future__ import annotations

import re

ARTICLE_VOICE = "article voice"
"""Claimant where the text speaks for itself."""

_SAYING = (
    r"said|says|say|told|claim(?:s|ed)?|stat(?:es|ed)|announced|assert(?:s|ed)|insist(?:s|ed)?|estimat(?:es|ed|e)|warn(?:s|ed)|report(?:s|ed)|argue(?:s|d)?|believe(?:s|d)?|think(?:s)?"
    r"|declar(?:es|ed)|add(?:s|ed)|acknowledg(?:es|ed)|confirm(?:s|ed)|suggest(?:s|ed)?|conclude[sd]?|assess(?:es|ed)?|reckon(?:s|ed)?|maintain(?:s|ed)?|boast(?:s|ed)|not(?:es|ed)|puts? (?=(?:the|its|their) (?:range|reach|figure|distance)|it at)|credits?|lists?"
    r"|reject(?:s|ed)|dismiss(?:es|ed)|den(?:ies|ied)|describ(?:es|ed)|reveal(?:s|ed)|suspect(?:s|ed)?|caution(?:s|ed)|write[s]?|wrote|judge[sd]?|quoted"
)
_VERB = re.compile(
    rf"(?<!that )(?<!the )(?<!this )(?<!his )(?<!their )(?<!its )(?<!\ba )(?<!\ban )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )\b(?:{_SAYING})\b"
)
_ADVERBS = re.compile(r"(?:\s+(?:has|have|had|also|repeatedly|flatly|later|once|recently|long|then|publicly|now))*\s*$")
_CLAUSE_START = re.compile(r"[,;:.\"()](?!\d)")
_LONGEST_NAME = 100
_AFTER_VERB = re.compile(r"[,\"]\s*(?P<verb>said|says|added|told)\s+(?P<who>[A-Z][^,;:.\"()]{2,80})")
_ACCORDING = re.compile(
    r"\b(?:according to|as per|per|in the words of|cited by|as reported by|in the view of)\s+(?P<who>[^,;:.\"()]{2,80})",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"\bby (?P<who>[A-Z][\w' ]{1,40}?)(?:'s?)? (?:account|reckoning|estimate|own figures)")
_TITLES = (
    r"(?i:(?:Vice |Deputy |Prime |Foreign |Defen[cs]e |Interior |Supreme |Chief |Acting |former |then-)*(?:President|Minister|Secretary(?: of State| of Defen[cs]e| General)?|Leader|Ayatollah"
    r"|General|Gen\.|Brig\.|Brigadier|Maj\.|Major|Lt\.|Lieutenant|Col\.|Colonel|Adm\.|Admiral|Rear|Commander|Sen\.|Senator|Rep\.|Ambassador|spokes(?:man|woman|person)|analyst|professor|Professor|Dr\.|Mr|Mrs|Ms|researcher|expert|lawmaker|director|adviser|envoy)\s+)+"
)
_LAST_TITLE = re.compile(
    rf".*\b{_TITLES}(?P<name>(?:[A-Z][\w.'-]*|al-[A-Z][\w-]*|bin|van|de)(?:\s+(?:[A-Z][\w.'-]*|al-[A-Z][\w-]*|bin|van|de))*)"
)
_PRONOUN = re.compile(r"(?:he|she|they|i|we)$", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:and|but|while|as|though|although|whereas|yet|meanwhile|however|still|then|that|where|when|if|so|in \d{4}|on \w+day|even|for its part)\s+",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:range|missiles?|figure|weapons?|rockets?|test|report that|distance|km|kilomet\w+|miles|would|could|can|may|might|will)$",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^(?P<who>[A-Z][A-Z.' -]{2,40}):\s")


def claimant(before: str, after: str, previous: str | None) -> str:
    """Name who says what stands between `before` and `after`.

    Parameters
    ----------
    before, after
        The words of the sentence on either side of the figure.
    previous
        Who spoke last in the sentences before: "he" and "she" are that person.
    """
    if match := _SPEAKER.match(before):
        return match["who"].title()
    if (
        found := _named(_ACCORDING.search(after))
        or _named(_ACCORDING.search(before))
        or _named(_ACCOUNT.search(before + "␣" + after))
    ):
        return found
    return _speaker_before(before, previous) or _speaker_after(after, previous) or ARTICLE_VOICE


def _speaker_before(before: str, previous: str | None) -> str | None:
    """Find the subject of the last verb of saying before the figure."""
    for match in reversed(list(_VERB.finditer(before))):
        if found := _subject_of(before, match.start(), previous):
            return found
    return None


def _speaker_after(after: str, previous: str | None) -> str | None:
    """Find who said it in "…, X said" and "…, said X" behind the figure."""
    after = re.split(r"[;.]\s", after)[0] if not after.lstrip().startswith(('"', ',"')) else after
    match = _AFTER_VERB.search(after)
    if match and (found := _who(match["who"], previous)):
        return found
    verb = _VERB.search(after)
    is_inserted = verb is not None and re.search(r"[,\"]\s*[^,\"]*$", after[: verb.start()]) is not None
    return _subject_of(after, verb.start(), previous) if verb and is_inserted else None


def _subject_of(text: str, verb: int, previous: str | None) -> str | None:
    """Take the words between the start of the clause and its verb."""
    lead = text[max(0, verb - _LONGEST_NAME) : verb]
    starts = [match.end() for match in _CLAUSE_START.finditer(lead) if not _is_initial(lead, match.start())]
    clause = lead[max(starts, default=0) :]
    adverbs = _ADVERBS.search(clause)
    return _who(clause[: adverbs.start()] if adverbs else clause, previous)


def _is_initial(text: str, dot: int) -> bool:
    """Tell the full stop of "Gen." and "U.S." from one that ends a sentence."""
    return (
        text[dot] == "."
        and re.search(r"\b(?:[A-Z]|Gen|Brig|Col|Adm|Lt|Maj|Dr|Mr|Mrs|Ms|Sen|Rep|Gov)$", text[:dot]) is not None
    )


def _named(match: re.Match[str] | None) -> str | None:
    return _who(match["who"], None) if match else None


def _who(words: str, previous: str | None) -> str | None:
    text = words.strip(" '\"-–—")
    while _LEAD.match(text):
        text = _LEAD.sub("", text, count=1)
    text = re.split(r"\s+(?:that|which|who)\s+(?=\w)", text)[-1]
    text = re.split(r"\s+(?:which|who|whose|on|in|at|during|that|after|before|last|has|have|was|were|is|are)\s+", text)[
        0
    ].strip()
    text = re.sub(r"^(?:which|whose|who|whom|that)\s+", "", text)
    if _PRONOUN.fullmatch(text):
        return previous
    if re.fullmatch(r"(?:it|who|which|that|this|there|also|and|but|what|one|some)", text, re.IGNORECASE):
        return None
    if not text or _NOBODY.search(text) or len(text.split()) > 9:  # noqa: PLR2004 - longer is no name
        return None
    if named := _LAST_TITLE.match(text):
        return named["name"]
    text = re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)
    return text if re.search(r"[A-Za-z]{2}", text) else None
