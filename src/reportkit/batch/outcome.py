"""What became of one item of a batch; everything that is made for all of them reads these."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from ..checks.between import Digest
from ..model.base import Model
from ..model.diagnostic import Diagnostic, Severity
from ..model.submission import Explanation


class State(StrEnum):
    """How an item ended."""

    PASSED = "passed"
    FAILED = "failed"
    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {
            "passed": "合格",
            "failed": "有错误",
            "unreadable": "读不出",
            "timeout": "超时",
            "memory": "内存超限",
            "crashed": "程序中断",
            "changed": "读取时有改动",
        }[self.value]


class Item(Model):
    """One submission in the folder: ``name`` is unique in the batch, paths are relative to it.

    A kit pair has two paths.
    """

    name: str
    paths: tuple[str, ...]
    form: Literal["folder", "json", "kit", "report"]


class File(Model):
    """A file that was made: its path below the output folder, and SHA-256 of its bytes."""

    kind: Literal["docx", "pdf", "html", "json", "comments", "letter"]
    path: str
    sha256: str


class Outcome(Model):
    """The result for one item. Identical input gives an identical outcome, wherever it was made.

    ``reason`` says in Chinese why there is no (complete) result. ``diagnostics`` are those of the
    item alone; what is found between submissions is kept apart.
    """

    item: Item
    key: str = Field(description="Fingerprint of input, standards, styles, program and options.")
    state: State
    reason: str = ""
    title: str = ""
    pages: int | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    spots: tuple[tuple[str, ...], ...] = Field(
        default=(),
        description="Of each diagnostic its place in the writer's words, and those of what it is "
        "related to (checks.spoken_places).",
    )
    explanations: tuple[Explanation, ...] = ()
    digest: Digest | None = None
    files: tuple[File, ...] = ()

    def count(self, severity: Severity) -> int:
        """Number of diagnostics of a severity; explained warnings are not counted."""
        return sum(d.severity is severity and d.explained is None for d in self.diagnostics)
