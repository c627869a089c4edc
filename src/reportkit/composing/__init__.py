"""Composing: the only room that assigns numbers, resolves references and binds values.

``outline`` puts the chapters in print order, ``numbering`` gives out all numbers, ``blocks`` and
``parts`` then walk through the submission and make what prints. ``inline`` reads inline Markdown
and ``runs`` binds it; ``facts``, ``values`` and ``filters`` take values from the data.
"""

from reportkit.model.report import Report
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission


def compose(submission: Submission, standard: Standard, *, draft: bool = False) -> Report:
    """The numbered report that both writers print, word for word.

    Never fails: what cannot be composed prints as a visible gap in 〔〕 and stands in
    ``Report.problems``.
    """
    from .assemble import assemble

    return assemble(submission, standard, draft=draft)


__all__ = ["compose"]
