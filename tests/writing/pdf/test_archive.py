"""The archive's form (PDF/A-3) carries what the report was made from; the others carry nothing."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from reportkit.model.report import Para, Part, Report
from reportkit.model.standard import PartKind
from reportkit.writing import Layout, layout, load_style

from ..sample_report import runs

FILES = {"报送件.json": '{"标题": "测试"}'.encode(), "来源.json": b"{}"}


def _laid_out() -> Layout:
    part = Part(kind=PartKind.BODY, anchor="a", blocks=(Para(runs=runs("服务社区十二次。")),))
    report = Report(
        title="测试",
        title_year=2023,
        organisation="示例学校",
        standard="s",
        standard_title="s",
        parts=(part,),
    )
    return layout(report, load_style())


def _read(content: bytes) -> Any:
    return PdfReader(io.BytesIO(content))


def test_attached_files_read_back() -> None:
    reader = _read(_laid_out().content("a3", FILES))
    held = {name: items[0] for name, items in reader.attachments.items()}
    assert held.items() >= FILES.items()
    root = reader.root_object
    assert [str(f.get_object()["/AFRelationship"]) for f in root["/AF"]] == ["/Source"] * 2
    assert b'pdfaid:part="3"' in root["/Metadata"].get_object().get_data()


def test_same_bytes_again() -> None:
    assert _laid_out().content("a3", FILES) == _laid_out().content("a3", FILES)


@pytest.mark.parametrize("form", ["ua", "plain"])
def test_other_forms_carry_nothing(form: Any) -> None:
    assert _read(_laid_out().content(form)).attachments == {}
