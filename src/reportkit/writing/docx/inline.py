"""Runs of text: looks, footnote marks, references as REF fields, links."""

from functools import cache

from reportkit.model.report import Run, Runs

from .context import DOCUMENT, FOOTNOTES, Context
from .fields import PLAIN, field, look, text_run
from .xml import Element, el, qname, val

_NUMBER_FORMATS = {
    "{n}": "decimal",
    "{cn}": "chineseCountingThousand",
    "{roman}": "upperRoman",
    "{circled}": "decimalEnclosedCircleChinese",
}
_LAST_CIRCLED = 10


def _look(run: Run, context: Context) -> Element:
    """The look of a run. Chinese is not slanted: emphasis is 楷体 where the style has it."""
    kai = context.style.fonts.get("kai") if run.italic else None
    return _cached_look(run.bold, run.italic and kai is None, kai.word if kai else None)


@cache
def _cached_look(bold: bool, italic: bool, font: str | None) -> Element:
    return look(bold=bold, italic=italic, font=font)


_MARK = look(style="FootnoteReference")


def inline(runs: Runs, context: Context, source: str = DOCUMENT) -> list[Element]:
    """The elements of ``runs`` in the part ``source``."""
    made: list[Element] = []
    for run in runs:
        if run.footnote is not None:
            made.append(_note_mark(run.footnote, context))
        if not run.text:
            continue
        if run.link is None:
            made.append(text_run(run.text, _look(run, context)))
        elif run.link.startswith("#"):
            made += _reference(run, context)
        else:
            made.append(_link(run, context, source))
    return made


def _link(run: Run, context: Context, source: str) -> Element:
    assert run.link is not None
    identity = context.package.relate(source, "hyperlink", run.link, external=True)
    return el(
        "w:hyperlink",
        {"r:id": identity, "history": 1},
        text_run(run.text, look(bold=run.bold, italic=run.italic, style="Hyperlink")),
    )


def _reference(run: Run, context: Context) -> list[Element]:
    """A reference inside the report: REF repeats the words it leads to, or a plain link.

    The words after an update must be the words printed: REF stands only where they are equal.
    """
    assert run.link is not None
    anchor = run.link[1:]
    properties = _look(run, context)
    label = context.captions.labels.get(anchor)
    if label is not None and run.text == label.label:
        name = context.bookmarks.words(anchor)
        return field(f"REF {name} \\h", run.text, properties)
    heading = context.headings.get(anchor)
    if label is None and heading is None:
        return [text_run(run.text, properties)]
    name = context.bookmarks.page(anchor)
    if heading is not None and _repeats_number(run.text, heading.number, context, anchor):
        return field(f"REF {name} \\r \\h", run.text, properties)
    return [
        el(
            "w:hyperlink",
            {"anchor": name, "history": 1},
            text_run(run.text, properties),
        )
    ]


def _repeats_number(text: str, number: str, context: Context, anchor: str) -> bool:
    """Whether ``REF \\r`` would show ``text``: the native number without full stop at its end."""
    heading = context.headings[anchor]
    native = context.numbering.place(heading) is not None
    return native and bool(text) and text == number.rstrip(" .") and text == number.strip()


def _note_mark(index: int, context: Context) -> Element:
    """The mark of a footnote, counted by Word or, where Word would count otherwise, as text."""
    if index >= len(context.report.footnotes):
        return text_run("")
    if index in context.notes_used:
        return text_run(context.report.footnotes[index].mark, look(style="FootnoteReference"))
    context.notes_used.add(index)
    note = el("w:footnoteReference", {"id": index + 1})
    if counted(index, context):
        return el("w:r", None, look(style="FootnoteReference"), note)
    note.set(qname("w:customMarkFollows"), "1")
    mark = text_run(context.report.footnotes[index].mark, _MARK)
    mark.insert(1, note)
    return mark


def counted(index: int, context: Context) -> bool:
    """Whether Word's own counting shows the mark that the report prints."""
    report = context.report
    if report.footnote_pattern not in _NUMBER_FORMATS:
        return False
    if report.footnotes_restart == "page":
        return True
    circled = report.footnote_pattern == "{circled}"
    return not circled or len(report.footnotes) <= _LAST_CIRCLED


def note_format(context: Context) -> Element:
    """``w:footnotePr``: format and restart of the marks."""
    report = context.report
    restart = "eachPage" if report.footnotes_restart == "page" else "continuous"
    return el(
        "w:footnotePr",
        None,
        val("w:numFmt", _NUMBER_FORMATS.get(report.footnote_pattern, "decimal")),
        val("w:numRestart", restart),
    )


def footnotes(context: Context) -> list[Element]:
    """What stands in footnotes.xml: the two separators and every footnote."""
    made = [
        _separator(-1, "separator"),
        _separator(0, "continuationSeparator"),
    ]
    for index, note in enumerate(context.report.footnotes):
        if index not in context.notes_used:
            continue
        mark = (
            el("w:r", None, look(style="FootnoteReference"), el("w:footnoteRef"))
            if counted(index, context)
            else text_run(note.mark, _MARK)
        )
        paragraph = el(
            "w:p",
            None,
            el("w:pPr", None, val("w:pStyle", "FootnoteText")),
            mark,
            text_run(" ", PLAIN),
            *inline(note.runs, context, FOOTNOTES),
        )
        made.append(el("w:footnote", {"id": index + 1}, paragraph))
    return made


def _separator(identity: int, kind: str) -> Element:
    spacing = el("w:spacing", {"before": 0, "after": 0, "line": 240, "lineRule": "auto"})
    return el(
        "w:footnote",
        {"type": kind, "id": identity},
        el(
            "w:p",
            None,
            el("w:pPr", None, spacing, el("w:ind", {"firstLine": 0})),
            el("w:r", None, el(f"w:{kind}")),
        ),
    )
