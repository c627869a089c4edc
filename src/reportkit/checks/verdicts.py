"""From verdicts on claims to findings: the computation, both quotes and places, the severity.

How sure a verdict is sets the severity: an error from 0.9 on, a warning from 0.6, else information.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..claims.verdict import LIKELY, SURE, Said, Verdict
from ..model.diagnostic import Finding, Related, Severity

LEAST = 0.4
"""What is less sure is not told."""
_LONGEST = 200


def findings(code: str, verdicts: Iterable[Verdict | None]) -> Iterator[Finding]:
    """The findings of one rule, each place and message once."""
    for verdict in verdicts:
        if verdict is not None and verdict.confidence >= LEAST:
            yield _finding(code, verdict)


def severity(confidence: float) -> Severity:
    """What a confidence asks of the writer."""
    if confidence >= SURE:
        return Severity.ERROR
    return Severity.WARNING if confidence >= LIKELY else Severity.INFO


def _finding(code: str, verdict: Verdict) -> Finding:
    others = [other for other in verdict.others if other is not verdict.claim]
    return Finding(
        code=code,
        place=verdict.claim.place,
        quote=verdict.claim.quote[:_LONGEST],
        severity=severity(verdict.confidence),
        args={
            "what": verdict.what,
            "quote": verdict.claim.quote,
            "working": verdict.working,
            "others": "；".join(_shown(other) for other in others[:6]),
            "sure": round(verdict.confidence * 100),
        },
        related=tuple(Related(place=o.place, quote=o.quote[:_LONGEST]) for o in others),
    )


def _shown(other: Said) -> str:
    return f"“{other.quote.strip()}”"
