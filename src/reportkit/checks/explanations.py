"""A writer's answers to warnings: which one they clear, which have lapsed, which answer nothing.

An explanation clears a warning of its rule at its place as long as the content is the one that it
was written for. Errors must be corrected; infos ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.base import Place
from ..model.diagnostic import Diagnostic, Finding, Related, Severity
from ..model.submission import Explanation

MANIFEST = "report.yaml"


def explain_warnings(
    diagnostics: Sequence[Diagnostic], explanations: Sequence[Explanation]
) -> tuple[list[Diagnostic], list[Finding]]:
    """Diagnostics with the reasons of those explained, and findings about the explanations."""
    reasons: dict[int, str] = {}
    idle = []
    for explanation in explanations:
        met = [
            index
            for index, diagnostic in enumerate(diagnostics)
            if _meets(explanation, diagnostic) and diagnostic.content == explanation.content
        ]
        if met:
            reasons.update(dict.fromkeys(met, explanation.reason))
        else:
            idle.append(explanation)
    shown = [
        d.model_copy(update={"explained": reasons[i]}) if i in reasons else d
        for i, d in enumerate(diagnostics)
    ]
    open_warnings = [d for d in shown if d.severity is Severity.WARNING and d.explained is None]
    return shown, [f for e in idle for f in _idle(e, diagnostics, open_warnings)]


def _meets(explanation: Explanation, diagnostic: Diagnostic) -> bool:
    return (
        diagnostic.severity is Severity.WARNING
        and diagnostic.code == explanation.rule
        and explanation.at in (diagnostic.at, diagnostic.place.file)
    )


def _idle(
    explanation: Explanation, everything: Sequence[Diagnostic], warnings: Sequence[Diagnostic]
) -> Iterator[Finding]:
    """Why an explanation clears nothing: its content changed, or there is nothing to explain."""
    place = explanation.place or Place(file=MANIFEST)
    same = [d for d in everything if d.code == explanation.rule]
    lapsed = [d for d in warnings if _meets(explanation, d)]
    args = {"rule": explanation.rule, "at": explanation.at, "old": explanation.content or ""}
    if lapsed:
        yield Finding(
            code="RK140",
            place=place,
            at=MANIFEST,
            args=args | {"new": [d.content for d in lapsed], "what": lapsed[0].message},
            related=tuple(Related(place=d.place, section=d.section, quote=d.quote) for d in lapsed),
        )
        return
    if any(d.severity is Severity.ERROR for d in same):
        why = "该规则属于逻辑校验，必须改正，不能用说明代替"
    elif any(d.severity is Severity.INFO for d in same):
        why = "该规则只是提示，不需要说明"
    elif same:
        why = f"这一位置没有该问题，该问题在 {'、'.join(dict.fromkeys(d.at for d in same))}"
    else:
        why = "检查中没有出现该规则的问题"
    yield Finding(code="RK141", place=place, at=MANIFEST, args=args | {"why": why})
