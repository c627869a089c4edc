"""Diagnostics for tests, and what is found in commented files."""

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from reportkit.model.base import Place
from reportkit.model.diagnostic import Diagnostic, Severity

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NO_COMMENTS = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def found(
    message: str,
    paragraph: int | None = None,
    quote: str = "",
    column: int | None = None,
    *,
    code: str = "RK301",
    cell: str | None = None,
    explained: str | None = None,
) -> Diagnostic:
    """A diagnostic at a paragraph or cell."""
    return Diagnostic(
        code=code,
        rule="rule",
        severity=Severity.ERROR,
        message=message,
        place=Place(file="a.docx", paragraph=paragraph, column=column, cell=cell),
        quote=quote,
        expected="六、",
        hint="改正编号。",
        explained=explained,
    )


def parts(file: Path) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def commented(file: Path) -> list[tuple[str, str]]:
    """The words that each comment of ours marks, with the comment's text without its head."""
    content = parts(file)
    root = etree.fromstring(content["word/document.xml"])
    said = {
        c.get(f"{W}id"): "\n".join("".join(p.itertext(f"{W}t")) for p in c.iter(f"{W}p"))
        for c in etree.fromstring(content["word/comments.xml"])
        if c.get(f"{W}author") == "reportkit"
    }
    return [(marked(root, identity), said[identity]) for identity in said if identity]


def marked(root: Any, identity: str) -> str:
    """The text between the marks of a comment, each of which is there once."""
    inside, words, ends = False, "", 0
    for item in root.iter():
        if item.tag == f"{W}commentRangeStart" and item.get(f"{W}id") == identity:
            inside = True
        elif item.tag == f"{W}commentRangeEnd" and item.get(f"{W}id") == identity:
            assert inside
            inside, ends = False, ends + 1
        elif inside and item.tag == f"{W}t":
            words += item.text or ""
    references = [r for r in root.iter(f"{W}commentReference") if r.get(f"{W}id") == identity]
    assert (ends, len(references), inside) == (1, 1, False)
    return words


def without_marks(content: bytes) -> str:
    """The text of document.xml, to see that nothing but marks was added."""
    return "".join(etree.fromstring(content).itertext())
