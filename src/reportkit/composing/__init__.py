"""Composing: the only room that assigns numbers, resolves references and binds values.

``outline`` puts the chapters in print order, ``numbering`` gives out all numbers, ``blocks`` and
``parts`` then walk through the submission and make what prints. ``inline`` reads inline Markdown
and ``runs`` binds it; ``facts``, ``values`` and ``filters`` take values from the data.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportkit.model.data import Observation
from reportkit.model.report import Report
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission

if TYPE_CHECKING:
    from .values import Values


def compose(
    submission: Submission,
    standard: Standard,
    *,
    draft: bool = False,
    history: Iterable[Observation] = (),
) -> Report:
    """The numbered report that both writers print, word for word.

    ``history`` are observations of earlier submissions; the submission's own come first.

    Never fails: what cannot be composed prints as a visible gap in 〔〕 and stands in
    ``Report.problems``.
    """
    from .assemble import assemble

    return assemble(submission, standard, draft=draft, history=tuple(history))


def values_of(
    submission: Submission, standard: Standard, history: Iterable[Observation] = ()
) -> "Values":
    """All values of a submission: those that it gives, and those that formulas give."""
    from .context import values_of as make

    return make(submission, standard, tuple(history))


__all__ = ["compose", "values_of"]
