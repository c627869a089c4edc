"""RK331, RK332: tables of contents and lists that the author typed, against those composed.

They are claims and never printed, but a difference means that the list or the text is outdated.
They wait until the outline is sound, because a missing chapter is missing in the list as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...model.base import Place
from ...model.diagnostic import Finding, Related, Severity
from ...model.report import Heading
from ...model.submission import Contents, ContentsEntry
from ..context import Context
from ..numbers import object_number
from ..registry import Basis, Needs, Source, rule
from ..structure import longest_rising
from .captions import captions, label_of

SAME = Source(Basis.PRACTICE, "目录与正文逐字一致，页码递增")
_NEEDS = (Needs.SUBMISSION, Needs.STANDARD, Needs.REPORT, Needs.WHOLE)
_LISTS: dict[str, Literal["table", "figure", "case"]] = {
    "tables": "table",
    "figures": "figure",
    "cases": "case",
}
_NAMES = {"toc": "目录", "tables": "表目录", "figures": "图目录", "cases": "案例目录"}
_LEADERS = re.compile(r"[.…·⋯]{2,}\d*$|\s+")
_PUNCTUATION = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"^[【\[]?(?:表|图|案例)?\s*\d+\s*[-–—－.]\s*\d+[】\]]?")
_LIKE = 60


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the composed list: the texts it may have, and where its object stands."""

    texts: tuple[str, ...]
    place: Place
    level: int = 1

    @property
    def keys(self) -> set[str]:
        return {_key(text) for text in self.texts}


def _key(text: str) -> str:
    return _LEADERS.sub("", unicodedata.normalize("NFKC", text).strip())


def _letters(text: str) -> str:
    return _PUNCTUATION.sub("", _key(text))


@rule(
    code="RK331",
    name="toc-mismatch",
    title="手排的目录与正文不一致",
    severity=Severity.WARNING,
    source=SAME,
    why="目录由程序生成，手排的目录不会印出；两者不同，说明正文或目录有一处没有改到。",
    message="手排的{what}",
    expected="与正文一致：{expected}",
    hint="核对正文标题；不再需要核对时，从 contents.csv 中删去这些行。",
    hint_report="核对目录和正文，改正其中一处；在 Word 中可以“更新目录”。",
    needs=_NEEDS,
    good="""
=== contents.csv
list,text,page
toc,一、概况,1
toc,二、工作,2
toc,三、总结,3
toc,附表,4
""",
    bad="""
=== contents.csv
list,text,page
toc,一、概况,1
toc,二、工作回顾,2
toc,三、总结,3
toc,附表,4
""",
)
def toc_mismatch(context: Context) -> Iterator[Finding]:
    """The typed table of contents differs from the composed headings."""
    for contents in context.submission.contents:
        if contents.kind == "toc" and context.settled:
            depth = max((line.level for line in _headings(context)), default=1)
            yield from _compare("RK331", contents, _headings(context), depth)


@rule(
    code="RK332",
    name="list-mismatch",
    title="手排的表（图、案例）目录与正文不一致",
    severity=Severity.WARNING,
    source=SAME,
    why="题名在目录和正文中写法不同，常是单位名称或用字有一处写错。",
    message="手排的{what}",
    expected="与正文一致：{expected}",
    hint="核对正文的题名；不再需要核对时，从 contents.csv 中删去这些行。",
    hint_report="核对目录和正文的题名，改正其中一处。",
    needs=_NEEDS,
    good="""
=== contents.csv
list,text,page
tables,表1 人员情况表,4
""",
    bad="""
=== contents.csv
list,text,page
tables,表1 人员基本情况表,4
""",
)
def list_mismatch(context: Context) -> Iterator[Finding]:
    """A typed list of tables, figures or cases differs from the composed captions."""
    for contents in context.submission.contents:
        kind = _LISTS.get(contents.kind)
        if kind is not None and context.settled:
            yield from _compare("RK332", contents, _captions(context, kind), 1)


def _headings(context: Context) -> list[_Line]:
    lines = []
    for part in context.report.parts:
        for block in part.blocks:
            if isinstance(block, Heading) and block.in_toc:
                title = block.text.removeprefix(block.number)
                texts = (block.text, f"{block.claim or ''}{title}", title)
                lines.append(_Line(texts, block.place or Place(), block.level))
    return lines


def _captions(context: Context, kind: str) -> list[_Line]:
    places = {c.computed.anchor: c for c in captions(context)}
    lines = []
    for label in context.report.labels:
        if label.kind != kind or not label.text:
            continue
        title = label.text.removeprefix(label.label_print)
        bare = title.removesuffix(f"（{label.owner}）")
        claim = label_of(places[label.anchor].block.number or label.label)
        typed = label.label_print.replace(label.label, claim) if label.label else claim
        texts = (f"{typed}{title}", f"{claim}{title}", f"{claim}{bare}", label.text,
                 f"{label.label}{title}", f"{label.label}{bare}", title)  # fmt: skip
        lines.append(_Line(texts, label.place or Place()))
    return lines


