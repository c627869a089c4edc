"""Captions that Word knows: 表 + chapter + SEQ, bookmarked so that references repeat the words.

The chapter in a caption is always Arabic (表1-1) even where chapters count 一、二、. Word's STYLEREF
would then put 一 into the caption at the next update, so the chapter is a STYLEREF field only
where chapters count natively in Arabic digits, and plain text elsewhere. A SEQ field counts on its
own; where it would count another number than the report's, ``\\r`` sets it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class _Counted:
    """A label taken apart, with the instruction of its SEQ field."""

    prefix: str
    chapter: str
    gap: str
    n: str
    suffix: str
    name: str
    sequence: str
    native_chapter: bool


class Captions:
    """The captions of a report, counted as Word will count them."""

    def __init__(self, report: Report, numbering: Numbering, bookmarks: Bookmarks) -> None:
        self._bookmarks = bookmarks
        self._counted: dict[str, _Counted] = {}
        self._entries: dict[str, str] = {}
        self._instructions: dict[PartKind, str] = {}
        self.labels: dict[str, Label] = {}
        run_in = self._count(report, numbering)
        for part in report.parts:
            if part.kind in LISTS:
                self._list(part, run_in)

    def _count(self, report: Report, numbering: Numbering) -> set[str]:
        """Take every label apart; return the anchors of those that no SEQ field can list."""
        counter, chapter, run_in = _Counter(), "", set()
        for block in blocks_of(report):
            if isinstance(block, Heading) and block.level == 1 and block.in_toc:
                counter.chapters += 1
                place = numbering.place(block)
                chapter = _numerals(block.number) if place is not None and place.by_style else ""
            label = label_of(block)
            if label is None:
                continue
            self.labels[label.anchor] = label
            taken = _LABEL.fullmatch(label.label)
            if taken is not None:
                self._counted[label.anchor] = counter.count(taken, label, chapter)
            if isinstance(block, RCase) and block.run_in:
                run_in.add(label.anchor)
        return run_in

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


class _Counter:
    """Counts as SEQ fields do: one counter a name, begun again where ``\\s 1`` sees a 标题 1."""

    def __init__(self) -> None:
        self.chapters = 0
        self._last: dict[str, tuple[int, int]] = {}

    def count(self, taken: re.Match[str], label: Label, chapter: str) -> _Counted:
        n = int(taken["n"])
        name = "".join(char for char in taken["prefix"] if char.isalnum()) or _NAMES[label.kind]
        by_chapter = taken["chapter"] is not None
        before, seen = self._last.get(name, (0, 0))
        shown = 1 if by_chapter and seen != self.chapters else before + 1
        self._last[name] = (n, self.chapters)
        instruction = f"SEQ {name} \\* ARABIC" + (" \\s 1" if by_chapter else "")
        return _Counted(
            taken["prefix"],
            taken["chapter"] or "",
            taken["gap"] or "",
            taken["n"],
            taken["suffix"],
            name,
            instruction if shown == n else f"{instruction} \\r {n}",
            native_chapter=by_chapter and chapter == taken["chapter"],
        )


def _numerals(number: str) -> str:
    """What ``STYLEREF 1 \\s`` shows of a chapter's number: 第1章 gives 1, 一、 gives 一."""
    return "".join(char for char in number if char.isnumeric())


def _fields(counted: _Counted, look: Element) -> list[Element]:
    made = [text_run(counted.prefix, look)]
    if counted.native_chapter:
        made += field("STYLEREF 1 \\s", counted.chapter, look)
    elif counted.chapter:
        made.append(text_run(counted.chapter, look))
    if counted.gap:
        made.append(text_run(counted.gap, look))
    made += field(counted.sequence, counted.n, look)
    if counted.suffix:
        made.append(text_run(counted.suffix, look))
    return made
