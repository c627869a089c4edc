"""Verify a produced file: what it was made from, whether it was changed, whether it can be made
again.

A file carries its record (``writing/record.py``). For a Word document the record also has digests
of what the document showed, so changes are found paragraph by paragraph. A PDF has none: there
only building it again from the submission tells.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .production import Job, produce, record_of
from .refusals import CannotDo
from .workflow import load_look, open_submission

if TYPE_CHECKING:
    from pypdf import PdfReader

    from .writing.docx.seal import Shown
    from .writing.pdf.document import Form
    from .writing.record import Record

Kind = Literal["changed", "added", "removed"]
_DAMAGED = (ValueError, LookupError, AttributeError, TypeError, OSError, RecursionError)
"""What a PDF raises that is not whole."""
_INPUTS = {
    "submission_digest": "报送件",
    "standard_digest": "编制规范",
    "style_digest": "版式",
    "program": "程序版本",
}


class State(StrEnum):
    """What became of a file since it was written; ``UNKNOWN`` where nothing in it tells."""

    UNTOUCHED = "untouched"
    RESAVED = "resaved"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Change:
    """A paragraph (or a page of a PDF, by its number) that is not as it was written.

    ``before`` is known only where the file could be made again.
    """

    kind: Kind
    number: int
    text: str = ""
    before: str | None = None


@dataclass(frozen=True)
class Rebuilt:
    """The file made again: ``other`` are the inputs that differ from those recorded.

    ``identical`` byte by byte, ``alike`` in all but the record that it carries; ``changes`` lead
    from it to the file at hand.
    """

    other: tuple[str, ...]
    identical: bool
    alike: bool
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Verified:
    """The result. ``touched`` names what else was changed besides paragraphs."""

    path: Path
    record: Record | None
    state: State
    changes: tuple[Change, ...] = ()
    touched: tuple[str, ...] = ()
    rebuilt: Rebuilt | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the file; see ``known`` for whether anything speaks."""
        sound = self.record is None or self.record.consistent
        made = self.rebuilt is None or not self.rebuilt.changes
        return sound and made and self.state is not State.CHANGED

    @property
    def known(self) -> bool:
        """Whether the file says what it was made from, or was compared with its submission."""
        return self.record is not None or self.rebuilt is not None


def verify(
    path: Path,
    *,
    submission: Path | None = None,
    style: str | None = None,
    standards: Path | None = None,
) -> Verified:
    """Verify a DOCX or PDF file; with ``submission``, build it again and compare.

    Raises:
        CannotDo: it is no such file, or it cannot be built again.
    """
    file = _open(path)
    if submission is None:
        return _verified(path, file)
    twin, other = _rebuild(file, submission, style, standards)
    identical = twin.content == file.content
    alike = identical or (bool(twin.parts) and twin.parts == file.parts)
    changes = () if alike else tuple(_changes(twin.texts, file.texts, twin.texts))
    known = twin.texts if file.recorded == twin.texts_digests else None
    return _verified(path, file, Rebuilt(other, identical, alike, changes), known)


class _File:
    """A file at hand, as far as verification looks into it."""

    form: Literal["docx", "pdf"]
    record: Record | None = None
    recorded: Sequence[str] = ()
    """Digests of its paragraphs when it was written."""
    texts: Sequence[str] = ()
    texts_digests: Sequence[str] = ()
    parts: Mapping[str, str]

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.parts = {}

    def state(self) -> tuple[State, tuple[str, ...]]:
        """What became of it, and what besides text was changed."""
        return State.UNKNOWN, ()


class _Word(_File):
    form = "docx"

    def __init__(self, content: bytes) -> None:
        from .reading.ooxml import Refused, open_package
        from .writing.docx.seal import look, unseal, words

        super().__init__(content)
        try:
            with open_package(content, "docx") as package:
                members = {name: package.read(name) for name in package.names}
            self.now: Shown = look(members)
            self.texts = list(words(members))
        except Refused as refused:
            raise CannotDo(f"读不了这份 Word 文件：{refused.reason}。{refused.advice}") from refused
        self.parts, self.texts_digests = self.now.parts, self.now.paragraphs
        self.then: Shown | None = None
        sealed = unseal(members)
        if sealed is not None:
            self.record, self.then = sealed
            self.recorded = self.then.paragraphs

    def state(self) -> tuple[State, tuple[str, ...]]:
        now, then = self.now, self.then
        if then is None:
            return State.UNKNOWN, ()
        touched = [
            name
            for name, same in (
                ("页眉、页脚或“草稿”字样", now.margins == then.margins),
                ("图片", now.pictures == then.pictures),
            )
            if not same
        ]
        if now.words != then.words or touched:
            return State.CHANGED, tuple(touched)
        return (State.UNTOUCHED if now.parts == then.parts else State.RESAVED), ()


