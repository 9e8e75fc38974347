"""Words that point at the system that a figure is said of: comparisons and asides, "it", "the new missile", "a missile"."""

from __future__ import annotations

import re

from rangemap.extract.patterns import Starting

LEADING_UP = r"\s+(?:(?:the|its|a|an|one|old|older|earlier|elderly|[\w-]+-(?:designed|made|built|era|supplied)|original|former|[\w-]+-fuel\w*|Soviet|North Korean|Chinese|Iranian|Russian|Pakistani|Indian|Israeli|American|famous|ageing|aging|own|much|even|(?:North |South |Saudi )?[A-Z][a-z]+'s|and|of)\s+){0,5}$"
COMPARED = Starting(
    r"\b(?:unlike|than|compar\w+ (?:it |them )?(?:with|to)|like|similar to|bas\w+ on|deriv\w+ from|derivative of|cop(?:y|ies) of|cop(?:ied|ying) from|(?<!in )turn(?:s|ed|ing)?|convert\w*|successors? (?:to|of)|replac\w+|resembl\w+|descendants? of|ancestors? of|forerunners? of|predecessors? of|precursors? of|basis (?:of|for)|parents? of|father of|models? for|template for"
    r"|modell?ed on|relatives? of|instead of|alongside|develop\w+ from|(?:cousins?|sisters?|brothers?|siblings?|twins?|heirs?|stablemates?) (?:of|to)|like (?:that|those) of|similar in \w+ to|(?<=, )not|replacement for|follow-on to|half that of|twice that of|reminiscent of"
    r"|(?:variants?|versions?) of|confused with|clones? of|inspired by|evolv\w+ from|grew out of|shar\w+ \w+ with|mistaken for|improves? on|evolution of|offshoots? of|dr[ae]w\w* (?:heavily )?on|buil\w+ (?:up)?on|related to|akin to|identical (?:\w+ ){0,4}(?:to|with)|(?:answer|response|equivalent|counterpart|rival|alternative) (?:to|of)|lengthen\w+|stretch\w+|modif\w+|enlarg\w+|adapt\w+|rework\w+|rebuil\w+)"
    rf"{LEADING_UP}",
    "unlike|identical|sister|brother|sibling|twin|heir|stable|that|those|not|than|compar|like|similar|bas|deriv|cop|success|replac|resembl|descend|ancest|forerun|predecess|precurs|parent|father|model|templ|relativ|instead|along|develop|cousin|follow|half|twice|remin|turn|convert|variant|version|confus|clone|inspir|evol|grew|shar|mistak|improv|offshoot|dr|buil|relat|akin|answer|response|equivalent|counterpart|rival|alternative|length|stretch|modif|enlarg|adapt|rework|rebuil",
)
KIND_OF = re.compile(
    rf"\b(?:is|are|was|were|being|'s)(?: \w+ly| really| just| in effect)? (?:a|an)(?: \w+){{0,2}}{LEADING_UP}",
    re.IGNORECASE,
)
SUCH_AS = re.compile(
    r"\b(?!is |was |looks |does |has )(?:\w+s|something|anything|nothing) like (?:the |its |an? )?$", re.IGNORECASE
)
RELATIVE = re.compile(
    r"\s+(?:for|in|of) (?:its|the) (?:parent|predecessor|original|ancestor|forerunner|successor|older (?:model|version|type)|earlier (?:model|version))\b"
)
OPEN_DASH = re.compile(r"\s(?:-|–|—|--)\s[^–—]{0,60}$")
CLOSED_DASH = re.compile(r"[^–—.;]{0,60}?\s(?:-|–|—|--)\s")
APPOSITION = re.compile(r",\s+(?:\w+ly )?an?\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
OWN_NOUN = re.compile(
    r"^(?:-(?:class|type|series|family|model))?[\s\"]*(?:(?:[\w-]+-range|anti-\w+|ballistic|cruise|surface-to-surface|hypersonic|land-attack|ship-killing|road-mobile)\s+){0,4}(?:missiles?|rockets?|projectiles?|drones?|weapons?|systems?)\b",
    re.IGNORECASE,
)
OF_THE = re.compile(r"[\s\"]*(?:of|for|by)\s+(?:the\s+|any of\s+)?")
DEVELOPED = re.compile(r"\b(?:develop|build|work)\w*\b[^.;]{0,30}\bmissiles?\b", re.IGNORECASE)
SAID_ABOUT = re.compile(
    r"\s*(?:would be|is|was) (?:my|our|his|her|their|a|the) (?:\w+ ){0,2}(?:guess|estimate|figure|range|number) (?:for|of) (?:the\s+)?$|[^.;]{0,60}[,\"]\s*(?:\w+\s+){1,4}(?:of|about)\s+(?:the\s+|its\s+)?[\"]?$"
)
THEIRS = re.compile(r"\btheirs\b|\bits own version\b", re.IGNORECASE)
ORDER = re.compile(
    r"\bthe (?P<which>former|latter|last(?= of (?:which|these|them|whom))|first of these|second of these|first|second)\b(?! [a-z]*(?:missiles?|version|variant|test|launch|stage|time|flight|half|press|report|ones|known|of (?!these|which|them|whom)))",
    re.IGNORECASE,
)
CLAIMED_BACK = re.compile(
    r"^(?:'s|\s*\(|(?:\s+[A-Z]\w+)?(?:,\s+(?:known|called|nicknamed|named)\b[^,]{0,40})?,?\s+(?:(?:for )?which|whose|with (?:its|their))\b|(?:\s+[A-Z]\w+)?,\s+an?\s+[\w\s-]{3,40}\s(?:that|which|with)\b)",
    re.IGNORECASE,
)
DERIVED = re.compile(
    r"^[- ](?:derivatives?|derived|based|variants?|clones?|cop(?:y|ies)|descendants?|type|successors?|replacement|lookalike|style|inspired)\b"
)
ONE_OF = re.compile(r"\b(?:an?|another|some|its|their|other) (?:[\w-]+ ){0,2}$")
INSERTION = re.compile(r",\s+(?:which|if|were|who|that|a|an|the|also|so|first|named|shown|once)\b[^,]*,")
ASIDE = re.compile(
    r",\s+(?:(?:from |of |on )?which|who|unlike|like|based|derived|successor|shown|named|built|first|unveiled|in|on|once|now|still|known|developed|introduced)\b[^,;]*$"
)
BEHIND = re.compile(
    r"^[\s\")-]*(?:(?:-?range|[\w-]*fuell?ed|[\w-]+ballistic|ballistic|cruise|hypersonic|medium|missiles?|rockets?|road-mobile|mobile|precision-guided|[\w-]+-stage|class|anti-ship|variant|version|weapon|liquid|solid)[\s,\"]+){0,6}"
    r"(?:(?:,?\s*(?:such as|like|including|namely|known as|called|the (?:maximum |claimed |reported )?range of)|for|with|in|out of|of|by|named|dubbed|is|was|being|,|-|–|—|\()\s*)?(?:for\s+)?(?:the\s+)?(?:new\s+|newer\s+|older\s+|larger\s+)?[\"]?$",
    re.IGNORECASE,
)
SUBJECT_WORD = Starting(
    r"\b(?:it|its|they|them|their|both|these missiles|of these|these (?=can|could|are|have|may)|those|(?:the|this|that|each|the new|the latest|the older) (?:[\w-]+,?\s+){0,3}(?:missiles?|rockets?|weapons?|systems?|projectiles?|variant|version|model|drone|design|launcher|vehicle))\b"
    r"|\b(?:missile|rocket|weapon) (?:(?:this|that) size|like (?:this|it|that)|of (?:this|that) (?:sort|kind|type|power|size|name))\b|\bsuch a (?:missile|rocket|weapon)\b"
    r"|\b(?:first|later|older|newer|early|earlier|latest) ones\b|\b(?:longest|last|first|only|latest) (?:known |recorded )?(?:flight|test)\b"
    r"|\b(?:the|maximum|its|a) range (?:is|was|of|to|at|would|could|may|might|can|has|had|exceeds|extends|reaches)\b",
    "it|the|missile|rocket|weapon|such|both|this|that|each|of\\b|first|lat|old|new|earl|longest|last|only|maximum|a\\b",
)
TARGETED = re.compile(
    r"\b(?:destroy|hit|sink|strik|engag|attack|target|kill|reach)\w*\s+(?:an?|any|some|moving|large|enemy)\s+(?:[\w-]+\s+){0,3}(?:ships?|vessels?|carriers?|aircraft|planes?|submarines?|targets?)\b",
    re.IGNORECASE,
)
"""What something hits is no new subject: "can destroy a ship 1,000 km away"."""
IT_IS = re.compile(r"\b(?:it|this|that)(?:'s| is| was| remains)(?: \w+ly| really| still)? $", re.IGNORECASE)
"""What "it" is, and no other: "officially it is a missile of 5,000 km"."""
PRONOUN = re.compile(
    r"(?:^|[,;]\s+(?:and|but|so)|[.;:,])\s*\"?(?:it|they)\s+(?:\w+n't|can|could|may|might|will|would|has|have|is|are|was|reach|fl|go|cover)",
    re.IGNORECASE,
)
"""A pronoun that takes the first subject up again: "it is no glide weapon, and it cannot reach Europe"."""
OF_THIS_MISSILE = re.compile(r"^,\s+an?\s+(?:missile|rocket|weapon)\s+(?:with|whose|that|of)\b")
"""A remark on the name right before it: "a derivative of the Qiam-1, a missile with a range of 700 km"."""
COPULA = re.compile(r"\b(?:is|was|are|were)\s+(?:the|an?|[A-Z]\w+'s)\s[^,;]*$")
"""A comparison that says what the subject is: "was the Soviet Union's answer to the Tomahawk"."""
KIND_OF_IT = re.compile(r"^\s*(?:is |was |being )?an?\s+(?:[\w,-]+\s+){0,6}$", re.IGNORECASE)
"""What it is, and no other: "the second an upgraded, more accurate Shahab-3"."""
NAMING = re.compile(
    r"\b(?:called|named|dubbed|known as|identified as|designated|(?:it|this) (?:is|was))\s+(?:the\s+|it\s+)?[\"']?$",
    re.IGNORECASE,
)
ANOTHER = re.compile(
    r"\b(?:another|second|short-range|different|unrelated|other) (?:[\w-]+ ){0,2}(?:missiles?|rockets?|weapons?)\b",
    re.IGNORECASE,
)
OTHER_MISSILE = re.compile(
    r"\b(?:an?|another|any|no|other|such) (?:[\w-]+ ){0,4}(?:missiles?|rockets?|weapons?)\b", re.IGNORECASE
)
"""A missile that none of those named before is."""
LAST_ALONE = re.compile(r",\s+an?\s[^,;.]*\b(?:missile|rocket|weapon|ICBM)\b", re.IGNORECASE)
"""A remark on the last of several names: "the DF-31 and the DF-5C, a missile whose range exceeds 12,000 km"."""
THIS_ONE = re.compile(r"\bthis (?:[\w-]+ ){0,3}(?:missile|rocket|weapon|type|version|model)\b", re.IGNORECASE)
"""The one named last, and no other."""
BOTH = re.compile(
    r"[\"' ]*(?:Both|The two|The pair|(?:All|The|These) (?P<count>three|four|five))\b(?! (?:sides|countries|nations|men|officials|governments))"
)
OF_BOTH = re.compile(r"\b(?:of|by|with|to) (?:both|either)(?: (?:weapons?|missiles?|types?|systems?|of them))?\s*$")
"""Two, at the end of a statement: "is within reach of both weapons"."""
ESTIMATED = re.compile(
    r"\b(?:(?:spoke|spoken|speaks?|talks?|talked) of|figures? of|reckons?(?: on)?|gives?|gave|quotes?|quoted|cites?|cited|stated|states|used|calculate[sd]|argue[sd] for|arrives? at|(?:would|'d) say|put it at|distance (?:of|at))"
    r"\s+\"?(?:an?|only|about|around|some|up|to|just|roughly|more|than|over|less|at|least|nearly)?(?:\s+(?:to|than|least|over|under))?\s*$",
    re.IGNORECASE,
)
"""Somebody's figure, of what the sentences before are about: "a team in Oslo gives 5,000 km"."""
ELLIPTIC = re.compile(r"[\"' ]*(?:With|At|Estimated|Range|Maximum|Having|Capable|Able)\b")
"""A sentence that leaves its subject out."""
ALIKE = re.compile(
    r"\s+(?:is|was|looks) (?:similar|comparable|alike|related|its (?:\w+ )?(?:rival|equivalent|counterpart))\b"
)
"""Said of a name that a text on another only touches upon: "Russia's Iskander is similar"."""
BESIDES = re.compile(
    r"^[\"' ]*(?:Besides|Apart from|In addition to|Along with|After|Following|Next to|Beside|Alongside|Together with|From|In place of|Instead of)\s+(?:(?:the|its|both|their)\s+)?$"
)
"""What a sentence opens with before it names what it is about: "Besides the Sejjil there is the Emad"."""
VERBS = r"(?:has|have|had|can|could|may|might|will|would|is|are|was|were|flies|flew|reaches|travels|goes|carries|boasts|covers|offers|gets)"
GOES_ON = re.compile(rf"^(?:\s+(?:missiles?|rockets?))?\s+(?:and|but)\s+(?:(?:also|now|still|so)\s+)?{VERBS}\b")
"""A second thing said of the subject, behind another name: "entered service after the Qiam and has a range of …"."""
PUT_IN = re.compile(r"(?:\s+(?:missiles?|rockets?))?\s*,\s+(?!and\b|or\b|but\b)[^,;]*$", re.IGNORECASE)
PUT_IN_ENDS = re.compile(rf"[^,;]{{0,40}},\s*{VERBS}\b")
"""Words put in between a name and its verb, with another name in them."""
BESIDE = re.compile(
    r"\b(?:an?|another)\s+(?!new\b)(?:[\w-]+\s+){0,4}(?:missile|rocket|weapon)\b[^.;]{0,60}\s[–—-]\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""A second missile that is mentioned beside the first: "a solid-fuel missile with a shorter range – the Fateh"."""
THE_MISSILE = re.compile(r"\bthe (?:[\w-]+ )?(?:missile|rocket|ICBM)\b", re.IGNORECASE)
THE_NEW = re.compile(r"\bthe new (?:[\w-]+ ){0,3}(?:missile|rocket|weapon|system)\b", re.IGNORECASE)
A_NEW = re.compile(
    r"\b(?:an?|its|another) (?:\w+ )?new(?:ly [\w-]+)? (?:[\w-]+ ){0,4}(?:missile|rocket|weapon|system)\b",
    re.IGNORECASE,
)
NEWS_OF = re.compile(
    r"\b(?:new\b|icbm\b|test|fir(?:es|ed|ing)|launch|unveil|display|present|show|develop|announc|reveal|parad|deliver|roll|receiv|obtain|bought|acquir|possess|introduc|boast|inaugurat|land(?:ed|ing)|flew)\w*\b",
    re.IGNORECASE,
)
"""What news of one missile tells of."""
SOME_MISSILE = re.compile(r"\b(?:missiles?|rockets?|ICBMs?|weapons?)\b", re.IGNORECASE)
SUBJECT_OPENING = re.compile(
    r"[\"' ]*(?:that|this)\s+(?:is|was|would|puts|covers|brings|means|leaves|reaches|gives|will|could|can|places)\b"
    r"|[\"' ]*(?:the\s+)?(?:\w+\s+)?(?:range|reach)\b"
    r"|[\"' ]*(?:(?:most|other|some|independent|outside|western|the|more|many|open|cautious|later|earlier|official|public(?:ly)?|published)\s+){0,2}(?:estimates|calculations|assessments|guesses|analysts|experts|others)\b",
    re.IGNORECASE,
)
NEW_SUBJECT = Starting(
    r"\b(?<!\bas )(?:(?:a|an|another|any|some|such a|no|(?<!\bthe )new|other|a (?:second|third|new|different))\s+(?:(?!the\b|its\b|their\b|put\b|said\b|says\b)[\w-]+\s+){0,4}?(?:missiles?|rockets?|weapons?|projectiles?|drones?|system|launcher|planes?|aircraft|ICBMs?|IRBMs?|MRBMs?|jets?|bombers?|helicopters?|radars?|vessels?|submarines?|ships?)(?! (?:(?:this|that) size|like (?:this|it|that)|of (?:this|that) (?:sort|kind|type|power|size|name)))|anything (?:launched|fired|that|with|under|over|below|above|short)|(?:planes|aircraft|jets|bombers|radars|missiles) (?:with|that|capable|able|of))\b",
    "an?\\b|anything|another|any|some|such|no|new|other|planes|aircraft|jets|bombers|radars|missiles",
)


DEMANDED = re.compile(
    r"\b(?:draft|propos\w+|demand\w*|want\w*|insist\w*|urg\w+|call\w* (?:for|on)|resolution|would (?:hold|limit|cap|bind|bar|restrict))\b",
    re.IGNORECASE,
)
"""What others ask is not a limit that a nation sets itself."""
OF_ITS_OWN = re.compile(r"\b(?:deliberately|voluntar\w+|self-imposed|ourselves|itself|themselves)\b", re.IGNORECASE)
"""What a nation keeps to of its own will."""
REGIONAL = re.compile(r"\bregional\b|\bin the region\b|\b(?:everyone|both sides|all sides)\b", re.IGNORECASE)
"""A limit for more nations than one."""
FIRST_PERSON = re.compile(r"\b(?:we|our|ourselves)\b", re.IGNORECASE)
AHEAD_OF_HEADLINE, AHEAD_OF_NEWS = 9, 2
"""How many sentences on a name may follow, after a headline or lead that names none, and after "a new missile"."""

ASKING = frozenset({"USA", "ISR", "GBR", "FRA"})
"""Nations that speak of other nations' limits."""
