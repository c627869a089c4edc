"""Tables of contents and lists of tables, figures and cases that the author typed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportkit.model.submission import Contents, ContentsEntry

from .pieces import Piece
from .units import AGAIN, Kind, Unit, Work, ends_sentence

ListKind = Literal["toc", "tables", "figures", "cases"]

_TITLE = re.compile(
    r"目\s*录|目\s*次|(?P<list>案\s*例|典型案例|图\s*表?|表\s*格?|插\s*图|附\s*[图表])\s*(?:目\s*录|清\s*单|索\s*引)"
    r"|contents", re.IGNORECASE,
)  # fmt: skip
_ENTRY = re.compile(
    r"(?P<text>.*?[^\s.…·⋯．])"
    r"(?P<leader>(?:[\s.…·⋯．]*(?:\t|\.{2,}|…|·{2,}|⋯|．{2,}|[ \u3000]{2,})[\s.…·⋯．]*))"
    r"(?P<page>\d{1,4}|[IVXivx]{1,6})"
)
_LEADER = re.compile(r"[\s.…·⋯．]{2,}$|\s*\.+$")
_LEADERS = re.compile(r"[.…·⋯．]{2,}\d*$|\s+")
_KINDS: tuple[tuple[re.Pattern[str], ListKind], ...] = (
    (re.compile(r"[【\[]?\s*(?:典型)?案\s*例\s*(?:[\d一二三四五六七八九十]|[】\]:：])"), "cases"),
    (re.compile(r"[【\[]?\s*附?图\s*[\d一二三四五六七八九十]"), "figures"),
    (re.compile(r"[【\[]?\s*附?表\s*[\d一二三四五六七八九十]"), "tables"),
)
UNNUMBERED = re.compile(
    r"前\s*言|引\s*言|序\s*言?|导\s*[言语]|摘\s*要|概\s*要|结\s*[语论]|结\s*束\s*语|后\s*记|致\s*谢"
    r"|编[制写]说明|附\s*[件录表]\s*[\d一二三四五六七八九十]{0,2}(?:[:：\s].{1,40})?"
    r"|.{2,30}(?:发展|改革|工作|年度|主要)亮点"
)
"""Titles of chapters that have no number."""
_SHORTEST = 3
_MOST_BETWEEN = 2


def key(text: str) -> str:
    """A title as lists and headings are compared: without blanks, leaders and kinds of width."""
    return _LEADERS.sub("", unicodedata.normalize("NFKC", text).strip())


def is_title(text: str) -> bool:
    """Whether a line is the title of a table of contents or list."""
    return _TITLE.fullmatch(text.strip(" \u3000【】[]—-")) is not None


def announced(work: Work) -> set[str]:
    """The keys of all headings in the typed table of contents."""
    return {key(e.text) for c in work.contents if c.kind == "toc" for e in c.entries}


@dataclass(slots=True)
class _Run:
    """Lines that belong to a list: entries with the units they are made of, and its titles."""

    start: int
    end: int
    entries: list[tuple[list[Unit], str, str]]
    titles: list[Unit]


def take(work: Work) -> None:
    """Move all typed lists from the text into ``work.contents``."""
    units = work.units
    later = Counter(key(unit.text) for unit in units if unit.text)
    gone: set[int] = set()
    found: dict[ListKind, list[ContentsEntry]] = {}
    position = 0
    while position < len(units):
        run = _run(units, position, later)
        if run is None:
            position += 1
            continue
        for parts, text, page in run.entries:
            kind, entry = _entry(work, parts, text, page)
            found.setdefault(kind, []).append(entry)
        for unit in run.titles:
            work.aside(unit.piece, "目录的标题")
        gone.update(range(run.start, run.end))
        position = run.end
    work.units = [unit for index, unit in enumerate(units) if index not in gone]
    for kind, entries in found.items():
        work.contents.append(Contents(kind=kind, entries=tuple(entries), place=entries[0].place))


def _run(units: Sequence[Unit], start: int, later: Counter[str]) -> _Run | None:
    first = units[start]
    styled = first.hint is not None and first.hint.role == "toc"
    titled = is_title(first.text)
    if not (titled or styled or (first.kind is Kind.BODY and _ENTRY.fullmatch(first.text))):
        return None
    run = _Run(start, start, [], [])
    pending: list[Unit] = []
    for index in range(start, len(units)):
        unit = units[index]
        if unit.kind is Kind.BREAK:
            continue
        match = _ENTRY.fullmatch(unit.text) if unit.text else None
        if is_title(unit.text):
            run.titles.append(unit)
            pending = []
        elif match or (unit.hint and unit.hint.role == "toc"):
            text, page = (match["text"], match["page"]) if match else (unit.text, "")
            run.entries.append(([*pending, unit], text, page))
            pending = []
        elif titled and unit.text and _repeats(unit, later, run):
            run.entries.append(([*pending, unit], unit.text, ""))
            pending = []
        elif unit.text and len(pending) < _MOST_BETWEEN and not ends_sentence(unit.text):
            pending.append(unit)
            continue
        else:
            break
        run.end = index + 1
    return run if _is_list(run, later, titled or styled) else None


def _repeats(unit: Unit, later: Counter[str], run: _Run) -> bool:
    """Whether a line without page number is an entry: it comes again, and not yet for the body."""
    own = key(unit.text)
    if later[own] < 2:
        return False
    return all(own != key(text) for _, text, _ in run.entries)


def _is_list(run: _Run, later: Counter[str], sure: bool) -> bool:
    """Whether the lines are a list: titled or styled as such, or their texts come again."""
    if not run.entries:
        return False
    if sure:
        return True
    texts = [key("".join(u.text for u in parts[:-1]) + text) for parts, text, _ in run.entries]
    again = sum(later[text] > 0 for text in texts)
    return len(run.entries) >= _SHORTEST and again * 5 >= len(run.entries) * 2


def _entry(work: Work, parts: list[Unit], text: str, page: str) -> tuple[ListKind, ContentsEntry]:
    last = parts[-1].piece
    whole = parts[0].piece if len(parts) > 1 else last.cut(0, len(text))
    for unit in parts[1:]:
        whole = whole + (unit.piece if unit is not parts[-1] else last.cut(0, len(text)))
    bare = _LEADER.sub("", whole.text)
    work.aside(whole.cut(len(bare)), "目录的引导符" + AGAIN)
    work.aside(last.cut(len(text), len(last.text) - len(page)), "目录的引导符" + AGAIN)
    number = parts[0].hint.number if parts[0].hint else ""
    shown = f"{number}{bare}"[:400]
    entry = ContentsEntry(text=shown, page=page, place=_whole(whole))
    return _kind(shown), entry


def _whole(piece: Piece) -> object:
    return piece.place.model_copy(update={"steps": piece.steps})


def _kind(text: str) -> ListKind:
    return next((kind for form, kind in _KINDS if form.match(text)), "toc")
