"""Nothing in ``src`` knows a field, a city, or a mandated title: that is what standards are for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import reportkit
from reportkit.standards import available
from reportkit.standards.crosswalk import sections

SOURCE = Path(reportkit.__file__).parent
WORDS = re.compile("北京|天津|上海|东城|西城|昌平|职业|教育|学校|院校|教师|学生|招生|毕业")
NAMES_OF_OTHERS = ("学校（机构）标识码", "教育统计系统")
"""Proper names of a code and of a system whose words we borrow; they name no report's field."""
GENERAL = {"前言", "附件", "文字"}
"""Titles that are also the program's own words, for parts of any report."""


def files() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in (".py", ".j2", ".css", ".json") and "_data" not in path.parts:
            yield path


def test_no_word_of_a_field_or_a_city() -> None:
    found = []
    for path in files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for name in NAMES_OF_OTHERS:
                line = line.replace(name, "")
            if WORDS.search(line):
                place = path.relative_to(SOURCE).as_posix()
                found.append(f"{place}:{number}: {line.strip()[:60]}")
    assert not found, "\n".join(found)


def test_no_mandated_title_or_indicator_is_written_in_code() -> None:
    mandated = {
        name
        for standard in available()
        for name in (
            *(spec.title for spec in sections(standard)),
            *(table.title for table in standard.tables),
            *(indicator.name for indicator in standard.indicators),
        )
    } - GENERAL
    found = [
        f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}: {node.value}"
        for path in files()
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in mandated
    ]
    assert not found, "\n".join(found)
