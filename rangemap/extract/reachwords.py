"""The words of reach statements: what can, what it does, and where that leaves a place."""

from __future__ import annotations

import re

from rangemap.extract.patterns import Gated

MAY_REACH = Gated(
    r"\b(?:trouble|do for|anywhere|fire\b|struck|reach|range|strik|hit|target|cover|threat|away|extend|far as|way to|umbrella|short of|beyond|attack|engag|span|stretch|fly|travel|touch|get|enough|sufficient|legs|within|takes? in|come|circle)",
    "trouble|do for|anywhere|fire|struck|reach|range|strik|hit|target|cover|threat|away|extend|far as|way to|umbrella|short of|beyond|attack|engag|span|stretch|fly|travel|touch|get|enough|sufficient|legs|within|take in|takes in|come|circle",
)
"""Words, one of which every reach statement holds."""
ABLE = (
    r"(?:can(?:'t|not)?|could(?:n't)?|may|might|would|will(?: soon)?|able to|capable of|designed to|built to|meant to|intended to|enough to|sufficient to|the (?:ability|capacity|capability|power|means|reach|range) to|that (?:can|could)"
    r"|(?:allow|enabl|let|permit)\w* (?:[\w'-]+ ){0,3}?to|let(?:s|ting)? (?:it|them|[A-Z][\w-]+|the country)|potential to|to)"
)
"""What is able to do something."""
STRIKE = (
    r"(?:have (?:hit|struck)|hit|hitting|strike|striking|target|targeting|attack|attacking|threaten|threatening|engage|engaging|menace|shower|be fired at|hold at risk|(?:launch|carry out|conduct|make)(?:ing)? (?:[\w-]+ ){0,2}?(?:attacks?|strikes?) (?:on|against)"
    r"|(?:deliver|carry|bring|drop|land|send|hurl|throw|lob)\w* (?:[\w-]+ ){1,6}?(?:across|anywhere in|as far as|onto|to))"
)
"""Verbs that armies and people do as well."""
REACH = r"(?:reach|reaching|cover|covering|get to|getting to|get (?:you|us|one|it|them) to|come down (?:on|in)|touch|touching|fly to|flying to|travel to|extend to|extend into|extend across|stretch to|stretch into|land in|landing in|range over|come (?:anywhere )?near|get (?:anywhere )?near|have reached|have covered|have touched)"
"""Verbs of reaching."""
NEGATED = re.compile(
    r"\b(?:cannot|\w+n't|could not|can not|not|n't|never|no(?! (?:question|doubt|trouble|difficulty|problem|secret)\b)|nor|neither|unable|incapable|far from|nowhere near|short of|without|none|too (?:short|little|small|weak)|lacks?|lacking|nothing)\b(?!\s+only)",
    re.IGNORECASE,
)
"""What denies a verb."""
AWAY = r"(?:(?:thousands|hundreds) of (?:miles|kilomet(?:er|re)s) (?:away|off|beyond)|far (?:away|beyond reach)|outside (?:the|that|its) (?:circle|radius)|(?:well |far |safely |comfortably |only just |just |still )?(?:out of|beyond|outside)(?: of)?(?: (?:its|their|the|missile|any|Iranian|Iran's|Tehran's))*(?: \w+)? ?(?:reach|range)|untouched|beyond it\b|safe(?! from (?!its|their|the missile|such missiles))|uncovered)"
"""Words for out of reach."""
WITHIN = (
    r"(?:(?:well |firmly |easily |comfortably |squarely |potentially |theoretically |barely |just |just about |only |also |now )*"
    r"(?:(?:in|inside|into|under)(?: (?:its|their|the|missile|striking|strike|easy|Iranian|[\w-]+'s|theoretical|potential|ballistic))*"
    r"|(?:within|inside)(?: [\w'.,-]+){0,5}?) ?(?:reach|range|striking distance|striking range)\b|under (?:its|our|their|the) fire\b|(?:(?:all|well|comfortably|easily|safely|just|also) )?(?:within|inside) (?:it\b|(?:that|this) (?:distance|range|radius|circle)\b|(?:its|the) (?:radius|circle)\b))"
)
"""Words for within reach."""
