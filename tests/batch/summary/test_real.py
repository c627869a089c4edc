"""The summary of submissions that were really read, checked and compared."""

import io
from pathlib import Path

from openpyxl import load_workbook

from reportkit.batch.summary import INDEX, WORKBOOK, write
from reportkit.checks.between import check_between
from reportkit.standards import load
from reportkit.workflow import open_submission
from tests.batch.outcomes import STANDARD, checked, outcome
from tests.writing.tools import traps, validate

from .support import Shelf, words_of


def test_every_finding_is_in_the_workbook_and_every_letter_opens(tmp_path: Path) -> None:
    made = checked(tmp_path / "in", 4, 1500)
    made.append(outcome(open_submission(Path("submissions/2023/dongcheng")), "dongcheng"))
    between = check_between([each.digest for each in made if each.digest])
    shelf = Shelf()
    standards = {name: load(name) for name in (STANDARD, "bj-district-2020")}
    write(made, between, shelf, standards=standards)
    book = load_workbook(io.BytesIO(shelf.files[WORKBOOK]), read_only=True)
    rows = {name: sum(1 for _ in book[name].values) - 1 for name in book.sheetnames}
    assert rows["总表"] == 5
    assert rows["问题"] == sum(len(each.diagnostics) for each in made) > 10
    assert rows["指标值"] == sum(len(each.digest.values) for each in made if each.digest)
    assert rows["报送件之间"] == sum(map(len, between.values()))
    assert "示例2校" in shelf.files[INDEX].decode()
    letters = {path: content for path, content in shelf.files.items() if path.endswith(".docx")}
    assert len(letters) == 5
    for at, content in enumerate(letters.values()):
        file = tmp_path / f"{at}.docx"
        file.write_bytes(content)
        assert traps(file) == []
    assert validate(file) == []
    assert "审核意见" in words_of(file)
