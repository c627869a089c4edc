"""What reading gives back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from reportkit.model.base import Place
from reportkit.model.data import Observation
from reportkit.model.diagnostic import Finding
from reportkit.model.submission import Metadata, Submission


class OutputExists(Exception):
    """The output is already there and is not overwritten; the argument is its path."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Text of an imported file that is not in the submission, with the reason in Chinese."""

    text: str
    place: Place
    reason: str


@dataclass(frozen=True)
class ReadResult:
    """A submission as read.

    ``submission`` is None where too little could be understood to go on. ``sources`` holds the
    text of every text file that was read, by ``Place.file``; control characters in it are already
    replaced, so that it can be shown. ``root`` is the folder, or the folder of the document. A
    report that was imported has another ``form`` than those of submissions (``kit`` is a filled
    template, ``workbook`` its data alone), and ``asides`` holds
    what of its text is not in the submission (页码, 目录的标题 …). ``previous`` is last year's
    submission, if one is named, and ``history`` holds its values for what this one does not give.
    ``blanks`` tells where the value of an indicator would stand in a workbook that was not filled.
    """

    submission: Submission | None
    root: Path
    form: Literal["folder", "json", "text", "markdown", "docx", "pdf", "kit", "workbook"]
    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    history: tuple[Observation, ...] = ()
    previous: Submission | None = None
    blanks: Mapping[str, Place] = field(default_factory=dict)

    @property
    def imported(self) -> bool:
        """Whether this is a report as it stands, not a submission made for this program."""
        return self.form not in ("folder", "json", "kit", "workbook")

    def with_metadata(self, metadata: Metadata) -> "ReadResult":
        """The same with other facts about the report; only where it was read at all."""
        assert self.submission is not None
        changed = self.submission.model_copy(update={"metadata": metadata})
        return replace(self, submission=changed)

    @property
    def as_handed_in(self) -> bool:
        """Whether its author works in Word or Excel, and not in files of this program."""
        return self.form not in ("folder", "json")

    def with_findings(self, findings: Iterable[Finding]) -> "ReadResult":
        """The same with more findings."""
        return replace(self, findings=(*self.findings, *findings))