def _compare(
    code: str, contents: Contents, lines: Sequence[_Line], depth: int
) -> Iterator[Finding]:
    """Pair typed entries with composed lines and tell what is left over or differs."""
    pairs = _pair(contents.entries, lines)
    paired = {index for _, index in pairs if index is not None}
    name = _NAMES[contents.kind]
    if code == "RK331":
        depth = max((lines[index].level for index in paired), default=depth)
    for entry, index in pairs:
        if index is None:
            yield _finding(code, entry, f"{name}中的“{entry.text}”在正文中没有", "正文中有这一条")
        elif _key(entry.text) not in lines[index].keys:
            yield _differs(code, name, entry, lines[index])
    moved = _moved(pairs)
    for position in moved if code == "RK331" else _out_of_number(pairs, moved):
        yield _disorder(code, name, pairs[position][0], pairs[position][1] or 0, lines)
    for index, line in enumerate(lines):
        if index not in paired and line.level <= depth:
            what = f"{name}中漏了“{line.texts[0]}”"
            last = contents.entries[-1]
            yield _finding(code, last, what, line.texts[0], line.place, quote="")
    yield from _pages(code, name, [e for i, e in enumerate(contents.entries) if i not in moved])


def _pair(
    entries: Sequence[ContentsEntry], lines: Sequence[_Line]
) -> list[tuple[ContentsEntry, int | None]]:
    """For each typed entry the composed line that it means: same text, else most alike."""
    free = dict.fromkeys(range(len(lines)))
    exact: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        for key in line.keys:
            exact.setdefault(key, []).append(index)
    found: dict[int, int] = {}
    for position, entry in enumerate(entries):
        for index in exact.get(_key(entry.text), ()):
            if index in free:
                found[position] = index
                del free[index]
                break
    for position, entry in enumerate(entries):
        if position not in found and free:
            near = _most_alike(entry, lines, list(free))
            if near is not None:
                found[position] = near
                del free[near]
    return [(entry, found.get(position)) for position, entry in enumerate(entries)]


def _most_alike(entry: ContentsEntry, lines: Sequence[_Line], free: Sequence[int]) -> int | None:
    from rapidfuzz import process

    titles = {index: _letters(lines[index].texts[0]) for index in free}
    found = process.extractOne(_letters(entry.text), titles, score_cutoff=_LIKE)
    return found[2] if found else None


def _differs(code: str, name: str, entry: ContentsEntry, line: _Line) -> Finding:
    """Another wording; only info where nothing but punctuation or blanks differ."""
    wanted = next((t for t in line.texts if _NUMBER.match(t)), line.texts[0])
    only_marks = _letters(entry.text) in {_letters(text) for text in line.texts}
    finding = _finding(code, entry, f"{name}写“{entry.text}”，正文是“{wanted}”", wanted, line.place)
    return finding.model_copy(update={"severity": Severity.INFO}) if only_marks else finding


def _moved(pairs: Sequence[tuple[ContentsEntry, int | None]]) -> list[int]:
    """Positions of entries that stand in another order than their objects."""
    there = [(position, index) for position, (_, index) in enumerate(pairs) if index is not None]
    kept = longest_rising([index for _, index in there])
    return [position for at, (position, _) in enumerate(there) if at not in kept]


def _out_of_number(
    pairs: Sequence[tuple[ContentsEntry, int | None]], moved: Sequence[int]
) -> list[int]:
    """Those of the moved entries that the list itself has in a wrong place.

    In a list that goes by the numbers, it is the object that was moved (RK312 tells).
    """
    numbers = []
    for position, (entry, _) in enumerate(pairs):
        found = _NUMBER.match(entry.text)
        number = object_number(found[0]) if found else None
        numbers.append((position, (number.chapter or 0) * 1000 + number.n if number else 0))
    kept = longest_rising([number for _, number in numbers])
    return [position for position in moved if position not in kept]


def _disorder(
    code: str, name: str, entry: ContentsEntry, index: int, lines: Sequence[_Line]
) -> Finding:
    before = f"排在“{lines[index - 1].texts[0]}”之后" if index else "排在最前"
    what = f"{name}中“{entry.text}”的次序与正文不同"
    return _finding(code, entry, what, before, lines[index].place)


def _pages(code: str, name: str, entries: Sequence[ContentsEntry]) -> Iterator[Finding]:
    """Page numbers that fall, or that are larger than those behind them."""
    pages = [(entry, int(entry.page)) for entry in entries if entry.page.strip().isdecimal()]
    kept = longest_rising([page for _, page in pages])
    for position, (entry, page) in enumerate(pages):
        if position not in kept:
            first = max((pages[k][1] for k in kept if k < position), default=1)
            last = min((pages[k][1] for k in kept if k > position), default=None)
            expected = f"{first} 至 {last}" if last else f"不小于 {first}"
            what = f"{name}中“{entry.text}”的页码 {page} 与前后各条不衔接"
            yield _finding(code, entry, what, expected, quote=entry.page)


def _finding(
    code: str,
    entry: ContentsEntry,
    what: str,
    expected: str,
    other: Place | None = None,
    quote: str | None = None,
) -> Finding:
    place = entry.place or Place(file="contents.csv")
    return Finding(
        code=code,
        place=place,
        quote=entry.text if quote is None else quote,
        subject=what,
        args={"what": what, "expected": expected},
        related=(Related(place=other),) if other else (),
    )
