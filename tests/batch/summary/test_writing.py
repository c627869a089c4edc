"""What is written for a batch: names, links that lead somewhere, nothing written twice."""

import json

from reportkit.batch.summary import INDEX, WORKBOOK, Letterhead, SummaryOptions, write
from reportkit.batch.summary.writing import MEMORY

from .sample import STANDARDS, batch, outcome
from .support import Shelf


def shelf() -> Shelf:
    made, between = batch()
    filled = Shelf()
    write(made, between, filled, standards=STANDARDS)
    return filled


def letters(filled: Shelf) -> list[str]:
    return sorted(path for path in filled.files if path.startswith("审核意见/"))


def test_all_files_and_letters_named_like_the_reports() -> None:
    filled = shelf()
    assert {INDEX, WORKBOOK, MEMORY} < set(filled.files)
    assert "审核意见/甲处年度报告（2025）（审核意见）.docx" in letters(filled)
    assert "审核意见/坏 文件（审核意见）.docx" in letters(filled)
    page = filled.files[INDEX].decode()
    assert "%E5%AE%A1%E6%A0%B8%E6%84%8F%E8%A7%81/%E5%9D%8F%20%E6%96%87%E4%BB%B6" in page


def test_equal_titles_get_letters_of_their_own() -> None:
    made = [outcome(name, digest=outcome("甲").digest) for name in ("一", "二", "三")]
    filled = Shelf()
    write(made, {}, filled, standards=STANDARDS)
    assert letters(filled) == [
        "审核意见/甲处年度报告（2025）（2）（审核意见）.docx",
        "审核意见/甲处年度报告（2025）（3）（审核意见）.docx",
        "审核意见/甲处年度报告（2025）（审核意见）.docx",
    ]


def test_letters_that_would_be_the_same_are_not_written_again() -> None:
    filled = shelf()
    made, between = batch()
    filled.written.clear()
    write(made, between, filled, standards=STANDARDS)
    assert not [path for path in filled.written if path.startswith("审核意见/")]
    filled.files[letters(filled)[0]] = b"torn"
    between.pop("甲")
    filled.written.clear()
    write(made, between, filled, standards=STANDARDS)
    again = [path for path in filled.written if path.startswith("审核意见/")]
    assert len(again) == 2
    assert filled.files == shelf().files | {path: filled.files[path] for path in filled.written}


def test_letters_of_items_that_are_gone_go_too() -> None:
    filled = shelf()
    made, between = batch()
    write(made[:2], between, filled, standards=STANDARDS)
    assert len(letters(filled)) == 2


def test_a_memory_that_cannot_be_read_is_none() -> None:
    for memory in (b"{", b"[]", json.dumps({"../x": ["a", "b"], "审核意见/y": 3}).encode()):
        filled = shelf()
        filled.files[MEMORY] = memory
        made, between = batch()
        write(made, between, filled, standards=STANDARDS)
        assert filled.files == shelf().files


def test_who_sends_the_letters_is_an_option() -> None:
    made, between = batch()
    one, other = shelf(), Shelf()
    options = SummaryOptions(title="某年审核", letterhead=Letterhead(committee="甲组"))
    write(made, between, other, standards=STANDARDS, options=options)
    assert letters(one) == letters(other)
    assert all(one.files[path] != other.files[path] for path in letters(one))
    assert "<h1>某年审核</h1>" in other.files[INDEX].decode()
