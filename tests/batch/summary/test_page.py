"""The page of a batch: safe whatever titles say, complete without its script, bounded."""

import base64
import hashlib
import json
import re
from types import SimpleNamespace

import pytest
from lxml import html

from reportkit.batch.outcome import State
from reportkit.batch.summary.figures import summarise
from reportkit.batch.summary.page import FINDINGS, page
from reportkit.model.base import Place
from reportkit.model.diagnostic import Severity
from reportkit.reading.roster import Entry
from tests.batch.outcomes import copies, diagnostic

from .sample import CHANGE, STANDARDS, batch, outcome, summary
from .support import expect

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>'\"&\u2028"


def test_golden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules under names of their own, so that a rule may be reworded without this page."""
    named = lambda code: SimpleNamespace(title=f"{code}的名称", source=f"{code}的依据")  # noqa: E731
    monkeypatch.setattr("reportkit.checks.get", named)
    made = page(summary(), "审核汇总", "summary.xlsx")
    made = re.sub(r"<style>.*?</style>", "<style></style>", made, flags=re.DOTALL)
    made = re.sub(r"<script>.*?</script>", "<script></script>", made, flags=re.DOTALL)
    made = re.sub(r"sha256-[^']+", "sha256-", made)
    expect("page.html", made)


def test_the_order_of_outcomes_makes_no_difference() -> None:
    made, between = batch()
    one = page(summarise(made, between, STANDARDS, {}), "汇总", "s.xlsx")
    other = page(summarise(made[::-1], between, STANDARDS, {}), "汇总", "s.xlsx")
    assert one == other


def test_hostile_words_stay_words() -> None:
    bad = diagnostic("RK201", HOSTILE, Place(file=HOSTILE), quote=HOSTILE, section=HOSTILE)
    made = outcome(HOSTILE, bad, state=State.FAILED, region=HOSTILE[:40], reason=HOSTILE)
    text = page(summarise([made], {"": [bad]}, STANDARDS, {made.item.name: HOSTILE}), HOSTILE, "x")
    tree = html.document_fromstring(text)
    assert len(tree.findall(".//script")) == 2
    assert tree.findall(".//img") == []
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
    links = {link for _, _, link, _ in tree.iterlinks()}
    assert all(link.startswith(("./", "#")) or link == "x" for link in links)
    data = json.loads(tree.get_element_by_id("data").text)
    assert data["rows"][0][0] == f"{HOSTILE}处"


def test_the_policy_lets_nothing_run_but_the_page_itself() -> None:
    text = page(summary(), "汇总", "summary.xlsx")
    tree = html.document_fromstring(text)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind, element in (
        ("style", tree.find(".//style")),
        ("script", tree.findall(".//script")[1]),
    ):
        assert element is not None
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not re.search(r"https?://|url\(|@import|style=", text)


def test_what_is_told_of_both_sides_stands_once_on_the_page() -> None:
    tree = html.document_fromstring(page(summary(), "汇总", "summary.xlsx"))
    codes = [row.get("data-code") for row in tree.xpath("//table[@id='pairs']/tbody/tr")]
    assert codes == ["RK803", "RK821"]


def test_many_findings_are_bounded_and_the_rest_is_counted() -> None:
    one = outcome("甲", *[CHANGE] * 100, chapters=())
    made = summarise(copies([one], 700), {}, STANDARDS, {})
    text = page(made, "汇总", "summary.xlsx")
    data = json.loads(html.document_fromstring(text).get_element_by_id("data").text)
    listed = [len(found) for found, _ in data["found"]]
    assert sum(listed) <= FINDINGS
    assert all(len(found) + rest == 100 for found, rest in data["found"])
    assert data["rows"][0][4] == 100
    assert len(text.encode()) < 4_000_000


def test_nothing_to_show() -> None:
    text = page(summarise([], {}, {}, {}), "汇总", "summary.xlsx")
    assert "共 <b>0</b> 份" in text


def test_items_of_one_organisation_are_told_apart() -> None:
    made = [outcome(name, digest=outcome("甲").digest) for name in ("甲", "甲（改）")]
    tree = html.document_fromstring(page(summarise(made, {}, STANDARDS, {}), "汇总", "s.xlsx"))
    assert [each.text for each in tree.xpath("//span[@class='who']")] == [
        "甲处（甲）",
        "甲处（甲（改））",
    ]


def test_the_roster_tells_district_and_kind_where_the_report_does_not() -> None:
    made = outcome("甲", region=None)
    entry = Entry(name="甲处", kind="中心", region="南区", code="42")
    (row,) = summarise([made], {}, STANDARDS, {}, {"甲": entry}).rows
    assert (row.region, row.kind, row.code) == ("南区", "中心", "42")
    (row,) = summarise([made], {}, STANDARDS, {}).rows
    assert (row.region, row.kind) == ("", "其他")


def test_a_rule_is_listed_by_its_worst_finding() -> None:
    mild = CHANGE.model_copy(update={"severity": Severity.WARNING})
    tree = html.document_fromstring(
        page(summarise([outcome("甲", mild, CHANGE)], {}, STANDARDS, {}), "汇总", "s.xlsx")
    )
    (row,) = tree.xpath("//tr[@data-rule='RK412']")
    assert row.xpath(".//span[contains(@class, 'badge')]/text()") == ["逻辑校验"]
