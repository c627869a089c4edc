"""Captions that Word knows: 表 + chapter + SEQ, bookmarked so that references repeat the words.

The chapter in a caption is always Arabic (表1-1), even where chapters count 一、二、. There Word's
STYLEREF would put 一 into the captions at the next update. So where chapters count natively in
Arabic digits the chapter is ``STYLEREF 1 \\s``; elsewhere a hidden ``SEQ 章 \\h`` in the chapter's
heading counts, and ``SEQ 章 \\c`` repeats it. The heading also holds hidden fields such as
``SEQ 表 \\h \\r 0``, because not every program knows that ``\\s 1`` begins again with each
chapter. All of it is simulated: where a counter would show another number than the report's,
``\\r`` sets it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportkit.model.report import Heading, Label, Part, RCase, Report
from reportkit.model.standard import PartKind

from .fields import PLAIN, Bookmarks, field, hidden_field, text_run
from .numbering import Numbering
from .walk import blocks_of, label_of
from .xml import Element

_LABEL = re.compile(r"(?P<prefix>\D+?)(?:(?P<chapter>\d+)(?P<gap>\D+))?(?P<n>\d+)(?P<suffix>\D*)")
_NAMES = {"table": "表", "figure": "图", "case": "案例"}
LISTS = {
    PartKind.LIST_OF_TABLES: "table",
    PartKind.LIST_OF_FIGURES: "figure",
    PartKind.LIST_OF_CASES: "case",
}


_CHAPTERS = "章"


@dataclass(frozen=True)
class _Counted:
    """A label taken apart, with the instructions of its fields."""

    prefix: str
    chapter: str
    gap: str
    n: str
    suffix: str
    name: str
    sequence: str
    chapter_field: str | None


class Captions:
    """The captions of a report, counted as Word will count them."""

    def __init__(self, report: Report, numbering: Numbering, bookmarks: Bookmarks) -> None:
        self._bookmarks = bookmarks
        self._counted: dict[str, _Counted] = {}
        self._entries: dict[str, str] = {}
        self._instructions: dict[PartKind, str] = {}
        self._hidden: dict[str, list[str]] = {}
        self.labels: dict[str, Label] = {}
        run_in = self._count(report, numbering)
        for part in report.parts:
            if part.kind in LISTS:
                self._list(part, run_in)

    def _count(self, report: Report, numbering: Numbering) -> set[str]:
        """Take every label apart; return the anchors of those that no SEQ field can list."""
        run_in = set()
        found = [(block, label_of(block)) for block in blocks_of(report)]
        for block, label in found:
            if label is not None:
                self.labels[label.anchor] = label
                if isinstance(block, RCase) and block.run_in:
                    run_in.add(label.anchor)
        taken = {label.anchor: _take(label) for label in self.labels.values()}
        counter = _Counter({item.name for item in taken.values() if item and item.chapter})
        for block, label in found:
            if isinstance(block, Heading) and block.level == 1:
                place = numbering.place(block)
                native = place is not None and place.by_style
                self._hidden[block.anchor] = counter.chapter(block.number, native)
            item = taken.get(label.anchor) if label is not None else None
            if item is not None and label is not None:
                self._counted[label.anchor] = counter.count(item)
        return run_in

    def hidden(self, heading: Heading) -> list[Element]:
        """The hidden counters that stand in a chapter's heading."""
        instructions = self._hidden.get(heading.anchor, [])
        return [element for text in instructions for element in hidden_field(text)]

    def _list(self, part: Part, run_in: set[str]) -> None:
        """Decide how Word finds the lines of a list: by one SEQ counter, or by entries (TC)."""
        kind = LISTS[part.kind]
        listed = {entry.anchor for entry in part.entries}
        names = {self._counted[a].name if a in self._counted else "" for a in listed}
        found = {a for a, counted in self._counted.items() if counted.name in names}
        if len(names) == 1 and found == listed and not listed & run_in:
            self._instructions[part.kind] = f'TOC \\h \\z \\c "{names.pop()}"'
            return
        letter = kind[0].upper()
        self._entries.update(dict.fromkeys(listed, letter))
        self._instructions[part.kind] = f"TOC \\h \\z \\f {letter}"

    def runs(self, label: Label, rest: Sequence[Element], look: Element = PLAIN) -> list[Element]:
        """A caption: its number as fields within its bookmark, then ``rest``, all bookmarked."""
        before, after = label.label_print, ""
        if label.label:
            before, _, after = label.label_print.partition(label.label)
        number = self.number(label, look)
        content = [
            *([text_run(before, look)] if before else ()),
            *number,
            *([text_run(after, look)] if after else ()),
            *rest,
        ]
        return self.whole(label, content)

    def whole(self, label: Label, content: Sequence[Element]) -> list[Element]:
        """A caption with the bookmark that lists lead to, and its entry where a list needs one."""
        entry: list[Element] = []
        if label.anchor in self._entries:
            text = label.text.replace('"', "”")
            entry = hidden_field(f'TC "{text}" \\f {self._entries[label.anchor]} \\l 1')
        return self._bookmarks.around(self._bookmarks.page(label.anchor), [*entry, *content])

    def number(self, label: Label, look: Element = PLAIN) -> list[Element]:
        """The label (表1-1) within the bookmark that references repeat."""
        if not label.label:
            return []
        counted = self._counted.get(label.anchor)
        made = [text_run(label.label, look)] if counted is None else _fields(counted, look)
        return self._bookmarks.around(self._bookmarks.words(label.anchor), made)

    def instruction(self, kind: PartKind) -> str:
        """The instruction of a list of tables, figures or cases."""
        return self._instructions[kind]


