"""A roster (名录): the organisations from which submissions are expected.

A CSV file (UTF-8, GBK or UTF-16; commas, tabs or semicolons) or the first sheet of a workbook that
has a column of names. ``schemas/roster.yaml`` says what the columns may be called. What is wrong
with it becomes findings: RK806 with ``reason`` and ``advice``.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding, Related, Severity
from reportkit.resources import schemas
from reportkit.yamlio import parse

from .csv_table import cell_name
from .files import decode
from .source import Log, clean

BYTE_LIMIT = 8_000_000
ROW_LIMIT = 20_000
"""Lines of a roster that are read."""
_HEADER_WITHIN = 10
_LONGEST = 100
_MARKS = (",", "\t", ";", "，", "；")
_CODE = re.compile(r"[0-9A-Za-z-]{2,20}")
_BLANK = re.compile(r"\s+")
_TELLING = {"name": "名称", "code": "代码", "credit_code": "统一社会信用代码"}
"""What tells two organisations apart."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation that is expected to file; what the roster does not say is empty."""

    name: str
    code: str = ""
    credit_code: str = ""
    kind: str = ""
    region: str = ""
    standard: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Roster:
    """The entries in the order of the file, each organisation once, and what is wrong with it."""

    file: str
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    line: int | None
    cells: Mapping[int, str]


def read_roster(path: Path) -> Roster:
    """Read a roster; never raises for bad input."""
    reader = _Reader(path.name)
    try:
        content = path.read_bytes() if path.stat().st_size <= BYTE_LIMIT else None
    except OSError:
        reader.wrong("读不出名录文件", "请核对路径和权限。", severity=Severity.ERROR)
        return reader.roster()
    if content is None:
        size = f"{BYTE_LIMIT // 1_000_000} MB"
        reader.wrong(f"名录文件超过 {size}", "请只留名录本身。", severity=Severity.ERROR)
    elif content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        reader.workbook(content)
    else:
        reader.text(content)
    return reader.roster()


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []
        self.seen: dict[tuple[str, str], Entry] = {}

    def roster(self) -> Roster:
        return Roster(self.file, tuple(self.entries), tuple(self.findings))

    def wrong(
        self,
        reason: str,
        advice: str,
        place: Place | None = None,
        *,
        quote: str = "",
        related: Iterable[Place] = (),
        severity: Severity | None = None,
    ) -> None:
        self.findings.append(
            Finding(
                code="RK806",
                place=place or Place(file=self.file),
                quote=quote[:_LONGEST],
                at=self.file,
                args={"reason": reason, "advice": advice},
                related=tuple(Related(place=other) for other in related),
                severity=severity,
            )
        )

    def text(self, content: bytes) -> None:
        """Read a CSV file."""
        text = decode(content, self.file, Log())
        if text is None:
            self.wrong("认不出文字编码", "请另存为 UTF-8 编码的 CSV。", severity=Severity.ERROR)
            return
        text, _ = clean(text.removeprefix("\ufeff"))
        head = "\n".join(text.split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN])
        mark = max(_MARKS, key=lambda each: (head.count(each), -_MARKS.index(each)))
        self.lines(list(_csv(text, mark)))

    def workbook(self, content: bytes) -> None:
        """Read the first sheet that has a column of names."""
        from .cells import Sheet, read_sheets
        from .ooxml import Damaged, Refused, open_package

        try:
            with open_package(content, "xlsx") as package:
                sheets = [s for s in read_sheets(package) if isinstance(s, Sheet)]
        except Refused as refusal:
            self.wrong(f"打不开：{refusal.reason}", refusal.advice, severity=Severity.ERROR)
            return
        except Damaged as damaged:
            self.wrong(f"打不开：{damaged.reason}", damaged.advice, severity=Severity.ERROR)
            return
        read = [
            [
                _Line(number, None, {c - 1: cell.text for c, cell in cells.items()})
                for number, cells in sheet.by_row().items()
            ]
            for sheet in sheets
            if not sheet.hidden
        ]
        found = [lines for lines in read if _header(lines) is not None]
        self.lines((found or read or [[]])[0])

    def lines(self, lines: Sequence[_Line]) -> None:
        """Take the entries below the header."""
        lines = [line for line in lines if any(cell.strip() for cell in line.cells.values())]
        header = _header(lines)
        if header is None:
            names = "、".join(_columns()["name"][:5])
            reason = "名录是空的"
            if lines:
                first = "、".join(c.strip() for c in lines[0].cells.values() if c.strip())
                reason = f"没有单位名称一列；首行是：{first[:60]}"
            self.wrong(reason, f"表头须有一列叫做 {names} 之一。", severity=Severity.ERROR)
            return
        at, keys = header
        if len(lines) - at - 1 > ROW_LIMIT:
            self.wrong(f"超过 {ROW_LIMIT} 行，只读了前面的", "请只留名录本身。")
        for line in lines[at + 1 : at + 1 + ROW_LIMIT]:
            self._entry(line, keys)

    def _entry(self, line: _Line, keys: Mapping[str, int]) -> None:
        given = {key: _tidy(line.cells.get(column, "")) for key, column in keys.items()}
        name = cell_name(line.number, keys["name"])
        place = Place(file=self.file, line=line.line, cell=name)
        if not given["name"]:
            if any(given.values()):
                self.wrong(f"第 {line.number} 行没有单位名称", "请补上名称，或删去这一行。", place)
            return
        for key in ("code", "credit_code"):
            if given.get(key) and not _CODE.fullmatch(given[key]):
                self.wrong(
                    f"第 {line.number} 行的代码“{given[key]}”不是代码",
                    "请把这一列设为文本格式后重填。",
                    place,
                    quote=given[key],
                )
                given[key] = ""
        entry = Entry(**given, place=place)
        if not self._known(entry, line.number):
            self.entries.append(entry)

    def _known(self, entry: Entry, number: int) -> bool:
        """Whether the organisation stands in the roster already; another's code is told."""
        known: dict[str, list[str]] = {}
        places: dict[str, Place] = {}
        for key, told in _TELLING.items():
            value = getattr(entry, key)
            old = self.seen.setdefault((key, value), entry) if value else entry
            if old is not entry:
                known.setdefault(old.name, []).append(told)
                places[old.name] = old.place
        for name, what in known.items():
            reason = f"第 {number} 行“{entry.name}”与前面“{name}”的{'、'.join(what)}相同"
            self.wrong(
                reason,
                "请删去重复的一行，或改正代码。",
                entry.place,
                quote=entry.name,
                related=[places[name]],
            )
        return entry.name in known


