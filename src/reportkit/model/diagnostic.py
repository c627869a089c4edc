"""Findings: what a reader or a rule has to say, with its place."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from .base import Model, Place


class Severity(StrEnum):
    """Severities, with the names that users know from the education statistics system."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese name, with what it asks of the writer."""
        return {
            "error": "逻辑校验（必须改正）",
            "warning": "经验校验（改正或说明）",
            "info": "提示",
        }[self.value]


class Related(Model):
    """Another place that a finding is about, such as the other side of a contradiction.

    ``item`` names the submission that it lies in, where that is another one.
    """

    place: Place
    section: str = ""
    quote: str = ""
    item: str = ""


class Finding(Model):
    """What a rule found: arguments and places. Its text is made from the rule's message.

    ``args`` fill the placeholders of the rule's message, expectation and hint.
    ``subject`` is the text that an explanation of this finding is bound to; it defaults to the
    quote.
    """

    code: str
    place: Place
    quote: str = Field(default="", max_length=400)
    args: dict[str, Any] = Field(default_factory=dict)
    at: str = Field(default="", description="Id of the block, section or file that it concerns.")
    section: str = Field(default="", description="Heading path; filled by the engine if empty.")
    subject: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity | None = Field(
        default=None, description="Only where it differs from the rule's own."
    )
    item: str = Field(default="", description="The submission it is about, of many.")


class Diagnostic(Model):
    """A finding with its text, ready to be shown."""

    code: str
    rule: str
    severity: Severity
    message: str
    place: Place
    section: str = ""
    quote: str = ""
    expected: str = ""
    hint: str = ""
    source: str = ""
    at: str = ""
    content: str = Field(default="", description="Fingerprint for an explanation to bind to.")
    explained: str | None = Field(default=None, description="The writer's reason, if explained.")
    related: tuple[Related, ...] = ()
