"""What a produced file was made from: it travels in the file, so that the file can be verified.

The record is not a signature: whoever knows how can write another. It tells honest people which
submission, standard and look a file comes from, and whether it was changed since.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Literal

from lxml import etree

from reportkit.model.base import Model
from reportkit.model.standard import Standard
from reportkit.model.style import Style
from reportkit.model.submission import Submission
from reportkit.reading.plain import slim

NAMESPACE = "urn:reportkit:record:1"
LIMIT = 6_000_000
"""Bytes that each of submission, check result and explanations may have; what is larger is left
out, and its digest stands alone."""
FILES = {"submission": "报送件.json", "check": "检查结果.json", "explanations": "说明.json"}
SOURCE = "来源.json"
_ILLEGAL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


class Record(Model):
    """What a file was made from.

    The digests are SHA-256 in hex: of the submission with all that it refers to, of the standard,
    and of the look. ``submission`` is the JSON form in which each asset is told by its digest
    instead of its content; ``check`` the check result, ``explanations`` the writer's reasons.
    """

    program: str
    title: str
    standard: str
    standard_title: str
    standard_version: str
    style: str
    draft: bool = False
    pages: Literal["layout", "exact", "estimate"] = "layout"
    submission_digest: str
    standard_digest: str
    style_digest: str
    submission: str = ""
    check: str = ""
    explanations: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """All but the three documents, as text."""
        data = self.model_dump(exclude=set(FILES), mode="json")
        return {key: str(value).lower() if value in (True, False) else str(value)
                for key, value in data.items()}  # fmt: skip

    def files(self) -> dict[str, bytes]:
        """The record as files to attach; what was too large is left out."""
        made = {FILES[key]: getattr(self, key) for key in FILES if getattr(self, key)}
        made[SOURCE] = json.dumps(self.facts, ensure_ascii=False, indent=2) + "\n"
        return {name: text.encode() for name, text in made.items()}

    def element(self) -> etree._Element:
        """The record as XML: facts as attributes, the documents as text."""
        root = etree.Element(f"{{{NAMESPACE}}}record", self.facts, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
        for key in FILES:
            etree.SubElement(root, f"{{{NAMESPACE}}}{key}").text = getattr(self, key)
        return root

    @property
    def consistent(self) -> bool:
        """Whether the submission in the record is the one whose digest it names."""
        return not self.submission or digest(self.submission) == self.submission_digest


def make(
    submission: Submission,
    standard: Standard,
    style: Style,
    check: str,
    *,
    draft: bool = False,
    pages: Literal["layout", "exact", "estimate"] = "layout",
) -> Record:
    """The record of a file made from these; ``check`` is the check result as JSON."""
    text = submission_text(submission)
    explained = [slim(item) for item in submission.metadata.explanations]
    return Record(
        program=version("reportkit"),
        title=submission.metadata.title,
        standard=standard.id,
        standard_title=standard.title,
        standard_version=standard.version,
        style=style.id,
        draft=draft,
        pages=pages,
        submission_digest=digest(text),
        standard_digest=model_digest(standard),
        style_digest=model_digest(style),
        submission=_bounded(text),
        check=_bounded(_sound(check)),
        explanations=_bounded(_json(explained)),
    )


def submission_text(submission: Submission) -> str:
    """The submission as JSON on one line, each asset told by its size and digest."""
    data = slim(submission.model_copy(update={"assets": ()}))
    if submission.assets:
        data["assets"] = [
            {
                "path": asset.path,
                "size": len(asset.content),
                "sha256": hashlib.sha256(asset.content).hexdigest(),
            }
            for asset in submission.assets
        ]
    return _json(data)


def model_digest(model: Model) -> str:
    """The digest of a standard or a look."""
    return digest(_json(slim(model)))


def digest(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def parse(facts: Mapping[str, str], documents: Mapping[str, str]) -> Record | None:
    """A record from its facts and documents; None if it is none of ours."""
    try:
        return Record.model_validate({**facts, **documents})
    except ValueError:
        return None


def from_element(root: etree._Element) -> Record | None:
    """A record from its XML; None if it is none of ours."""
    if root.tag != f"{{{NAMESPACE}}}record":
        return None
    documents = {key: root.findtext(f"{{{NAMESPACE}}}{key}") or "" for key in FILES}
    facts = {str(key): str(value) for key, value in root.attrib.items()}
    return parse(facts, documents)


def _json(data: Any) -> str:
    return _sound(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _sound(text: str) -> str:
    """JSON text without characters that XML cannot hold; they stand in strings, so \\u says them.

    Line feeds stand between the entries of a JSON text and mean nothing there.
    """
    return _ILLEGAL.sub(lambda m: "\n" if m[0] == "\n" else f"\\u{ord(m[0]):04x}", text)


def _bounded(text: str) -> str:
    return text if len(text) * 3 <= LIMIT or len(text.encode()) <= LIMIT else ""