def _csv(text: str, mark: str) -> Iterator[_Line]:
    csv.field_size_limit(BYTE_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 1
    for number, cells in enumerate(reader, 1):
        yield _Line(number, line, dict(enumerate(cells)))
        line = reader.line_num + 1


def _header(lines: Sequence[_Line]) -> tuple[int, dict[str, int]] | None:
    """The first line with a column of names, and what its columns are."""
    for at, line in enumerate(lines[:_HEADER_WITHIN]):
        by_place = sorted(line.cells.items(), reverse=True)
        titles = {_title(cell): column for column, cell in by_place}
        found = {
            key: titles[next(w for w in words if w in titles)]
            for key, words in _columns().items()
            if any(word in titles for word in words)
        }
        if "name" in found:
            return at, found
    return None


def _title(cell: str) -> str:
    """A heading without blanks, stars, and the brackets of a remark."""
    text = _BLANK.sub("", cell).strip("*＊:：").replace("(", "（").replace(")", "）")
    words = {word for listed in _columns().values() for word in listed}
    return text if text in words else re.sub("（.*?）", "", text)


def _tidy(cell: str) -> str:
    return unicodedata.normalize("NFC", _BLANK.sub(" ", cell).strip().strip("'"))[:_LONGEST]


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    path = schemas() / "roster.yaml"
    tree = parse(path.read_text(encoding="utf-8"))
    if tree.problems or not isinstance(tree.data, dict):
        raise ValueError(f"{path.name}: {tree.problems}")
    return {str(key): tuple(words) for key, words in tree.data.items()}
