"""Plain text → lines, in whatever encoding it was saved."""

import re

from reportkit.model.base import Place

from ..files import decode, megabytes
from ..source import Log, clean
from .stream import Break, Item, Stream, Text

TEXT_LIMIT = 20_000_000
"""Bytes that a text file may have."""

_SAVE_AS = "用记事本打开，“另存为”时编码选 UTF-8。"
_FEW = 3
_ATX = re.compile(rb"^#{1,6} \S", re.MULTILINE)
_RULE = re.compile(rb"^\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$", re.MULTILINE)


def is_markdown(name: str, start: bytes) -> bool:
    """Whether text is Markdown: by its name, else by headings or tables at its start."""
    if name.lower().endswith((".md", ".markdown", ".mdown")):
        return True
    if len(_ATX.findall(start)) >= 3:
        return True
    return not name.lower().endswith(".txt") and _RULE.search(start) is not None


def is_wide_text(start: bytes) -> bool:
    """Whether bytes are UTF-16 text."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    even, odd = start[::2].count(0), start[1::2].count(0)
    return max(even, odd) * 10 > len(start) and min(even, odd) == 0


def is_damaged_text(content: bytes) -> bool:
    """Whether bytes are UTF-8 with only a few broken characters in it."""
    if not content or b"\x00" in content:
        return False
    text = content.decode("utf-8", errors="replace")
    return text.count("\ufffd") <= max(_FEW, len(text) // 1000)


def read_text(file: str, content: bytes, log: Log) -> Stream | None:
    """The lines of a text file; None (and a finding) if it cannot be read as text."""
    text = decoded(file, content, log)
    return None if text is None else lines(file, text, log)


def decoded(file: str, content: bytes, log: Log) -> str | None:
    """The text of a file. Encodings other than UTF-8 are converted, and that is told (RK153)."""
    place = Place(file=file)
    if len(content) > TEXT_LIMIT:
        size, limit = megabytes(len(content)), megabytes(TEXT_LIMIT)
        log.add("RK115", place, at=file, what=file, size=size, limit=limit)
        return None
    quiet = Log()
    text = decode(content, file, quiet)
    if text is None and is_damaged_text(content):
        return content.decode("utf-8", errors="replace")
    for finding in quiet.findings:
        if text is None:
            log.add("RK150", place, at=file, file=file, reason="编码无法识别", advice=_SAVE_AS)
        else:
            log.add("RK153", place, at=file, file=file, encoding=finding.args["encoding"])
    return text


def lines(file: str, text: str, log: Log) -> Stream:
    """The lines of a text. A form feed is the end of a page."""
    items: list[Item] = []
    shown: list[str] = []
    gap = 0
    bad: Place | None = None
    for number, whole in enumerate(_one_line_end(text).split("\n"), 1):
        kept, column = [], 1
        for index, part in enumerate(whole.split("\f")):
            place = Place(file=file, line=number, column=column)
            if index:
                items.append(Break(place))
            part, controls = clean(part)
            bad = bad or (place if controls or "\ufffd" in part else None)
            kept.append(part)
            column += len(part) + 1
            if part.strip():
                items.append(Text(part, place, gap=gap))
                gap = 0
            elif not index:
                gap += 1
        shown.append(" ".join(kept))
    if bad:
        line = shown[(bad.line or 1) - 1].strip()
        log.add("RK116", bad, at=file, quote=line, character="U+FFFD", count=1)
    return Stream(file, "text", tuple(items), text="\n".join(shown), lines=True)


def _one_line_end(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
