"""Measure extraction against the gold answers in tests/data/articles: precision, recall, misses and false finds.

    python scripts/measure_extraction.py [development|seen|blind|held-out …] [--misses] [--markdown]

A claim is right if its system, figure (low and high within 1 %, or
within 3 % where a source converts its own), quantity and stance are all right; of a limit, its
one figure ("no more than 500 km" may be written as the most it allows or as the least it forbids). A reach statement
is right if system, area ("any point in Europe" is Europe) and expectation are. Gold may allow alternatives (a list) and
may mark an answer `optional`: found or not, it does not count.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from rangemap.extract.article import extract

_WITHIN = re.compile(
    r"^(?:any(?:where)?|all|every|most)?\s*(?:points?|targets?|countries|places?)?\s*(?:in|inside|across) (?:the )?"
)
_ARTICLE = re.compile(r"^(?:the|an?) ")
_CONVERTED = re.compile(r"miles? \(.*k(?:m|ilomet)")
ARTICLES = Path(__file__).parents[1] / "tests" / "data" / "articles"
SETS = ("development", "seen", "blind", "held-out")


@dataclass
class Score:
    """Counts of one set, and what went wrong, in words."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    wrong: list[str] = field(default_factory=list)
    claimants: int = 0
    claimants_right: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / self.wanted if self.wanted else 1.0


def measure(name: str) -> dict[str, Score]:
    """Score one set of articles: claims and reach statements."""
    scores = {"claims": Score(), "reach": Score()}
    for path in sorted((ARTICLES / name).glob("*.txt")):
        found = extract(path.read_text(encoding="utf-8"), file=path.name).as_dict()
        gold = YAML(typ="safe").load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
        for kind, same in (("claims", _same_claim), ("reach", _same_reach)):
            _compare(path.stem, gold[kind] or [], found[kind], same, scores[kind])
    return scores


def _compare(file: str, gold: list[Any], found: list[Any], same: Any, score: Score) -> None:  # noqa: ANN401 - a function
    left = list(found)
    for answer in gold:
        hit = next((item for item in left if same(answer, item)), None)
        if hit is not None:
            left.remove(hit)
        if answer.get("optional"):
            continue
        score.wanted += 1
        if hit is None:
            score.wrong.append(f"{file}: missed {answer}")
        else:
            score.right += 1
            score.found += 1
            _compare_claimant(file, answer, hit, score)
    score.found += len(left)
    keys = ("system", "original", "quantity", "stance", "area", "expected", "reason")
    score.wrong += [f"{file}: false { ({key: item[key] for key in keys if key in item}) }" for item in left]


def _compare_claimant(file: str, answer: dict[str, Any], hit: dict[str, Any], score: Score) -> None:
    """Count whose words they are, where the gold answer says so: one of its spellings must be among what was found."""
    named = answer.get("claimant")
    spellings = named if isinstance(named, list) else [named]
    if None in spellings:
        return
    score.claimants += 1
    if any(_ARTICLE.sub("", spelling.lower()) in hit["claimant"].lower() for spelling in spellings):
        score.claimants_right += 1
    else:
        score.wrong.append(f"{file}: claimant {hit['claimant']!r} instead of {named}")


def _allows(answer: Any, value: object) -> bool:  # noqa: ANN401 - a value or a list of them
    return value in answer if isinstance(answer, list) else value == answer


def _near(answer: Any, value: float | None, within: float = 0.01) -> bool:  # noqa: ANN401 - a figure, None or a list
    if isinstance(answer, list):
        return any(_near(each, value, within) for each in answer)
    return answer is value if answer is None or value is None else abs(answer - value) <= within * answer


def _same_claim(answer: dict[str, Any], item: dict[str, Any]) -> bool:
    words = ("system", "quantity", "stance")
    within = 0.03 if _CONVERTED.search(item["original"]) else 0.01
    figures = _near(answer["low"], item["low_km"], within) and _near(answer["high"], item["high_km"], within)
    if item["stance"] == "limits":
        figures = figures or _near(answer["high"] or answer["low"], item["high_km"] or item["low_km"])
    return figures and all(_allows(answer[word], item[word]) for word in words)


def _same_reach(answer: dict[str, Any], item: dict[str, Any]) -> bool:
    areas = answer["area"] if isinstance(answer["area"], list) else [answer["area"]]
    same_area = _plain_area(item["area"]) in map(_plain_area, areas)
    return same_area and all(_allows(answer[word], item[word]) for word in ("system", "expected"))


def _plain_area(text: str) -> str:
    bare = text.lower().removeprefix("the ").replace(".", "")
    return _WITHIN.sub("", bare)


def main() -> None:
    """Print a table, and with --misses what went wrong."""
    names = [name for name in sys.argv[1:] if not name.startswith("--")] or [s for s in SETS if (ARTICLES / s).is_dir()]
    print("| set | articles | what | right | found | wanted | precision | recall |")
    print("|---|---|---|---|---|---|---|---|")
    for name in names:
        number = len(list((ARTICLES / name).glob("*.txt")))
        for kind, score in measure(name).items():
            counts = f"{score.right} | {score.found} | {score.wanted}"
            print(f"| {name} | {number} | {kind} | {counts} | {score.precision:.2f} | {score.recall:.2f} |")
            if score.claimants:
                share = score.claimants_right / score.claimants
                counts = f"{score.claimants_right} | | {score.claimants}"
                print(f"| {name} | {number} | claimants of these | {counts} | | {share:.2f} |")
            if "--misses" in sys.argv:
                print("\n".join(f"    {line}" for line in score.wrong))


if __name__ == "__main__":
    main()
