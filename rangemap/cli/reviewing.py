"""The walk through drafts in the terminal: one draft at a time, one letter a decision, saved after each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pydantic import ValidationError
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from rangemap.catalogue.drafts import Draft, DraftAssertion, DraftFile, DraftRange, DraftSource, source_id, write_drafts
from rangemap.catalogue.figure import parse_figure
from rangemap.cli.output import clean
from rangemap.extract.quantity import find_quantities
from rangemap.extract.text import CONTEXT, plain

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.catalogue.drafts import DraftDocument

HELP = "a accept, r reject, e edit, s skip, u undo, q stop (all is saved; start again to go on)"
_CUT = "…"
_RANGE_FIELDS = ("system", "range", "quantity", "stance", "claimant", "hedge", "note")
_REACH_FIELDS = ("system", "area", "expected", "stance", "claimant", "note")
_SOURCE_FIELDS = ("title", "publisher", "issued", "URL", "tier", "kind")


class Session:
    """One person going through one draft file.

    Parameters
    ----------
    path
        The draft file; every decision is written to it at once.
    drafts
        What it holds.
    systems
        Ids that a draft may be given.
    """

    def __init__(self, path: Path, drafts: DraftFile, systems: frozenset[str]) -> None:
        self.path = path
        self.drafts = drafts
        self.systems = systems
        self.history: list[tuple[DraftFile, int]] = []
        self.queue = [
            (number, draft.id) for number, document in enumerate(drafts.documents) for draft in document.drafts
        ]
        self.console = Console(file=sys.stderr, width=None if sys.stderr.isatty() else 100, highlight=False)

    def run(self) -> None:
        """Ask about every pending draft, until the last one, "q" or the end of input."""
        position = 0
        while position < len(self.queue):
            document, identifier = self.queue[position]
            draft = self._draft(document, identifier)
            if draft.decision != "pending":
                position += 1
                continue
            self._show(position, document, draft)
            answer = self._ask(f"[{position + 1}/{len(self.queue)}] {HELP}\n> ")
            if answer is None or answer in ("q", "quit"):
                break
            position = self._obey(answer, position, document, draft)
        self._farewell()

    def _obey(self, answer: str, position: int, document: int, draft: DraftRange | DraftAssertion) -> int:
        """Do what was asked; give the position of the draft to show next."""
        if answer in ("a", "accept"):
            return self._accept(position, document, draft)
        if answer in ("r", "reject"):
            return self._decide(position, document, draft.model_copy(update={"decision": "reject"}))
        if answer in ("s", "skip", ""):
            return position + 1
        if answer in ("u", "undo"):
            return self._undo(position)
        if answer in ("e", "edit"):
            self._edit(position, document, draft)
            return position
        self._say(f"‘{clean(answer)[:20]}’ is none of: {HELP}")
        return position

    def _accept(self, position: int, document: int, draft: DraftRange | DraftAssertion) -> int:
        if draft.system is None and isinstance(draft, DraftRange):
            self._say("It has no system: edit it (e) and name one of the catalogue's, or reject it.")
            return position
        if draft.system is not None and draft.system not in self.systems:
            self._say(f"The catalogue has no system ‘{clean(draft.system)}’: edit it (e).")
            return position
        if self.drafts.documents[document].source.missing and not self._complete_source(position, document):
            return position
        return self._decide(position, document, draft.model_copy(update={"decision": "accept"}))

    def _decide(self, position: int, document: int, draft: DraftRange | DraftAssertion) -> int:
        self._change(position, self.drafts.decided(document, draft))
        return position + 1

    def _change(self, position: int, drafts: DraftFile) -> None:
        self.history.append((self.drafts, position))
        self.drafts = drafts
        write_drafts(self.path, drafts)

    def _undo(self, position: int) -> int:
        if not self.history:
            self._say("Nothing to undo.")
            return position
        self.drafts, position = self.history.pop()
        write_drafts(self.path, self.drafts)
        return position

    def _edit(self, position: int, document: int, draft: DraftRange | DraftAssertion) -> None:
        fields = _RANGE_FIELDS if isinstance(draft, DraftRange) else _REACH_FIELDS
        self._say(f"Write field=value; fields: {', '.join(fields)}. Empty line: done.")
        while answer := self._ask("edit> "):
            name, equals, value = answer.partition("=")
            if not equals or name.strip() not in fields:
                self._say(f"‘{clean(name)[:30]}’ is no field; write e.g. system=qiam-1")
                continue
            changed = self._changed(draft, name.strip(), value.strip())
            if changed is not None:
                draft = changed
                self._change(position, self.drafts.decided(document, draft))

    def _changed(self, draft: DraftRange | DraftAssertion, name: str, value: str) -> DraftRange | DraftAssertion | None:
        """Give the draft with one field changed, or None if the value won't do."""
        if name == "system" and value and value not in self.systems:
            self._say(f"The catalogue has no system ‘{clean(value)[:40]}’; `rangemap list` names them.")
            return None
        data = {**draft.model_dump(by_alias=True), name: value or None}
        try:
            changed = type(draft).model_validate({key: item for key, item in data.items() if item is not None})
        except ValidationError as error:
            self._say(str(error.errors()[0]["msg"]).removeprefix("Value error, "))
            return None
        return _refigured(changed) if isinstance(changed, DraftRange) else changed

    def _complete_source(self, position: int, document: int) -> bool:
        """Ask for what the source lacks, once a document; tell whether it is complete now."""
        whole: DraftDocument = self.drafts.documents[document]
        self._say("First, the source (empty keeps what is in brackets):")
        data = {key: value for key, value in whole.source.model_dump(by_alias=True).items() if value is not None}
        for name in _SOURCE_FIELDS:
            answer = self._ask(f"{name} [{data.get(name, '')}]: ")
            if answer is None:
                return False
            data = {**data, **({name: answer} if answer else {})}
        try:
            if not whole.source.title and data.get("title"):  # the id was made of the file's name
                data["id"] = source_id(data.get("publisher", ""), data.get("issued"), data["title"]) or data["id"]
            source = DraftSource.model_validate(data)
        except ValidationError as error:
            detail = error.errors()[0]
            self._say(f"{detail['loc'][0]}: {str(detail['msg']).removeprefix('Value error, ')}")
            return False
        self._change(position, self.drafts.with_document(document, whole.model_copy(update={"source": source})))
        if source.missing:
            self._say(f"The source still has no {' and no '.join(source.missing)}.")
        return not source.missing

    def _draft(self, document: int, identifier: str) -> DraftRange | DraftAssertion:
        return next(draft for draft in self.drafts.documents[document].drafts if draft.id == identifier)

    def _show(self, position: int, document: int, draft: DraftRange | DraftAssertion) -> None:
        whole = self.drafts.documents[document]
        title = f"{clean(whole.file)}, sentence {draft.sentence} ({position + 1} of {len(self.queue)})"
        self.console.print(Panel(_quoted(draft), title=Text(title), title_align="left"))
        for name, value in _facts(draft):
            self.console.print(Text.assemble((f"{name:>10}  ", "bold"), clean(value)))

    def _ask(self, prompt: str) -> str | None:
        """Read one line; None at the end of input."""
        self.console.print(Text(prompt), end="")
        line = sys.stdin.readline()
        return line.strip() if line else None

    def _say(self, words: str) -> None:
        self.console.print(Text(words))

    def _farewell(self) -> None:
        drafts = [draft for document in self.drafts.documents for draft in document.drafts]
        counts = {
            decision: sum(draft.decision == decision for draft in drafts)
            for decision in ("accept", "reject", "pending")
        }
        self._say(
            f"{counts['accept']} accepted, {counts['reject']} rejected, {counts['pending']} pending in {self.path}"
        )


