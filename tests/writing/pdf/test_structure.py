"""Tagged files keep the rules of PDF/UA-1 and PDF/A-3a, and say what stands where, once."""

import io
from typing import Any

import pikepdf
import pytest

from reportkit.model.report import FootnoteText, Heading, Para, Part, Report, Run
from reportkit.model.standard import PartKind
from reportkit.writing import layout, load_style
from reportkit.writing.pdf import patching, tagging

from ..sample_report import runs, sample
from .made import laid_out
from .rules import faults
from .test_hostile import table

FILES = {"报送件.json": b"{}", "来源.json": b"{}"}


def report(*blocks: Any, notes: tuple[FootnoteText, ...] = ()) -> Report:
    part = Part(kind=PartKind.BODY, anchor="a", blocks=blocks)
    return Report(
        title="测试",
        title_year=2023,
        organisation="示例",
        standard="s",
        standard_title="s",
        parts=(part,),
        footnotes=notes,
    )


def tree(made: Any) -> list[Any]:
    """The structure as nested [role, kids …]; a mark is its page number."""
    file = pikepdf.open(io.BytesIO(made.content()))
    numbers = {page.obj.objgen: n for n, page in enumerate(file.pages, 1)}

    def told(node: Any) -> list[Any]:
        made: list[Any] = [str(node.S)[1:]]
        for kid in node.K:
            if not isinstance(kid, pikepdf.Dictionary):
                made.append(numbers[node.Pg.objgen])
            elif "/S" in kid:
                made.append(told(kid))
            elif kid.Type == "/MCR":
                made.append(numbers[kid.Pg.objgen])
        return made

    return told(file.Root.StructTreeRoot.K[0])


@pytest.mark.parametrize("style", ["official", "plain"])
def test_the_archive_form_keeps_both_standards(style: str) -> None:
    assert faults(laid_out(style).content("a3", FILES), archive=True) == []


def test_writing_a_layout_again_changes_nothing() -> None:
    made = laid_out("official")
    assert made.content("a3", FILES) == made.content("a3", FILES)
    assert made.content("ua") == made.content("ua")


def test_the_form_for_readers_keeps_its_standard() -> None:
    assert faults(laid_out("official").content("ua"), archive=False) == []
    assert "metadata: not PDF/A-3a" in faults(laid_out("official").content("ua"), archive=True)


def test_the_rules_find_what_is_wrong(monkeypatch: Any) -> None:
    monkeypatch.setattr(tagging, "SUPPORTED", False)  # the engine's own structure
    found = faults(layout(sample(), load_style()).content("ua"), archive=False)
    assert any("not claimed" in fault for fault in found)


def test_a_paragraph_over_three_pages_is_one_element() -> None:
    made = layout(report(Para(runs=runs("国" * 1500))), load_style())
    [_, _, [_, paragraph]] = tree(made)
    assert paragraph[0] == "P"
    assert sorted(set(paragraph[1:])) == [1, 2, 3]


def test_a_table_over_pages_is_one_table_whose_header_is_read_once() -> None:
    rows = [["序号", "名称"], *([str(n), "" if n % 7 == 0 else f"第{n}项"] for n in range(80))]
    made = layout(report(table(2, rows)), load_style())
    assert made.page_count == 3
    [_, _, [_, [role, caption, head, body]]] = tree(made)
    assert (role, caption[0], head[0], body[0]) == ("Table", "Caption", "THead", "TBody")
    assert head[1:] == [["TR", ["TH", 1], ["TH", 1]]]
    assert len(body) == 81
    assert all(len(row) == 3 for row in body[1:])
    assert body[-1][1] == ["TD", 3]


def test_a_footnote_is_read_at_its_call_and_after_its_heading() -> None:
    notes = (FootnoteText(mark="①", runs=runs("注甲")), FootnoteText(mark="②", runs=runs("注乙")))
    heading = Heading(
        level=1, anchor="h", number="一、", runs=(*runs("题"), Run(text="", footnote=0))
    )
    text = Para(runs=(*runs("前"), Run(text="", footnote=1), *runs("后")))
    made = layout(report(heading, text, notes=notes), load_style())
    [_, _, [_, *found]] = tree(made)
    assert found == [
        ["H1", 1, ["Reference", 1]],
        ["Note", ["Lbl", 1], 1],
        ["P", 1, ["Reference", 1], ["Note", ["Lbl", 1], 1], 1],
    ]
    assert faults(made.content("a3", FILES), archive=True) == []


def test_headings_go_down_step_by_step() -> None:
    levels = (1, 3, 3, 5, 2)
    blocks = [Heading(level=n, anchor=f"h{i}", number="", runs=runs("题"))
              for i, n in enumerate(levels)]  # fmt: skip
    [_, _, [_, *found]] = tree(layout(report(*blocks), load_style()))
    assert [node[0] for node in found] == ["H1", "H2", "H2", "H3", "H2"]


def test_another_engine_keeps_its_own_structure(monkeypatch: Any) -> None:
    monkeypatch.setattr(tagging, "SUPPORTED", False)
    assert patching.SUPPORTED
    [_, *found] = tree(layout(report(Para(runs=runs("国"))), load_style()))
    assert found
