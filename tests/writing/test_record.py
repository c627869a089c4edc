"""The record of what a file was made from: the same for the same, in XML and in files."""

import json

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportkit.model.submission import Asset
from reportkit.standards import load
from reportkit.standards import new_submission as scaffold
from reportkit.writing import load_style
from reportkit.writing import record as records
from reportkit.writing.record import FILES, LIMIT, SOURCE, Record

STANDARD = load("moe-2024-school")
SUBMISSION = scaffold(STANDARD, "示例学校", 2024)


def make(check: str = "{}\n", assets: tuple[Asset, ...] = ()) -> Record:
    submission = SUBMISSION.model_copy(update={"assets": assets})
    return records.make(submission, STANDARD, load_style("official"), check)


def test_assets_are_told_by_their_digest() -> None:
    one = make(assets=(Asset(path="figures/a.png", content=b"a" * 5000),))
    two = make(assets=(Asset(path="figures/a.png", content=b"b" * 5000),))
    assert one.submission_digest != two.submission_digest
    assert one.consistent
    assert "YWFh" not in one.submission
    assert json.loads(one.submission)["assets"][0]["size"] == 5000


@given(st.text(st.characters(exclude_categories=[])))
def test_xml_holds_whatever_the_texts_hold(text: str) -> None:
    record = make(json.dumps({"text": text}, ensure_ascii=False))
    back = records.from_element(etree.fromstring(etree.tostring(record.element())))
    assert back == record
    assert json.loads(record.check)["text"] == text
    assert {FILES["submission"], SOURCE} <= set(record.files())


def test_what_is_too_large_is_left_out() -> None:
    record = make('{"a": "' + "字" * (LIMIT // 3) + '"}')
    assert record.check == ""
    assert record.submission


def test_what_is_none_of_ours() -> None:
    assert records.from_element(etree.Element("other")) is None
    assert records.parse({"title": "x"}, {}) is None
