"""Compares the document as built with the edited one, and edits the files accordingly."""

from collections.abc import Sequence
from dataclasses import replace

from reportkit.model.base import Place, Placed
from reportkit.model.blocks import Case, ListBlock, Note, Paragraph, Section, SignOff, Table
from reportkit.model.report import RCase, Report, RList, RTable
from reportkit.model.submission import Submission
from reportkit.reading.importing.stream import Grid, Plot

from . import grids
from .changes import KINDS, Change, Changes
from .inserting import Inserter
from .origin import Origin, Origins, Slot, note_slot
from .pairing import Paired, pair
from .rewrite import Rewriter
from .texts import Folder
from .units import NOTE, Document, Unit
from .words import Clash, Merged, merge, trace

_CHANGED = "报送件在输出这份文件之后改过，且改的是同一处，请人工核对"
_GONE = "报送件在输出这份文件之后改过，不能断定是在文件中删去的"
_FIXED = "这里由 report.yaml 或编制规范的固定文字印出，请改 report.yaml"
_HARD = "写法特殊，不能自动取回，请照改"


class Comparison:
    """One comparison; ``changes`` tells what was found, ``folder`` holds the edited files."""

    def __init__(
        self,
        submission: Submission,
        report: Report,
        built: Document,
        edited: Document,
        folder: Folder,
    ) -> None:
        self.built, self.edited, self.folder = built, edited, folder
        self.origins = Origins(submission, report)
        self.paths = _Paths(self.origins)
        self.paired: Paired = pair(built.units, edited.units)
        self.changes = Changes(marks=self.paired.marks, same=self.paired.same)
        self.rewriter = Rewriter(folder)
        self.kept = {b for b in self.paired.edited if b is not None}
        self.moved = self.paired.moved()
        self.inserter = Inserter(self)

    def run(self) -> Changes:
        """Find all changes and edit the files."""
        for n, unit in enumerate(self.edited.units):
            b = self.paired.edited[n]
            if b is None:
                self.inserter.new(n, unit)
                continue
            self._changed(self.built.units[b], unit)
        self._deleted()
        self.rewriter.finish()
        for n in sorted(self.moved):
            self.inserter.move(n)
        return self.changes

    def origin(self, unit: Unit) -> Origin | None:
        """What a unit of the built document was made from."""
        return self.origins.of(unit.mark) if unit.mark else None

    def tell(self, what: str, source: Placed | None, place: Place | None, **said: str) -> None:
        """Note a change."""
        section = self.paths.section(source)
        self.changes.items.append(Change(what, section, place, **said))  # type: ignore[arg-type]

    def _changed(self, old: Unit, new: Unit) -> None:
        """Carry over what was changed in a unit."""
        origin = self.origin(old)
        self._footnotes(old, new, origin, self._untouched(old, new))
        if self._untouched(old, new) or old.kind == "picture":
            if isinstance(old.item, Plot) and isinstance(new.item, Plot) and origin:
                self._plot(old.item, new.item, origin)
            return
        if origin is None:
            self.tell("其他", None, None, old=_plain(old.text), new=_plain(new.text), state="left",
                      reason=_FIXED)  # fmt: skip
        elif (
            not self.paired.same
            and new.mark
            and old.mark
            and old.mark.fingerprint != new.mark.fingerprint
        ):
            self._say(origin, old.text, new.text, "left", _CHANGED)
        elif isinstance(old.item, Grid) and isinstance(new.item, Grid):
            grids.compare(self, origin, old.item, new.item)
        else:
            self.merge(origin.slots, origin, old.text, new.text, new.notes)

    def _untouched(self, old: Unit, new: Unit) -> bool:
        if new.mark is not None and new.now == new.mark.fingerprint:
            return True
        return old.words == new.words

    def merge(
        self, slots: Sequence[Slot], origin: Origin, old: str, new: str, notes: Sequence[str]
    ) -> None:
        """Carry a change of a printed text over to the texts that it is made of."""
        merged = merge([s.text for s in slots], [s.markup for s in slots], old, new)
        for clash in merged.clashes:
            self._clash(clash, origin, slots)
        if merged.texts is None:
            self._say(origin, old, new, "left", _HARD)
            return
        done = False
        for slot, text in zip(slots, merged.texts, strict=True):
            text = self._new_notes(origin, text, merged, notes)
            text = grids.unmerged(text) if slot.part.startswith("rows.") else text
            if text != slot.text:
                if not self.rewriter.text(slot, text, origin.block):
                    self._say(origin, old, new, "left", _HARD, slot)
                    return
                done = True
        if done:
            self._say(origin, old, new, "apply", "", slots[0])

    def _clash(self, clash: Clash, origin: Origin, slots: Sequence[Slot]) -> None:
        source = f"（{clash.source}）" if clash.source else ""
        if clash.kind == "value":
            state, reason = "conflict", f"这个数取自数据{source}，请改数据"
        else:
            state, reason = "left", f"{KINDS[clash.kind]}由程序印出{source}，未改"
        self._say(origin, clash.old, clash.new, state, reason, slots[0] if slots else None)

    def _say(
        self, origin: Origin, old: str, new: str, state: str, reason: str, slot: Slot | None = None
    ) -> None:
        place = slot.place if slot else None
        place = place or (origin.block.place if origin.block else None)
        self.tell(what(origin, slot), origin.block, place, old=_plain(old), new=_plain(new),
                  state=state, reason=reason)  # fmt: skip

    def _new_notes(self, origin: Origin, text: str, merged: Merged, notes: Sequence[str]) -> str:
        """The text with a label for each footnote that was added."""
        added = [new for old, new in merged.notes if old is None and new is not None]
        for index in added:
            if NOTE in text and index < len(notes):
                label = self.inserter.footnote(origin, self.edited.notes[notes[index]].text)
                text = text.replace(NOTE, f"[^{label}]", 1)
        return text.replace(NOTE, "")

    def _footnotes(self, old: Unit, new: Unit, origin: Origin | None, untouched: bool) -> None:
        """Carry over what was changed in the footnotes of a unit."""
        if origin is None or not old.notes or isinstance(old.item, Grid):
            return
        labels = _labels(origin.slots, old.text)
        known = self.origins.notes.get(id(origin.block), {})
        if untouched or len(old.notes) == len(new.notes):
            pairs = list(zip(range(len(old.notes)), range(len(new.notes)), strict=False))
        else:
            found = merge(
                [s.text for s in origin.slots], [s.markup for s in origin.slots], old.text, new.text
            )
            pairs = [(a, b) for a, b in found.notes if a is not None and b is not None]
        for a, b in pairs:
            if a >= len(labels) or b >= len(new.notes) or labels[a] not in known:
                continue
            before = self.built.notes[old.notes[a]].text
            after = self.edited.notes[new.notes[b]].text
            if "".join(before.split()) != "".join(after.split()):
                slot = note_slot(known[labels[a]])
                whole = Origin(origin.printed, slot.owner, (slot,))
                self._note(slot, whole, origin, before, after)

    def _note(self, slot: Slot, whole: Origin, origin: Origin, before: str, after: str) -> None:
        merged = merge([slot.text], [True], before, after)
        for clash in merged.clashes:
            self._clash(clash, replace(origin, slots=(slot,)), (slot,))
        said = {"old": before, "new": after}
        if merged.texts is None or not self.rewriter.text(slot, merged.texts[0], slot.owner):
            self.tell("脚注", origin.block, slot.place, **said, state="left", reason=_HARD)
        elif merged.texts[0] != slot.text:
            self.tell("脚注", origin.block, slot.place, **said)

    def _plot(self, old: Plot, new: Plot, origin: Origin) -> None:
        if grids.numbers(old.rows) != grids.numbers(new.rows):
            self._say(
                origin, "", "", "conflict", "图中的数据改过；图由报送件中的数据画出，请改数据"
            )

    def _deleted(self) -> None:
        """Take away what is missing in the edited document."""
        gone = [n for n in range(len(self.built.units)) if n not in self.kept]
        groups: dict[int, list[int]] = {}
        for n in gone:
            mark = self.built.units[n].mark
            if mark is None:
                self.tell("其他", None, None, old=_plain(self.built.units[n].text), state="left",
                          reason=_FIXED)  # fmt: skip
            else:
                groups.setdefault(mark.block, []).append(n)
        dropped: set[int] = set()
        cases_first = sorted(
            groups, key=lambda b: not isinstance(self.origins.printed[b - 1], RCase)
        )
        for block in cases_first:
            self._drop_block(block, groups[block], gone, dropped)

    def _drop_block(
        self, number: int, gone: list[int], all_gone: list[int], dropped: set[int]
    ) -> None:
        """Take away a block, a part of it, or items of a list."""
        units = self.built.units
        printed = self.origins.printed[number - 1]
        origin = self.origin(units[gone[0]])
        if origin is None or origin.block is None:
            return
        if self.origins.inside(origin.block, dropped):
            return
        text = "\n".join(_plain(units[n].text) for n in gone)
        if not self.paired.same:
            self._say(origin, text, "", "left", _GONE)
            return
        own = [n for n, u in enumerate(units) if u.mark and u.mark.block == number]
        if isinstance(printed, RList) and len(gone) < len(own):
            for n in gone:
                item = self.origin(units[n])
                if item is not None:
                    self._drop(item, item.item, _plain(units[n].text))
            return
        inner = self._inner(origin.block)
        if isinstance(printed, RCase) and not inner <= set(all_gone):
            self._say(origin, text, "", "left", "只删了案例标题，案例内容还在，请在报送件中改")
        elif len(gone) < len(own):
            self._drop_parts(origin, gone, text)
        else:
            self._drop(origin, origin.block, text)
            dropped.add(id(origin.block))

    def _inner(self, block: Placed) -> set[int]:
        """Units of what stands in a block."""
        made = set()
        for n, unit in enumerate(self.built.units):
            origin = self.origin(unit)
            source = origin.block if origin else None
            if source is not None and source is not block:
                made |= {n} if self.origins.inside(source, {id(block)}) else set()
        return made

    def _drop(self, origin: Origin, source: Placed | None, text: str) -> None:
        file = self.rewriter.file(source) if source else None
        if isinstance(source, SignOff) and len(source.lines) > 1 and file:
            self.rewriter.without(source, origin.slots[0].part)
        else:
            span = self.item_span(origin) if source is origin.item and source else None
            span = span or (self.rewriter.span(source) if source else None)
            if file is None or span is None:
                self._say(origin, text, "", "left", _HARD)
                return
            if source is not None and self.opens_file(source):
                self._say(origin, text, "", "left", "章的标题删了，请在报送件中处理")
                return
            file.drop(*span)
        self._say(origin, text, "", "apply", "", origin.slots[0] if origin.slots else None)

    def opens_file(self, source: Placed) -> bool:
        """Whether a heading is the first of its file: without it the text below has none."""
        file, span = self.rewriter.file(source), self.rewriter.span(source)
        if not isinstance(source, Section) or file is None or span is None:
            return False
        return not any(line.strip() for line in file.lines[: span[0]])

    def item_span(self, origin: Origin) -> tuple[int, int] | None:
        """The lines of a list item."""
        file = self.rewriter.file(origin.item) if origin.item else None
        if file is None or origin.item is None or origin.item.place is None:
            return None
        return file.span(origin.item.place.line or 0, "list_item_open")

    def _drop_parts(self, origin: Origin, gone: list[int], text: str) -> None:
        """Notes and units of an object may be taken away; without its caption it is incomplete."""
        roles = [m for n in gone if (m := self.built.units[n].mark)]
        block = origin.block
        if all(mark.role in ("note", "unit") for mark in roles) and isinstance(block, Table):
            for mark in roles:
                part = self.origins.of(mark)
                if part is not None and part.slots:
                    self.rewriter.without(block, part.slots[0].part)
            self._say(origin, text, "", "apply", "")
        else:
            self._say(origin, text, "", "left", "只删了一部分（题注、表或图），请在报送件中改")


