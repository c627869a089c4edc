"""Submissions of schools in three districts, with data of which the sums are known."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from reportkit.batch import Item, Outcome, State
from reportkit.batch.store import RECORDS
from reportkit.checks.between import digest
from reportkit.composing import compose
from reportkit.model.data import Dataset, Observation
from reportkit.model.submission import DataPeriod, Organisation, Submission
from reportkit.reading import ReadResult, write_folder
from reportkit.standards import load

from ..generate import generate

STANDARD = "moe-2024-school"
WINDOW = DataPeriod(
    start=date(2023, 9, 1), end=date(2024, 8, 31), label="2023—2024学年", current="2024"
)
REGIONS = ("甲区", "乙区", "丙区")
Values = Mapping[str, str | tuple[str, str]]


def values(n: int) -> dict[str, str | tuple[str, str]]:
    """What the ``n``-th school gives: numbers that differ, and agree with each other."""
    students, graduates, teachers = 600 + 40 * n, 200 + 10 * n, 50 + 3 * n
    return {
        "students.fulltime": str(students),
        "enrolment.total": str(180 + 7 * n),
        "graduates.total": str(graduates),
        "graduates.placed": str(graduates - 4 - n),
        "teachers.total": str(teachers),
        "teachers.dual": str(teachers - 15),
        "resources.equipment_total": (f"{1200 + 35 * n}", "万元"),
        "satisfaction.students": str(Decimal(900 + n) / 10),
        "graduates.income": str(4200 + 50 * n),
        "service.horizontal_income": (f"{Decimal(3 + n) / 100}", "亿元"),
        "resources.courses": str(30 + n),
        "resources.online_courses": str(2 + n % 3),
        "international.courses": str(n % 4),
    }


def school(
    name: str,
    region: str | None,
    given: Values,
    *,
    seed: int = 0,
    size: int = 1500,
    window: DataPeriod = WINDOW,
    year: int = 2024,
    before: Values | None = None,
    code: str | None = None,
    standard: str = STANDARD,
) -> Submission:
    """The submission of one school."""
    made = generate(load(standard), size, seed)
    current = window.current or str(window.end.year)
    rows = [*_rows(given, current), *_rows(before or {}, str(int(current) - 1))]
    metadata = made.metadata.model_copy(
        update={
            "organisation": Organisation(name=name, region=region, code=code),
            "title": f"{name}职业教育质量年度报告（{year}年度）",
            "title_year": year,
            "data_period": window,
            "indicators": (),
        }
    )
    data = Dataset(observations=tuple(rows))
    return made.model_copy(update={"metadata": metadata, "data": data})


def _rows(given: Values, period: str) -> list[Observation]:
    rows = []
    for key, told in given.items():
        name, _, scope = key.partition("@")
        value, unit = (told, "") if isinstance(told, str) else told
        rows.append(
            Observation(indicator=name, period=period, scope=scope, value=Decimal(value), unit=unit)
        )
    return rows


def write(folder: Path, schools: Sequence[Submission]) -> Path:
    """The folder with a folder for each school."""
    for made in schools:
        write_folder(made, folder / made.metadata.organisation.name)
    return folder


def area(count: int = 6, higher: int = 2) -> list[Submission]:
    """So many schools in three districts; the last ``higher`` are colleges."""
    made = []
    for n in range(count):
        kind = "职业技术学院" if n >= count - higher else "职业学校"
        given = values(n)
        if n == 1:
            del given["graduates.income"]
        name = f"{REGIONS[n % 3][0]}字第{n + 1}{kind}"
        made.append(school(name, REGIONS[n % 3], given, seed=n))
    return made


def outcomes(folder: Path, schools: Sequence[Submission]) -> Path:
    """What a batch keeps of the schools, made without its processes."""
    records = folder / RECORDS
    records.mkdir(parents=True)
    for n, made in enumerate(schools):
        name = f"{n:03}-{made.metadata.organisation.name}"
        result = ReadResult(submission=made, root=folder, form="folder")
        standard = load(made.metadata.standard)
        found = digest(name, result, standard, compose(made, standard))
        item = Item(name=name, paths=(name,), form="folder")
        outcome = Outcome(item=item, key="", state=State.PASSED, digest=found)
        text = outcome.model_dump_json(exclude_defaults=True)
        (records / f"{name}.json").write_text(text, encoding="utf-8")
    return folder