def _refigured(draft: DraftRange) -> DraftRange:
    """Read the kilometres of a range again after it was edited."""
    figure = parse_figure(draft.range)
    update = {"low_km": figure.low_km, "high_km": figure.high_km, "qualifier": figure.qualifier.value}
    return draft.model_copy(update=update)


def _quoted(draft: Draft) -> Text:
    """Write the quote with its surroundings pale and the figure itself highlighted, as the source has it."""
    text = Text()
    text.append(f"{_CUT if len(draft.quote.prefix) >= CONTEXT else ''}{clean(draft.quote.prefix)}", style="dim")
    start = len(text)
    text.append(clean(draft.quote.exact))
    text.append(
        f"{clean(draft.quote.suffix).rstrip()}{_CUT if len(draft.quote.suffix) >= CONTEXT else ''}", style="dim"
    )
    core = clean(_core(draft))
    place = text.plain.find(core, start) if core else -1
    if place >= 0:
        text.stylize("bold reverse", place, place + len(core))
    return text


def _core(draft: Draft) -> str:
    """Give the words that a draft is about; after an edit these are no longer in its fields, but still in its quote."""
    words = draft.range if isinstance(draft, DraftRange) else draft.area if isinstance(draft, DraftAssertion) else ""
    if words in draft.quote.exact or not isinstance(draft, DraftRange):
        return words
    length = draft.end - draft.start
    figures = find_quantities(plain(draft.quote.exact))
    return next((draft.quote.exact[each.start : each.end] for each in figures if each.end - each.start == length), "")


def _kilometres(draft: DraftRange) -> str:
    """Write both ends of a range, and one where they are the same."""
    low, high = (f"{value:,.0f}" if value is not None else "open" for value in (draft.low_km, draft.high_km))
    return f"{low} km" if low == high else f"{low} to {high} km"


def _facts(draft: DraftRange | DraftAssertion) -> list[tuple[str, str]]:
    named = draft.system or "(none of the catalogue)"
    if isinstance(draft, DraftRange):
        what = [
            ("system", f"{named}  “{draft.system_text or ''}”"),
            ("range", f"{draft.range}  ({_kilometres(draft)}, {draft.qualifier})"),
        ]
        what.append(
            ("quantity", f"{draft.quantity.value}, {draft.stance.value}{f', “{draft.hedge}”' if draft.hedge else ''}")
        )
        if draft.flags:
            what.append(("flags", ", ".join(draft.flags)))
    else:
        what = [
            ("subject", f"{named}  “{draft.subject or ''}”"),
            ("area", f"{draft.area}: {draft.expected}"),
            ("stance", draft.stance.value),
        ]
    return [*what, ("claimant", draft.claimant), ("because", draft.reason)]
