"""What is made of all outcomes together, at the end of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.diagnostic import Diagnostic
from ..refusals import CannotDo
from .outcome import Outcome
from .store import Store

if TYPE_CHECKING:
    from ..reading.roster import Roster


def finish(
    outcomes: Sequence[Outcome], store: Store, roster: Path | None, standards: Path | None
) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Compare the submissions with each other, and write what is for all of them.

    Gives what is found between them: by the name of the item, and without a name what concerns
    none of them.

    Raises:
        CannotDo: the roster cannot be read, or the output cannot be written.
    """
    from ..checks.between import check_between

    return check_between(
        [outcome.digest for outcome in outcomes if outcome.digest is not None],
        _roster(roster),
        {outcome.item.name: outcome.explanations for outcome in outcomes},
    )


def _roster(path: Path | None) -> Roster | None:
    from ..reading.roster import read_roster

    if path is None:
        return None
    if not path.is_file():
        raise CannotDo(f"没有名单文件 {path}。")
    return read_roster(path)
