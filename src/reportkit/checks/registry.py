"""The register of rules: what each checks, how it is worded, where it comes from, how it looks.

A rule is a generator of findings over immutable models. Its code, name, severity, source, wording
and examples stand together in one decorator; ``reportkit explain`` and ``docs/rules.md`` are made
from them, and the examples are run as tests.

    @rule(code="RK201", name="section-missing", title="缺少必有的章节", severity=Severity.ERROR, …)
    def section_missing(context: Context) -> Iterator[Finding]: …
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from ..model.diagnostic import Finding, Severity

if TYPE_CHECKING:
    from .context import Context

Find = Callable[[Any], Iterator[Finding]]
"""Finds in a ``Context``, or in a ``between.Gathering`` where a rule needs others."""
_Found = TypeVar("_Found", bound=Find)


class Basis(StrEnum):
    """What kind of source a rule rests on, from the strongest to the weakest."""

    CLAUSE = "标准条文"
    STANDARD = "编制规范"
    PRACTICE = "通行做法"
    INFERRED = "由已公布的年报归纳"
    FORMAT = "报送件格式"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: the kind of source, and the clause, notice or observation.

    A finding may add what its standard says about the fact in question by the argument
    ``basis``.
    """

    basis: Basis
    text: str

    def __str__(self) -> str:
        return f"{self.basis.value}：{self.text}"


class Needs(StrEnum):
    """What must be there before a rule can judge."""

    SUBMISSION = "submission"
    STANDARD = "standard"
    REPORT = "report"
    WHOLE = "whole"
    """Every chapter could be read, so that nothing only seems to be missing."""
    OTHERS = "others"
    """Many submissions side by side: the rule looks at a gathering of them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``message``, ``expected`` and ``hint`` are templates filled from Finding.args.

    ``hint_report`` is the hint for a report that is checked as it stands, where the usual one
    speaks of submission files.
    """

    code: str
    name: str
    title: str
    severity: Severity
    source: Source
    why: str
    message: str
    expected: str
    hint: str
    good: str
    bad: str
    find: Find
    needs: frozenset[Needs] = frozenset()
    hint_report: str = ""


_RULES: dict[str, Rule] = {}


def add(new: Rule) -> None:
    """Enter a rule; a code or name can be given only once."""
    for old in _RULES.values():
        if new.code == old.code or new.name == old.name:
            raise ValueError(f"{new.code} {new.name} is already taken by {old.code} {old.name}")
    _RULES[new.code] = new


def rule(
    *,
    code: str,
    name: str,
    title: str,
    severity: Severity,
    source: Source,
    why: str,
    message: str,
    expected: str,
    hint: str,
    good: str,
    bad: str,
    needs: tuple[Needs, ...] = (),
    hint_report: str = "",
) -> Callable[[_Found], _Found]:
    """Register the decorated generator function as a rule."""

    def register(find: _Found) -> _Found:
        add(
            Rule(
                code, name, title, severity, source, why, message, expected, hint,
                good.strip("\n"), bad.strip("\n"), find, frozenset(needs), hint_report,
            )
        )  # fmt: skip
        return find

    return register


def emitted(
    *,
    code: str,
    name: str,
    title: str,
    severity: Severity,
    source: Source,
    why: str,
    message: str,
    expected: str,
    hint: str,
    good: str,
    bad: str,
) -> None:
    """Register a rule whose findings come from readers, the composer or the writers."""

    def find(context: Context) -> Iterator[Finding]:
        yield from context.emitted(code)

    rule(
        code=code, name=name, title=title, severity=severity, source=source, why=why,
        message=message, expected=expected, hint=hint, good=good, bad=bad,
    )(find)  # fmt: skip


def registered() -> tuple[Rule, ...]:
    """The rules registered so far, by code; ``catalogue.rules`` registers all first."""
    return tuple(_RULES[code] for code in sorted(_RULES))