class _Paths:
    """The headings above each block, as printed."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.titles = {
            id(source): block.text
            for block in origins.printed
            if block.type == "heading" and (source := origins.source(block)) is not None
        }

    def section(self, source: Placed | None) -> str:
        """The headings above and of a source block."""
        made: list[str] = []
        while source is not None:
            if id(source) in self.titles:
                made.append(self.titles[id(source)])
            source = self.origins.parents.get(id(source))
        return " › ".join(reversed(made))


def what(origin: Origin, slot: Slot | None) -> str:
    """The kind of a text, in Chinese."""
    part = slot.part.split(".")[0] if slot else ""
    block = slot.owner if slot else origin.block
    if isinstance(block, Section):
        return "标题"
    if isinstance(block, Case):
        return "案例标题"
    if isinstance(block, Paragraph):
        return "列表项" if origin.item is not None else "正文"
    if isinstance(block, ListBlock):
        return "列表"
    if isinstance(block, Note) or part in ("notes", "source", "credit"):
        return "注"
    if isinstance(block, SignOff):
        return "落款"
    if isinstance(origin.printed, RTable):
        return {"caption": "表题", "rows": "表格", "unit": "表的单位"}.get(part, "表")
    return "图题" if part else "图"


def _labels(slots: Sequence[Slot], printed: str) -> list[str]:
    """Labels of the footnotes that are marked in a printed text, in order."""
    owners = trace([s.text for s in slots], [s.markup for s in slots], printed)
    if owners is None:
        return []
    return [atom.source[2:-1] for atom in owners if atom is not None and atom.kind == "note"]


def _plain(text: str) -> str:
    return text.replace(NOTE, "").strip()
