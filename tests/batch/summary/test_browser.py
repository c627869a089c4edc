"""The page of a batch in a real browser, with real clicks and keys."""

import base64
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from reportkit.batch.outcome import State
from reportkit.batch.summary.figures import summarise
from reportkit.batch.summary.page import page
from tests.batch.outcomes import copies
from tests.conftest import need
from tests.writing.tools import pdf_pages

from .sample import BOTH, CHANGE, COPIED, MISSING, NOTE, ROUND, STANDARDS, outcome

HOSTILE = "<img src=x onerror=alert(1)></script>"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--window-size=1400,1000",
)
COUNT = 189


def started(folder: Path, script: bool = True) -> Any:
    driver = shutil.which("chromedriver")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    need("Chromium with chromedriver", chromium and driver)
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not script:
        off = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", off)
    service = webdriver.ChromeService(executable_path=driver)
    return webdriver.Chrome(options=options, service=service)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    made = started(tmp_path_factory.mktemp("profile"))
    yield made
    assert made.get_log("browser") == []
    made.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of 189 items: every third has errors, every third a warning, one a hostile name."""
    kinds = [
        outcome("甲", state=State.PASSED, chapters=BOTH),
        outcome("乙", *[CHANGE] * 3, MISSING, NOTE, chapters=BOTH[1:]),
        outcome("丙", ROUND, state=State.PASSED, chapters=BOTH),
    ]
    made = copies(kinds, COUNT - 1)
    made[1] = made[1].model_copy(update={"diagnostics": (*[CHANGE] * 9, MISSING)})
    bad = outcome("坏", CHANGE.model_copy(update={"message": HOSTILE}), title=HOSTILE)
    between = {made[4].item.name: [COPIED]}
    text = page(summarise([*made, bad], between, STANDARDS, {}), "审核汇总", "summary.xlsx")
    file = tmp_path_factory.mktemp("page") / "index.html"
    file.write_text(text, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def at(browser: Any, address: str) -> Callable[[str], Any]:
    def go(state: str = "") -> Any:
        browser.get("about:blank")
        browser.get(f"{address}#{state}")
        return browser

    return go


def shown(browser: Any, table: str = "list") -> list[Any]:
    rows = browser.find_elements("css selector", f"#{table} tbody tr:not(.detail)")
    visible = browser.execute_script("return arguments[0].map(row => row.offsetHeight > 0)", rows)
    return [row for row, seen in zip(rows, visible, strict=True) if seen]


def column(browser: Any, number: int) -> list[str]:
    script = (
        "return [...document.querySelectorAll('#list tbody tr:not(.detail):not([hidden])')]"
        ".map(row => row.cells[arguments[0]].innerText)"
    )
    return list(browser.execute_script(script, number))


def head(browser: Any, key: str) -> Any:
    return browser.find_element("css selector", f"th[data-sort='{key}']")


def choose(browser: Any, name: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    Select(browser.find_element("name", name)).select_by_value(value)


def told(browser: Any) -> str:
    return str(browser.find_element("id", "count").text)


def test_columns_are_sorted_by_clicks_and_keys(at: Callable[..., Any]) -> None:
    browser = at()
    assert told(browser) == f"共 {COUNT} 份"
    head(browser, "error").find_element("tag name", "button").click()
    numbers = [int(text) for text in column(browser, 4)]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == 10
    assert head(browser, "error").get_attribute("aria-sort") == "descending"
    head(browser, "error").find_element("tag name", "button").send_keys("\ue007")
    assert [int(text) for text in column(browser, 4)] == sorted(numbers)
    head(browser, "name").find_element("tag name", "button").click()
    names = [text.split("\n")[0] for text in column(browser, 0)]
    places = [int(name[2:-1]) for name in names if name.startswith("示例")]
    assert places == sorted(places)
    assert head(browser, "error").get_attribute("aria-sort") is None


def test_filters_are_kept_in_the_address(at: Callable[..., Any]) -> None:
    browser = at()
    choose(browser, "result", "failed")
    choose(browser, "region", "西山区")
    assert set(column(browser, 3)) == {"有错误"}
    assert set(column(browser, 1)) == {"西山区"}
    wanted = told(browser)
    assert "region=西山区" in unquote(browser.current_url)
    browser.refresh()
    assert told(browser) == wanted
    assert browser.find_element("name", "result").get_attribute("value") == "failed"
    browser.find_element("id", "clear").click()
    assert told(browser) == f"共 {COUNT} 份"


def test_a_rule_shows_its_items_and_only_its_findings(at: Callable[..., Any]) -> None:
    browser = at()
    browser.find_element("css selector", "tr[data-value='RK201'] a").click()
    assert "rule=RK201" in browser.current_url
    assert set(column(browser, 3)) == {"有错误"}
    browser.find_element("css selector", "#list tr:not([hidden]) button.open").click()
    found = [each.text for each in browser.find_elements("css selector", ".finding .what")]
    assert found == [MISSING.message]
    assert "清除筛选可看全部 10 条" in browser.find_element("css selector", "tr.detail").text


def test_details_open_and_close_and_hostile_words_stay_words(at: Callable[..., Any]) -> None:
    browser = at("q=onerror")
    (row,) = shown(browser)
    button = row.find_element("css selector", "button.open")
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert browser.find_element("css selector", ".finding .what").text == HOSTILE
    assert browser.find_elements("css selector", "img") == []
    button.click()
    assert browser.find_elements("css selector", "tr.detail") == []


def test_words_are_found_in_names_and_in_findings(at: Callable[..., Any]) -> None:
    browser = at()
    field = browser.find_element("name", "q")
    field.send_keys("示例17校")
    assert [text.split("\n")[0] for text in column(browser, 0)] == ["示例17校"]
    field.clear()
    field.send_keys("缺少 概况")
    assert told(browser) == f"{COUNT // 3} 份，共 {COUNT} 份"
    field.send_keys("没有这样的话")
    assert browser.find_element("id", "none").is_displayed()


def test_views_follow_the_filters(at: Callable[..., Any]) -> None:
    browser = at("result=failed")
    browser.find_element("css selector", "#views a[data-view='chapters']").click()
    assert len(shown(browser, "matrix")) == len(column(browser, 0))
    assert browser.find_element("css selector", "#matrix td.missing").is_displayed()
    assert not browser.find_element("id", "list").is_displayed()
    browser.find_element("css selector", "#views a[data-view='between']").click()
    assert len(shown(browser, "pairs")) == 1
    browser.find_element("css selector", "#views a[data-view='rules']").click()
    counts = browser.find_elements("css selector", "tr[data-rule='RK412'] td.n")
    assert counts[0].text == str(len(column(browser, 0)))
    assert not browser.find_element("css selector", "tr[data-rule='RK235']").is_displayed()
    browser.find_element("css selector", "tr[data-rule='RK412'] a").click()
    assert browser.find_element("id", "list").is_displayed()


def test_the_page_asks_the_net_for_nothing(at: Callable[..., Any]) -> None:
    browser = at()
    script = "return performance.getEntriesByType('resource').length"
    assert browser.execute_script(script) == 0


def test_it_prints_the_rows_that_are_shown(at: Callable[..., Any], tmp_path: Path) -> None:
    browser = at("region=西山区")
    made = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    file = tmp_path / "page.pdf"
    file.write_bytes(base64.b64decode(made["data"]))
    pages = pdf_pages(file)
    assert len(pages) > 1
    assert all("报送单位" in page for page in pages)  # the head is repeated
    text = "".join(pages)
    assert "示例2校" in text
    assert "示例3校" not in text
    assert "清除筛选" not in text


def test_without_script_it_is_all_there(address: str, tmp_path: Path) -> None:
    plain = started(tmp_path / "profile", script=False)
    try:
        plain.get(address)
        for table in ("list", "matrix"):
            first, *_, last = plain.find_elements("css selector", f"#{table} tbody tr")
            assert first.is_displayed()
            assert last.is_displayed()
        assert not plain.find_element("id", "filters").is_displayed()
        assert plain.find_element("id", "pairs").is_displayed()
    finally:
        plain.quit()
