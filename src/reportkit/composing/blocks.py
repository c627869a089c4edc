"""Sections and blocks → what prints, in reading order."""

from collections.abc import Iterable

from reportkit.model.blocks import (
    Block,
    Case,
    Chart,
    Figure,
    FigurePart,
    ListBlock,
    Note,
    Paragraph,
    Raw,
    Section,
    SignOff,
    Table,
)
from reportkit.model.report import (
    Heading,
    Para,
    Picture,
    RBlock,
    RCase,
    RFigure,
    RList,
    RListItem,
    Run,
    plain,
)

from .captions import caption, labelled, notes, part_runs
from .charts import chart
from .context import Context
from .runs import plain_text, runs
from .tables import table

TOC_LEVELS = 3
DEEPEST = 9
BULLET = "•"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ENDS = "。！？；：…!?;:"


def section(context: Context, source: Section, in_toc: bool) -> list[RBlock]:
    """The heading, the blocks under it, and the sections below.

    A section without title but with a number is a numbered paragraph: the number stands before
    its first paragraph. One without either is only its blocks.
    """
    number = next(context.sections)
    made: list[RBlock] = []
    titled = bool(source.title.strip())
    title = runs(context, source.title, source.place, scan=False) if titled else ()
    context.headings.append(number.number + plain(title))
    if titled:
        made.append(
            Heading(
                level=min(number.level, DEEPEST),
                number=number.number,
                runs=title,
                anchor=number.anchor,
                id=source.id,
                claim=source.number,
                in_toc=in_toc and number.level <= TOC_LEVELS,
                place=source.place,
            )
        )
        made += blocks(context, source.blocks)
    else:
        body = blocks(context, source.blocks)
        made += _numbered(body, number.number, number.anchor, source)
    for below in source.sections:
        made += section(context, below, in_toc)
    context.headings.pop()
    return made


def _numbered(body: list[RBlock], number: str, anchor: str, source: Section) -> list[RBlock]:
    """The blocks, with the number run into the first paragraph."""
    if not number:
        return body
    own = {"number": number, "anchor": anchor, "id": source.id, "claim": source.number}
    first = body[0] if body else None
    if isinstance(first, Para) and first.role == "body":
        return [first.model_copy(update=own), *body[1:]]
    return [Para(runs=(), place=source.place).model_copy(update=own), *body]


def blocks(context: Context, sources: Iterable[Block]) -> list[RBlock]:
    """The composed blocks."""
    return [made for source in sources for made in block(context, source)]


def block(context: Context, source: Block) -> list[RBlock]:
    """What one block becomes; a sign-off becomes a paragraph for each line."""
    match source:
        case Paragraph():
            return [Para(runs=runs(context, source.text, source.place), place=source.place)]
        case ListBlock():
            return [_list(context, source)]
        case Table():
            return [table(context, source)]
        case Figure():
            return [_figure(context, source)]
        case Chart():
            return [chart(context, source)]
        case Case():
            return [_case(context, source)]
        case Note():
            return [_note(context, source)]
        case SignOff():
            return _sign_off(context, source)
        case Raw():
            return _raw(source)


def _raw(source: Raw) -> list[RBlock]:
    """What was not understood, word for word, a paragraph for each line."""
    lines = (Run(text=line, place=source.place) for line in source.text.splitlines())
    return [Para(role="raw", runs=(run,), place=run.place) for run in lines if run.text.strip()]


def _list(context: Context, source: ListBlock) -> RList:
    items = tuple(
        RListItem(
            marker=f"{source.start + index}." if source.ordered else BULLET,
            blocks=tuple(blocks(context, item.blocks)),
            place=item.place,
        )
        for index, item in enumerate(source.items)
    )
    return RList(ordered=source.ordered, items=items, place=source.place)


def _note(context: Context, source: Note) -> Para:
    text = part_runs(context, source, "text", source.text)
    label = (Run(text=f"{source.label}："),) if source.label else ()
    return Para(role="note", runs=(*label, *text), place=source.place)


def _sign_off(context: Context, source: SignOff) -> list[RBlock]:
    return [
        Para(
            role="sign_off",
            runs=part_runs(context, source, f"lines.{index}", line),
            place=source.place_of(f"lines.{index}"),
        )
        for index, line in enumerate(source.lines)
    ]


def _figure(context: Context, source: Figure) -> RFigure:
    """The pictures of a figure, those of a composite one marked （a）（b）."""
    label = caption(context, source)
    title = plain_text(context, source.caption)
    parts = source.parts or ()
    pictures = [
        _picture(context, part, source, f"parts.{index}", _letter(index))
        for index, part in enumerate(parts)
    ]
    if source.image or not parts:
        alone = FigurePart(image=source.image or "", alt=source.alt)
        pictures.insert(0, _picture(context, alone, source, "image", ""))
    pictures = [each if each.alt else each.model_copy(update={"alt": title}) for each in pictures]
    return RFigure(
        caption=label,
        pictures=tuple(pictures),
        width=source.width,
        notes=notes(context, source),
        place=source.place,
    )


def _picture(context: Context, part: FigurePart, figure: Figure, name: str, letter: str) -> Picture:
    text = part_runs(context, part, "caption", part.caption) if part.caption else ()
    path = part.image.replace("\\", "/").removeprefix("./")
    return Picture(
        asset=path if path in context.assets else None,
        alt=part.alt or plain(text),
        caption=(Run(text=letter), *text) if letter else text,
        place=part.place or figure.place_of(name),
    )


def _letter(index: int) -> str:
    return f"（{_LETTERS[index]}）" if index < len(_LETTERS) else f"（{index + 1}）"


def _case(context: Context, source: Case) -> RCase:
    """The heading by the standard's pattern; run in, it ends with a stop."""
    before, _, after = context.numbering.case_heading.partition("{title}")
    label = labelled(context, source, "title", source.title, source.owner, before)
    after = after.replace("{owner}", f"（{label.owner}）" if label.owner else "")
    if source.run_in and not (plain(label.title) + after).endswith(tuple(_ENDS)):
        after += "。"
    heading = tuple(
        run for run in (Run(text=label.label_print), *label.title, Run(text=after)) if _says(run)
    )
    outer, context.case = context.case, label.anchor
    inside = tuple(blocks(context, source.blocks))
    context.case = outer
    return RCase(
        caption=label, heading=heading, run_in=source.run_in, blocks=inside, place=source.place
    )


def _says(run: Run) -> bool:
    return bool(run.text) or run.footnote is not None
