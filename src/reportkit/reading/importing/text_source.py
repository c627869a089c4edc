"""Plain text → lines, in whatever encoding it was saved."""

from reportkit.model.base import Place

from ..files import decode
from ..source import Log, clean
from .stream import Break, Item, Stream, Text

_SAVE_AS = "用记事本打开，“另存为”时编码选 UTF-8"


def read_text(file: str, content: bytes, log: Log) -> Stream | None:
    """The lines of a text file; None (and a finding) if it is in no known encoding."""
    text = decoded(file, content, log)
    return None if text is None else lines(file, text, log)


def decoded(file: str, content: bytes, log: Log) -> str | None:
    """The text of a file. Encodings other than UTF-8 are converted, and that is told (RK153)."""
    quiet = Log()
    text = decode(content, file, quiet)
    for finding in quiet.findings:
        if text is None:
            log.add("RK154", finding.place, at=file, what="编码无法识别的文件", how=_SAVE_AS)
        else:
            encoding = finding.args["encoding"]
            log.add("RK153", finding.place, at=file, file=file, encoding=encoding)
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
            bad = bad or (place if controls else None)
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