def _take(label: Label) -> _Counted | None:
    """A label taken apart, or None if it is not made of Arabic numbers."""
    taken = _LABEL.fullmatch(label.label)
    if taken is None:
        return None
    name = "".join(char for char in taken["prefix"] if char.isalnum()) or _NAMES[label.kind]
    chapter, gap = taken["chapter"] or "", taken["gap"] or ""
    instruction = f"SEQ {name} \\* ARABIC" + (" \\s 1" if chapter else "")
    return _Counted(
        taken["prefix"], chapter, gap, taken["n"], taken["suffix"], name, instruction, None
    )


class _Counter:
    """Counts as the fields will: one counter a name, those ``by_chapter`` set to 0 by headings."""

    def __init__(self, by_chapter: set[str]) -> None:
        self._by_chapter = sorted(by_chapter)
        self._last: dict[str, int] = {}
        self._native = ""
        self._chapter = 0

    def chapter(self, number: str, native: bool) -> list[str]:
        """Enter a chapter; return the instructions of the counters that its heading hides."""
        if not self._by_chapter:
            return []
        self._last.update(dict.fromkeys(self._by_chapter, 0))
        hidden = [f"SEQ {name} \\h \\r 0" for name in self._by_chapter]
        self._native = "".join(char for char in number if char.isnumeric()) if native else ""
        if not self._native.isascii() or not self._native:
            self._native = ""
            counted = bool(number)
            self._chapter += counted
            hidden += [f"SEQ {_CHAPTERS} \\h"] * counted
        return hidden

    def count(self, item: _Counted) -> _Counted:
        """The same label with the field of its chapter, its counter set if it would go wrong."""
        n = int(item.n)
        if self._last.get(item.name, 0) + 1 != n:
            item = replace(item, sequence=f"{item.sequence} \\r {n}")
        self._last[item.name] = n
        if item.chapter and item.chapter == self._native:
            return replace(item, chapter_field="STYLEREF 1 \\s")
        if item.chapter and not self._native and item.chapter == str(self._chapter):
            return replace(item, chapter_field=f"SEQ {_CHAPTERS} \\c \\* ARABIC")
        return item


def _fields(counted: _Counted, look: Element) -> list[Element]:
    made = [text_run(counted.prefix, look)]
    if counted.chapter_field:
        made += field(counted.chapter_field, counted.chapter, look)
    elif counted.chapter:
        made.append(text_run(counted.chapter, look))
    if counted.gap:
        made.append(text_run(counted.gap, look))
    made += field(counted.sequence, counted.n, look)
    if counted.suffix:
        made.append(text_run(counted.suffix, look))
    return made
