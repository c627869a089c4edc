"""Runs every rule over a submission and turns findings into diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..model.base import Place
from ..model.diagnostic import Diagnostic, Finding, Related
from .catalogue import rules as all_rules
from .context import Context
from .explanations import explain_warnings
from .quoting import Sources
from .registry import Needs, Rule
from .wording import diagnose

if TYPE_CHECKING:
    from ..model.report import Report
    from ..model.standard import Standard
    from ..reading import ReadResult

INTERNAL = "RK100"


def check(
    result: ReadResult,
    standard: Standard | None,
    report: Report | None,
    *,
    rules: Sequence[Rule] | None = None,
    strict: bool = False,
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a submission, by file and line, explanations applied.

    ``standard`` and ``report`` are None where reading did not get that far; rules that need them
    rest. A rule that fails becomes a finding itself, unless ``strict`` lets it raise.
    """
    return _Engine(result, standard, report, strict).run(all_rules() if rules is None else rules)


class _Engine:
    def __init__(
        self, result: ReadResult, standard: Standard | None, report: Report | None, strict: bool
    ) -> None:
        self.context = Context(result, standard, report)
        self.sources = Sources(result.sources)
        self.strict = strict
        self.severities = standard.severities if standard else {}

    def run(self, rules: Sequence[Rule]) -> tuple[Diagnostic, ...]:
        self._prepare()
        register = {rule.code: rule for rule in all_rules()}
        found = self._all(rules, register)
        diagnostics = list(dict.fromkeys(self._diagnostic(register[f.code], f) for f in found))
        submission = self.context.result.submission
        if submission is not None:
            chosen = {rule.code for rule in rules if Needs.OTHERS not in rule.needs}
            answers = [e for e in submission.metadata.explanations if e.rule in chosen]
            diagnostics, idle = explain_warnings(diagnostics, answers)
            diagnostics += [self._diagnostic(register[f.code], f) for f in idle]
        return tuple(sorted(diagnostics, key=self._order()))

    def _prepare(self) -> None:
        """Number the sections first, so that their headings read the same to every rule."""
        if {Needs.SUBMISSION, Needs.STANDARD} <= self.context.has:
            try:
                _ = self.context.outline
            except Exception:  # the rules that need it will tell
                if self.strict:
                    raise

    def _all(self, rules: Sequence[Rule], register: dict[str, Rule]) -> Iterator[Finding]:
        for rule in rules:
            if rule.needs <= self.context.has:
                yield from self._findings(rule)
        for code in sorted(self.context.emitted_codes - register.keys()):
            for finding in self.context.emitted(code):
                yield _internal(f"未登记的规则 {code}", finding.place)

    def _findings(self, rule: Rule) -> list[Finding]:
        try:
            return list(rule.find(self.context))
        except Exception as error:  # a fault of ours must not hide what other rules found
            if self.strict:
                raise
            return [_internal(f"规则 {rule.code} 出错（{type(error).__name__}）", Place())]

    def _diagnostic(self, rule: Rule, finding: Finding) -> Diagnostic:
        """Complete a finding (exact place, section, id) and word it."""
        severity = finding.severity or self.severities.get(rule.code) or rule.severity
        node = self.context.node_at(finding.place)
        place, quote = self.sources.locate(finding.place, finding.quote)
        imported = self.context.result.as_handed_in
        made = diagnose(rule, finding, severity, strict=self.strict, imported=imported)
        return made.model_copy(
            update={
                "place": place,
                "quote": quote,
                "section": finding.section or (node.path if node else ""),
                "at": finding.at or (node.at if node else place.file),
                "related": tuple(self._related(other) for other in finding.related),
            }
        )

    def _related(self, other: Related) -> Related:
        node = self.context.node_at(other.place)
        place, quote = self.sources.locate(other.place, other.quote)
        section = other.section or (node.path if node else "")
        return Related(place=place, section=section, quote=quote)

    def _order(self) -> _Order:
        files = ["report.yaml"]
        if self.context.result.submission is not None:
            files += [c.file or "" for c in self.context.submission.chapters]
        return _Order(files)


class _Order:
    """Sorts as a reader goes: the manifest, the chapters in order, then other files by name."""

    def __init__(self, files: Sequence[str]) -> None:
        self.rank = {name: index for index, name in reversed(list(enumerate(files)))}

    def __call__(self, diagnostic: Diagnostic) -> tuple[object, ...]:
        place = diagnostic.place
        return (
            self.rank.get(place.file, len(self.rank)),
            place.file,
            place.line or place.paragraph or 0,
            place.column or 0,
            diagnostic.code,
            diagnostic.message,
        )


def _internal(what: str, place: Place) -> Finding:
    return Finding(code=INTERNAL, place=place, args={"what": what})
