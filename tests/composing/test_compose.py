"""What holds for every submission, however odd."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.composing import compose
from reportkit.model.blocks import (
    Case,
    Chapter,
    Chart,
    Figure,
    FigurePart,
    Footnote,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Raw,
    Section,
    SignOff,
    Table,
)
from reportkit.model.report import RBlock, Report, Run
from reportkit.model.standard import NumberingOverride, PartKind, SectionSpec
from reportkit.model.submission import Submission
from tests.builders import CHINESE, DECIMAL, observation, standard, submission

TEXT = st.one_of(
    st.text("中文，。（）“” ab1.*[]^&<`\\\n{}@:|", max_size=20),
    st.sampled_from(
        [
            "见@tbl:a、@fig:b、@case:c、@sec:d、@tbl:none",
            "表1-1至表1-3，图2-1（案例1-1）",
            "{{ a.b }}{{ a.b | growth }}{{ nope }}{{ 1 + }}",
            "注[^n]和[^m]，**粗[^n]体**",
            "[链](https://a.cn)[坏](file:///x)<b>",
        ]
    ),
)
NAME = st.none() | st.sampled_from(["tbl:a", "fig:b", "case:c", "sec:d", "a"])
LINE = st.text("中文 ab\n", max_size=8)
CELL = TEXT | st.sampled_from(["^^", "<<", "合计", "12.5%", "—"])
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=4).map(tuple), max_size=4).map(tuple)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
COMPARE = st.sampled_from([(), ("a.b",), ("a.b", "nope")])
OBJECTS = st.one_of(
    st.builds(Paragraph, text=TEXT),
    st.builds(Note, label=st.sampled_from(["注", ""]), text=TEXT),
    st.builds(Raw, text=TEXT),
    st.builds(SignOff, lines=st.lists(TEXT, min_size=1, max_size=2).map(tuple)),
    st.builds(
        Table,
        id=NAME,
        caption=TEXT,
        rows=ROWS,
        compare=COMPARE,
        header_rows=st.integers(0, 3),
        fold=st.integers(1, 3),
        notes=TEXTS,
        source=st.none() | TEXT,
        unit=st.none() | LINE,
    ),
    st.builds(
        Figure,
        id=NAME,
        caption=TEXT,
        image=st.sampled_from([None, "a.png"]),
        parts=st.lists(st.builds(FigurePart, image=st.just("b.png"), caption=TEXT), max_size=2).map(
            tuple
        ),
        owner=st.none() | LINE,
        credit=st.none() | LINE,
        notes=TEXTS,
    ),
    st.builds(Chart, id=NAME, caption=TEXT, rows=ROWS, compare=COMPARE),
)
BLOCKS = st.recursive(
    OBJECTS,
    lambda inner: st.one_of(
        st.builds(
            Case,
            id=NAME,
            title=TEXT,
            owner=st.none() | LINE,
            run_in=st.booleans(),
            blocks=st.lists(inner, max_size=2).map(tuple),
        ),
        st.builds(
            ListBlock,
            ordered=st.booleans(),
            items=st.lists(
                st.builds(ListItem, blocks=st.lists(inner, max_size=2).map(tuple)),
                min_size=1,
                max_size=2,
            ).map(tuple),
        ),
    ),
    max_leaves=4,
)
SECTIONS = st.recursive(
    st.builds(
        Section,
        id=NAME,
        title=TEXT | st.sampled_from(["", "亮点"]),
        numbered=st.booleans(),
        blocks=st.lists(BLOCKS, max_size=3).map(tuple),
    ),
    lambda inner: st.builds(
        Section,
        title=TEXT,
        numbered=st.booleans(),
        sections=st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=4,
)
NOTES = st.dictionaries(st.sampled_from(["n", "m"]), st.builds(Footnote, text=TEXT), max_size=2)
CHAPTERS = st.builds(
    lambda section, notes: Chapter(
        **{name: getattr(section, name) for name in Section.model_fields}, footnotes=notes
    ),
    SECTIONS,
    NOTES,
)
SUBMISSIONS = st.lists(CHAPTERS, min_size=1, max_size=3).map(
    lambda chapters: submission(
        *chapters,
        observations=[observation("a.b", "2022", "5"), observation("a.b", "2021", "4")],
        assets=["a.png"],
    )
)
SPEC = SectionSpec(
    id="highlights",
    title="亮点",
    numbered=False,
    numbering=NumberingOverride(heading=("{cn}、",), table="表{n}"),
)
STANDARDS = st.builds(
    lambda numbering, parts: standard(SPEC, numbering=numbering, parts=parts),
    st.sampled_from([DECIMAL, CHINESE]),
    st.permutations(tuple(PartKind)),
)


def inside(blocks: tuple[RBlock, ...]) -> Iterator[RBlock]:
    for block in blocks:
        yield block
        if block.type == "case":
            yield from inside(block.blocks)
        elif block.type == "list":
            for item in block.items:
                yield from inside(item.blocks)


def all_blocks(report: Report) -> list[RBlock]:
    return [block for part in report.parts for block in inside(part.blocks)]


def all_runs(report: Report) -> list[Run]:
    """Every run that prints, once."""
    found = [run for note in report.footnotes for run in note.runs]
    for block in all_blocks(report):
        match block.type:
            case "heading" | "paragraph":
                found += block.runs
            case "case":
                found += block.heading
            case "table":
                found += [*block.caption.title, *(run for cell in block.cells for run in cell.runs)]
                found += [run for line in block.notes for run in line]
            case "figure":
                found += [*block.caption.title, *(r for p in block.pictures for r in p.caption)]
                found += [run for line in block.notes for run in line]
            case "chart":
                found += [*block.caption.title, *(run for line in block.notes for run in line)]
            case _:
                pass
    return found


def anchors(report: Report) -> list[str]:
    found = [label.anchor for label in report.labels] + [part.anchor for part in report.parts]
    own = [b.anchor for b in all_blocks(report) if b.type in ("heading", "paragraph")]
    return found + [anchor for anchor in own if anchor]


@settings(deadline=None, max_examples=150)
@given(SUBMISSIONS, STANDARDS)
def test_every_submission_can_be_composed(made: Submission, rules: object) -> None:
    report = compose(made, rules)  # type: ignore[arg-type]
    known = anchors(report)
    assert len(known) == len(set(known))
    printed = all_runs(report)
    for run in printed:
        assert run.text or run.footnote is not None
        assert "\n" not in run.text
        if run.link and run.link.startswith("#"):
            assert run.link[1:] in known
    for reference in report.references:
        assert reference.target is None or reference.target in known
    for part in report.parts:
        assert part.lines or part.entries or part.blocks
        for entry in part.entries:
            assert entry.anchor in known
    marks = [run.footnote for run in printed if run.footnote is not None]
    assert sorted(marks) == list(range(len(report.footnotes)))
    assert compose(made, rules) == report  # type: ignore[arg-type]