class _Pdf(_File):
    form = "pdf"

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.record = _attached(content)

    @property
    def texts(self) -> Sequence[str]:  # type: ignore[override]
        """The text of each page."""
        return [page.extract_text() for page in _reader(self.content).pages]

    def state(self) -> tuple[State, tuple[str, ...]]:
        appended = self.content.count(b"%%EOF") > 1
        return (State.CHANGED, ("输出之后追加的内容",)) if appended else (State.UNKNOWN, ())


def _open(path: Path) -> _File:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotDo(f"读不了 {path}：不存在，或没有读取权限。") from error
    if content.startswith(b"%PDF-"):
        return _Pdf(content)
    if content.startswith(b"PK"):
        return _Word(content)
    raise CannotDo(f"{path} 既不是 DOCX，也不是 PDF。")


def _reader(content: bytes) -> PdfReader:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        reader.get_num_pages()
    except (PyPdfError, *_DAMAGED) as error:
        raise CannotDo("读不了这份 PDF：文件已损坏，或加了密码。") from error
    return reader


def _attached(content: bytes) -> Record | None:
    """The record among the attachments of a PDF."""
    from pypdf.errors import PyPdfError

    from .writing.record import FILES, SOURCE, parse

    try:
        found = {name: items[0] for name, items in _reader(content).attachments.items()}
        facts = json.loads(found[SOURCE])
        documents = {key: found[name].decode() for key, name in FILES.items() if name in found}
    except (PyPdfError, *_DAMAGED):
        return None
    return parse(facts, documents) if isinstance(facts, dict) else None


def _verified(
    path: Path, file: _File, rebuilt: Rebuilt | None = None, before: Sequence[str] | None = None
) -> Verified:
    state, touched = file.state()
    changes: tuple[Change, ...] = ()
    if state is State.CHANGED and file.recorded:
        changes = tuple(_changes(file.recorded, file.texts_digests, before, file.texts))
    return Verified(path, file.record, state, changes, touched, rebuilt)


def _rebuild(
    file: _File, submission: Path, style: str | None, standards: Path | None
) -> tuple[_File, tuple[str, ...]]:
    """The file made again from the submission, and the inputs that are not those recorded."""
    record = file.record
    opened = open_submission(
        submission, draft=record.draft if record else False, standards=standards
    )
    if opened.report is None or opened.result.submission is None:
        raise CannotDo(f"{submission} 读不出报送件；请先运行 reportkit check {submission}")
    named = style or (record.style if record else opened.result.submission.metadata.style)
    look = load_look(named)
    exact = record is not None and record.pages == "exact"
    with tempfile.TemporaryDirectory() as folder:
        form: Form = "a3" if record is not None else "ua"
        made = produce(Job(opened, look, Path(folder, "again"), (file.form,), exact, form))
        if not made.files:
            raise CannotDo("不能重新生成：" + "；".join(why for _, why in made.skipped))
        twin = _open(made.files[0])
    now = record_of(opened, look)
    if record is None or now is None:
        return twin, ()
    return twin, tuple(
        name for key, name in _INPUTS.items() if getattr(record, key) != getattr(now, key)
    )


def _changes(
    then: Sequence[str],
    now: Sequence[str],
    before: Sequence[str] | None,
    texts: Sequence[str] | None = None,
) -> list[Change]:
    """What leads from ``then`` to ``now``; ``before`` and ``texts`` are the words of the two."""
    texts = now if texts is None else texts
    made = []
    for kind, a, b, c, d in SequenceMatcher(None, then, now).get_opcodes():
        if kind == "equal":
            continue
        old, new = list(range(a, b)), list(range(c, d))
        for place in range(max(len(old), len(new))):
            was = old[place] if place < len(old) else None
            is_ = new[place] if place < len(new) else None
            told = before[was] if before is not None and was is not None else None
            if is_ is None:
                made.append(Change("removed", (was or 0) + 1, "", told))
            else:
                form: Kind = "added" if was is None else "changed"
                made.append(Change(form, is_ + 1, texts[is_], told))
    return made
