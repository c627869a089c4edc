"""All rules: importing this module registers every family."""

from . import families  # noqa: F401  (registers them)
from .registry import Rule, registered


def rules() -> tuple[Rule, ...]:
    """All rules by code."""
    return registered()


def get(code_or_name: str) -> Rule | None:
    """The rule with this code or name, in any case of letters."""
    wanted = code_or_name.strip().casefold()
    for found in rules():
        if wanted in (found.code.casefold(), found.name):
            return found
    return None


def suggestions(code_or_name: str) -> list[str]:
    """Codes of rules whose code or name resembles what was asked for."""
    from rapidfuzz import process

    wanted = code_or_name.strip().casefold()
    names = {key: r.code for r in rules() for key in (r.code.casefold(), r.name, r.title)}
    near = process.extract(wanted, list(names), limit=4, score_cutoff=60)
    return list(dict.fromkeys(names[key] for key, _, _ in near))[:3]
