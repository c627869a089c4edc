"""What is made of all outcomes together, at the end of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..model.diagnostic import Diagnostic
from ..model.standard import Standard
from ..refusals import CannotDo
from .outcome import Outcome
from .store import Store
from .summary import SummaryOptions


def finish(
    outcomes: Sequence[Outcome],
    store: Store,
    roster: Path | None,
    standards: Path | None,
    options: SummaryOptions | None,
) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Compare the submissions with each other, and write what is for all of them.

    Gives what is found between them: by the name of the item, and without a name what concerns
    none of them.

    Raises:
        CannotDo: the output cannot be written.
    """
    from ..checks.between import check_between
    from ..checks.between.gathering import Gathering
    from ..reading.roster import read_roster
    from .summary import write

    digests = [outcome.digest for outcome in outcomes if outcome.digest is not None]
    expected = read_roster(roster) if roster else None
    explanations = {outcome.item.name: outcome.explanations for outcome in outcomes}
    between = check_between(digests, expected, explanations)
    write(
        outcomes,
        between,
        store,
        standards=_standards(outcomes, standards),
        entries=Gathering(digests, expected).entries,
        options=options,
    )
    return between


def _standards(outcomes: Sequence[Outcome], folder: Path | None) -> dict[str, Standard]:
    """The standards that the submissions name; those that there are not are left out."""
    from ..workflow import find_standard

    found = {}
    for name in sorted({o.digest.standard for o in outcomes if o.digest is not None}):
        try:
            found[name] = find_standard(name, folder)
        except CannotDo:
            continue
    return found
