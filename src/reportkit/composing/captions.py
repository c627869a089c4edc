"""Captions and the lines under tables, figures and charts."""

from reportkit.model.base import Placed
from reportkit.model.blocks import Case, Chart, Figure, Table
from reportkit.model.report import Label, Run, Runs

from .context import Context
from .runs import runs

NOTE, DATA_SOURCE, MATERIAL_SOURCE, PICTURE_SOURCE = "注", "数据来源", "资料来源", "图片来源"


def one_line(text: str) -> str:
    """Text that is no Markdown, on one line."""
    return " ".join(text.split())


def part_runs(context: Context, block: Placed, part: str, text: str, *, scan: bool = True) -> Runs:
    """The runs of one text of a block, with exact places where reading knows them."""
    place = block.places.get(part) if block.places else None
    return runs(context, text, place or block.place, exact=place is not None, scan=scan)


def caption(context: Context, block: Table | Figure | Chart) -> Label:
    """The next label, which belongs to ``block``."""
    owner = block.owner if isinstance(block, Figure) else None
    gap = context.numbering.caption_gap if block.caption else ""
    return labelled(context, block, "caption", block.caption, owner, "{label}" + gap)


def labelled(
    context: Context,
    block: Table | Figure | Chart | Case,
    part: str,
    title: str,
    owner: str | None,
    before: str,
) -> Label:
    """The next label; ``before`` is what stands before the title, with ``{label}``."""
    number = next(context.objects)
    made = Label(
        kind=number.kind,
        anchor=number.anchor,
        id=block.id,
        label=number.label,
        label_print=before.replace("{label}", number.label) if number.label else "",
        chapter=number.chapter,
        n=number.n,
        claim=block.number,
        title=part_runs(context, block, part, title, scan=False),
        owner=one_line(owner or "") or None,
        place=block.place_of(part),
    )
    context.labels.append(made)
    return made


def notes(context: Context, block: Table | Figure | Chart) -> tuple[Runs, ...]:
    """The lines under a block: its notes (注： or 注1： 注2： …), then where it comes from."""
    lines: list[Runs] = []
    for index, text in enumerate(block.notes):
        mark = NOTE if len(block.notes) == 1 else f"{NOTE}{index + 1}"
        lines.append(_line(mark, part_runs(context, block, f"notes.{index}", text), text))
    if block.source:
        mark = MATERIAL_SOURCE if isinstance(block, Figure) else DATA_SOURCE
        lines.append(_line(mark, part_runs(context, block, "source", block.source), block.source))
    credit = one_line(block.credit or "") if isinstance(block, Figure) else ""
    if credit:
        run = Run(text=credit, place=block.place_of("credit"))
        lines.append(_line(PICTURE_SOURCE, (run,), credit))
    return tuple(lines)


def _line(mark: str, text: Runs, source: str) -> Runs:
    """``mark：text``, unless the author wrote a mark of this kind already."""
    for known in (NOTE, DATA_SOURCE, MATERIAL_SOURCE, PICTURE_SOURCE):
        if source.startswith((f"{known}：", f"{known}:")):
            return text
    return (Run(text=f"{mark}："), *text)
