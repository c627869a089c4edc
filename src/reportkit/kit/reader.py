"""Filled files of a kit → what reading gives back for any submission."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..model.base import Place
from ..model.standard import Standard
from ..reading import ReadResult
from ..reading.importing.docx import read_docx
from ..reading.result import Aside
from ..reading.source import Log
from ..reading.workbook import Book, data_only, read_book
from .filled import read_filled
from .merge import merge
from .origin import origin

Find = Callable[[str], Standard]


def read(files: Sequence[Path], find: Find) -> ReadResult:
    """The submission in a template, a workbook, or both."""
    log = Log()
    books = [file for file in files if file.suffix.lower() in (".xlsx", ".xlsm")]
    texts = [file for file in files if file not in books]
    root = files[0].parent
    _more_than_one(books, texts, log)
    named = {file: name for file in (*texts, *books) if (name := origin(file))}
    if not named:
        _unreadable(files, log)
        return ReadResult(None, root, "kit" if texts else "workbook", tuple(log.findings))
    standard = find(next(iter(named.values())))
    _agree(named, standard, log)
    names = {indicator.name: indicator.id for indicator in standard.indicators}
    book = read_book(books[0], log, names) if books else None
    if book is not None and book.standard and book.version != standard.version:
        log.add("RK163", book.place, at=book.file, file=book.file, made=book.version,
                now=standard.version)  # fmt: skip
    if not texts:
        made = data_only(book) if book and book.known else None
        blanks = book.blanks if book else {}
        return ReadResult(made, root, "workbook", tuple(log.findings), blanks=blanks)
    return _with_text(texts[0], standard, book, log)


def _with_text(file: Path, standard: Standard, book: Book | None, log: Log) -> ReadResult:
    content = file.read_bytes()
    stream = read_docx(file.name, content, log)
    if stream is None:
        return ReadResult(None, file.parent, "kit", tuple(log.findings))
    filled = read_filled(stream, standard)
    log.findings += filled.findings
    asides: tuple[Aside, ...] = filled.asides
    if filled.submission is None:
        return ReadResult(None, file.parent, "kit", tuple(log.findings), {}, asides)
    merged = merge(filled.submission, standard, book)
    log.findings += merged.findings
    found, blanks = tuple(log.findings), book.blanks if book else {}
    return ReadResult(merged.submission, file.parent, "kit", found, asides=asides, blanks=blanks)


def _more_than_one(books: Sequence[Path], texts: Sequence[Path], log: Log) -> None:
    for extra in (*books[1:], *texts[1:]):
        log.add("RK161", Place(file=extra.name), quote=extra.name, at=extra.name, sheet="",
                reason=f"{extra.name} 没有读入：一次只读一份填报模板和一份填报数据",
                advice="请分开导入。")  # fmt: skip


def _unreadable(files: Sequence[Path], log: Log) -> None:
    """Say of each file why it cannot be read, or that it is no file of a kit."""
    for file in files:
        before = len(log.findings)
        if not file.is_file():
            log.add("RK101", Place(file=file.name), path=str(file), reason="不存在")
        elif file.suffix.lower() in (".xlsx", ".xlsm"):
            read_book(file, log)
        else:
            read_docx(file.name, file.read_bytes(), log)
        if len(log.findings) == before:
            log.add("RK161", Place(file=file.name), quote=file.name, at=file.name, sheet="",
                    reason=f"{file.name} 不是由 reportkit kit 生成的文件",
                    advice="请用生成的填报模板和填报数据填写。")  # fmt: skip


def _agree(named: dict[Path, str], standard: Standard, log: Log) -> None:
    for file, name in named.items():
        if name != standard.id:
            log.add("RK161", Place(file=file.name), quote=name, at=file.name, sheet="",
                    reason=f"{file.name} 属于另一个编制规范 {name}，与 {standard.id} 不一致",
                    advice="请用同一次生成的模板和数据表。")  # fmt: skip
