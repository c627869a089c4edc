"""Submission + Standard → Report: number, then compose in reading order."""

from reportkit.model.data import Observation
from reportkit.model.report import Part, Report
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission

from .context import Context, Use
from .numbering import number
from .outline import arrange
from .parts import parts
from .values import Values


def assemble(
    submission: Submission,
    standard: Standard,
    *,
    draft: bool = False,
    history: tuple[Observation, ...] = (),
) -> Report:
    """The numbered report that both writers print, word for word.

    Never fails: what cannot be composed prints as a visible gap in 〔〕 and stands in
    ``Report.problems``. ``draft`` is only passed on.
    """
    context, made = _walk(submission, standard, history)
    metadata = submission.metadata
    return Report(
        title=metadata.title,
        title_year=metadata.title_year,
        organisation=metadata.organisation.name,
        issuer=metadata.cover.issuer or metadata.organisation.name,
        standard=standard.id,
        standard_title=standard.title,
        date=metadata.filed_on.isoformat() if metadata.filed_on else "",
        draft=draft,
        footnotes_restart=standard.numbering.footnotes_restart,
        footnote_pattern=standard.numbering.footnote,
        parts=made,
        footnotes=tuple(context.footnotes),
        labels=tuple(context.labels),
        references=tuple(context.references),
        assets=submission.assets,
        problems=tuple(context.problems),
    )


def uses(
    submission: Submission, standard: Standard, history: tuple[Observation, ...] = ()
) -> tuple[Values, tuple[Use, ...]]:
    """All values of a submission, and the places that take them, in reading order."""
    context, _ = _walk(submission, standard, history)
    return context.values, tuple(context.uses)


def _walk(
    submission: Submission, standard: Standard, history: tuple[Observation, ...]
) -> tuple[Context, tuple[Part, ...]]:
    chapters = arrange(submission, standard)
    plan = number(chapters, standard.numbering)
    context = Context.of(submission, standard, plan, history)
    return context, parts(context, chapters)
