"""What composing knows and gathers while it walks through a submission.

Findings of this room and their arguments (the rule registry words them):

===== ================================================================================
RK126 ``what``
RK130 ``expression``, ``reason``
RK131 ``name``, ``reason``, ``expression``; ``period``, ``scope`` where they matter
RK132 ``name``, ``path`` (the circle), ``expression``
RK133 ``name``
RK135 ``value``, ``reason``
RK136 ``name``, ``id``, ``period``, ``scope``
RK137 ``url``
RK326 ``label``
RK327 ``label``
===== ================================================================================
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportkit.model.base import Place
from reportkit.model.blocks import Footnote
from reportkit.model.data import Observation
from reportkit.model.diagnostic import Finding, Severity
from reportkit.model.report import FootnoteText, Label, Reference
from reportkit.model.standard import Numbering, Standard
from reportkit.model.submission import Submission

from .facts import Facts
from .numbering import ObjectNumber, Plan, SectionNumber
from .references import Scanner
from .values import Values

SECTION_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the text, a table or a chart that takes a fact from the data."""

    indicator: str
    period: str
    scope: str
    place: Place
    section: str


@dataclass(slots=True)
class Context:
    """The submission with its numbers, and what was found on the way, in reading order."""

    submission: Submission
    standard: Standard
    plan: Plan
    facts: Facts
    values: Values
    scanner: Scanner
    sections: Iterator[SectionNumber]
    objects: Iterator[ObjectNumber]
    assets: frozenset[str]
    footnotes: list[FootnoteText] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)
    in_note: bool = False
    case: str | None = None
    uses: list[Use] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        submission: Submission,
        standard: Standard,
        plan: Plan,
        history: tuple[Observation, ...] = (),
    ) -> "Context":
        """The context at the start of the walk."""
        values = values_of(submission, standard, history)
        return cls(
            submission=submission,
            standard=standard,
            plan=plan,
            facts=values.facts,
            values=values,
            scanner=Scanner(plan.patterns),
            sections=iter(plan.sections),
            objects=iter(plan.objects),
            assets=frozenset(asset.path for asset in submission.assets),
        )

    @property
    def numbering(self) -> Numbering:
        """The standard's patterns."""
        return self.standard.numbering

    @property
    def section(self) -> str:
        """The headings above the present place, as one line."""
        return SECTION_SEPARATOR.join(self.headings)

    @contextmanager
    def using(self, place: Place | None) -> Iterator[None]:
        """Note that the facts looked up meanwhile are used at ``place``."""
        self.facts.used.clear()
        try:
            yield
        finally:
            where = (place or Place()).bare
            self.uses += [Use(*key, where, self.section) for key in sorted(self.facts.used)]

    def report(self, code: str, place: Place | None, quote: str, **args: str) -> None:
        """Note something that could not be composed."""
        self._note(code, place, quote, None, args)

    def warn(self, code: str, place: Place | None, quote: str, **args: str) -> None:
        """Note something that prints, but perhaps not as its author meant."""
        self._note(code, place, quote, Severity.WARNING, args)

    def _note(
        self,
        code: str,
        place: Place | None,
        quote: str,
        severity: Severity | None,
        args: dict[str, str],
    ) -> None:
        self.problems.append(
            Finding(
                code=code,
                place=place or Place(),
                quote=quote[:400],
                severity=severity,
                args=args,
                section=self.section,
            )
        )


def values_of(
    submission: Submission, standard: Standard, history: tuple[Observation, ...] = ()
) -> Values:
    """All values of a submission; its own definitions of indicators come before the standard's."""
    own = {indicator.id for indicator in submission.metadata.indicators}
    indicators = (
        *(each for each in standard.indicators if each.id not in own),
        *submission.metadata.indicators,
    )
    period = submission.metadata.data_period
    return Values(Facts(submission.data, indicators, period, history, own))
