"""From the submissions of schools in three districts to a report of the city."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reportkit.batch.store import RECORDS
from reportkit.compiling import Compiled, Sources, compile_report, undo_update, update_report
from reportkit.model.data import Observation
from reportkit.model.diagnostic import Severity
from reportkit.model.submission import DataPeriod, Submission
from reportkit.refusals import CannotDo
from reportkit.workflow import Opened, open_submission

from .schools import WINDOW, area, outcomes, school, values, write

TARGET = "bj-municipal-2025"
UNWRITTEN = {"RK213", "RK218", "RK228"}
"""What a draft is bound to have: guidance, placeholders, values that nobody gave."""


def compiled(
    tmp_path: Path, schools: Sequence[Submission], **known: object
) -> tuple[Compiled, Path]:
    source = outcomes(tmp_path / "source", schools)
    out = tmp_path / "out"
    return compile_report(Sources(source), TARGET, out, **known), out  # type: ignore[arg-type]


def observed(made: Compiled, name: str, scope: str = "", period: str = "2024") -> Observation:
    return made.pooled.observations[(name, period, scope)]


def number(made: Compiled, name: str, scope: str = "", period: str = "2024") -> Decimal | None:
    return observed(made, name, scope, period).value


def unexpected(opened: Opened) -> list[str]:
    return [
        f"{d.code} {d.message} {d.place}"
        for d in opened.diagnostics
        if d.code not in UNWRITTEN and d.severity is not Severity.INFO
    ]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Compiled, Path]:
    return compiled(tmp_path_factory.mktemp("city"), area())


class TestTheDraft:
    def test_it_opens_with_nothing_wrong_but_what_is_unwritten(
        self, city: tuple[Compiled, Path]
    ) -> None:
        opened = open_submission(city[1])
        assert opened.report is not None
        assert unexpected(opened) == []
        assert not [d for d in opened.diagnostics if d.code == "RK113"]

    def test_every_mandated_section_is_there_with_its_guidance(
        self, city: tuple[Compiled, Path]
    ) -> None:
        codes = [d.code for d in open_submission(city[1]).diagnostics]
        assert codes.count("RK228") > 40
        assert not {"RK201", "RK206", "RK209"} & set(codes)

    def test_counts_are_added(self, city: tuple[Compiled, Path]) -> None:
        made = city[0]
        given = [values(n) for n in range(6)]
        assert number(made, "students.fulltime") == sum(int(g["students.fulltime"]) for g in given)  # type: ignore[arg-type]
        assert observed(made, "students.fulltime").source == "汇总：6 所之和"
        assert number(made, "service.horizontal_income") == Decimal(3300)
        assert observed(made, "service.horizontal_income").unit == "万元"

    def test_rates_are_numerators_over_denominators(self, city: tuple[Compiled, Path]) -> None:
        made = city[0]
        placed, whole = number(made, "graduates.placed"), number(made, "graduates.total")
        assert placed is not None
        assert whole is not None
        assert number(made, "graduates.placement_rate") == round(placed / whole * 100, 2)
        source = observed(made, "graduates.placement_rate").source
        assert source == "汇总：6 所加权平均，权数为毕业生人数"

    def test_an_amount_that_is_a_mean_is_never_added(self, city: tuple[Compiled, Path]) -> None:
        assert 4200 <= (number(city[0], "graduates.income") or 0) <= 4450
        assert observed(city[0], "graduates.income").source.startswith("汇总：5 所加权平均")

    def test_groups_and_regions_add_up(self, city: tuple[Compiled, Path]) -> None:
        made = city[0]
        for scopes in (("高职院校", "中职学校"), ("甲区", "乙区", "丙区")):
            parts = [number(made, "enrolment.total", scope) for scope in scopes]
            assert sum(part or 0 for part in parts) == number(made, "enrolment.total")

    def test_extremes_are_told(self, city: tuple[Compiled, Path]) -> None:
        low, middle, high = (
            number(city[0], "satisfaction.students", scope) for scope in ("最低", "中位数", "最高")
        )
        assert (low, middle, high) == (Decimal("90.00"), Decimal("90.25"), Decimal("90.50"))

    def test_what_not_all_gave_says_so(self, city: tuple[Compiled, Path]) -> None:
        made, out = city
        table = next(each for each in made.laid if each.id == "outcomes-pooled")
        row = next(row for row in table.rows if row[0] == "月收入")
        assert row[-1] == "5"
        assert table.least == 5
        chapter = next(out.glob("chapters/*talent.md")).read_text(encoding="utf-8")
        assert "；各项填报数不同，最少 {{ compiled.outcomes_pooled }} 所" in chapter
        assert "| 月收入 | graduates.income | 4346.02元 | 5/6 |" in text(out / "汇总说明.md")

    def test_coverage_is_printed(self, city: tuple[Compiled, Path]) -> None:
        opened = open_submission(city[1])
        assert opened.report is not None
        printed = opened.report.model_dump_json()
        assert "本报告的汇总数据基于" in printed
        assert "所学校填报" in printed

    def test_cases_are_offered_by_chapter_with_owner_and_place(
        self, city: tuple[Compiled, Path]
    ) -> None:
        listed = text(city[1] / "案例备选.md")
        assert city[0].cases >= 6
        assert "## 人才培养" in listed
        assert "000-甲字第1职业学校#1 |" in listed
        assert "chapters/03-talent.md" in listed or "人才培养" in listed

    def test_nothing_is_left_beside_it(self, city: tuple[Compiled, Path]) -> None:
        assert sorted(p.name for p in city[1].parent.iterdir()) == ["out", "source"]


class TestWhatIsChosen:
    def test_levels_are_not_mixed(self, tmp_path: Path) -> None:
        district = school(
            "甲区教育委员会", "甲区", {"enrolment.total": "9999"}, standard="moe-2023-district"
        )
        made, out = compiled(tmp_path, [*area(3, 1), district])
        assert number(made, "enrolment.total") == 180 + 187 + 194
        assert "是区级报告，这次汇总的是校级的" in text(out / "汇总说明.md")

    def test_a_level_can_be_asked_for(self, tmp_path: Path) -> None:
        district = school(
            "甲区教育委员会", "甲区", {"enrolment.total": "9999"}, standard="moe-2023-district"
        )
        source = outcomes(tmp_path / "source", [*area(3, 1), district])
        made = compile_report(Sources(source, level="district"), TARGET, tmp_path / "out")
        assert number(made, "enrolment.total") == 9999
        assert "基于 {{ compiled.reporting }} 个区填报" in text(
            tmp_path / "out/chapters/01-preface.md"
        )

    def test_an_organisation_counts_once(self, tmp_path: Path) -> None:
        again = school("甲字第1职业学校", "甲区", {"enrolment.total": "5"})
        spaced = school("甲字 第1职业学校", "甲区", {"enrolment.total": "7"})
        made, _ = compiled(tmp_path, [*area(2, 0), again, spaced])
        assert len(made.chosen.members) == 2
        assert number(made, "enrolment.total") == 180 + 187
        assert [left.item for left in made.chosen.left] == [
            "002-甲字第1职业学校",
            "003-甲字 第1职业学校",
        ]
        assert "与 000-甲字第1职业学校 是同一单位" in made.chosen.left[0].reason

    def test_periods_are_not_mixed(self, tmp_path: Path) -> None:
        calendar = DataPeriod(start=date(2024, 1, 1), end=date(2024, 12, 31))
        other = school("历年制学校", "乙区", values(4), window=calendar)
        older = school("上年的报告", "乙区", values(4), year=2023)
        made, _ = compiled(tmp_path, [*area(2, 0), other, older])
        assert len(made.chosen.members) == 2
        reasons = sorted(left.reason for left in made.chosen.left)
        assert reasons == [
            "数据时期是 2024-01-01 至 2024-12-31，不是 2023-09-01 至 2024-08-31",
            "标题年度是 2023，不是 2024",
        ]

    def test_scopes_are_not_mixed(self, tmp_path: Path) -> None:
        given = {"students.fulltime": "100", "students.fulltime@公办": "60"}
        made, _ = compiled(
            tmp_path,
            [school("甲校", "甲区", given), school("乙校", "甲区", {"students.fulltime": "7"})],
        )
        assert number(made, "students.fulltime") == 107
        assert number(made, "students.fulltime", "公办") == 60
        assert made.pooled.counts[("students.fulltime", "2024", "公办")] == 1

    def test_a_scope_like_a_region_is_refused(self, tmp_path: Path) -> None:
        given = {"students.fulltime": "100", "students.fulltime@甲区": "60"}
        made, _ = compiled(tmp_path, [school("甲校", "甲区", given)])
        assert number(made, "students.fulltime", "甲区") == 100
        assert "同名" in made.contributed.refused[0].reason

    def test_last_year_only_of_the_same_organisations(self, tmp_path: Path) -> None:
        both = {"enrolment.total": "90", "teachers.total": "40"}
        made, out = compiled(
            tmp_path,
            [
                school("甲校", "甲区", values(0), before=both),
                school("乙校", "乙区", values(1), before={"enrolment.total": "80"}),
            ],
        )
        assert number(made, "enrolment.total", period="2023") == 170
        assert ("teachers.total", "2023", "") not in made.pooled.observations
        assert "专任教师数（2023）" in text(out / "汇总说明.md")

    def test_own_indicators_are_told(self, tmp_path: Path) -> None:
        made, out = compiled(tmp_path, [school("甲校", "甲区", {**values(0), "own.thing": "3"})])
        assert "own.thing：1 处" in text(out / "汇总说明.md")
        assert not [key for key in made.pooled.observations if key[0] == "own.thing"]

    def test_a_roster_tells_regions(self, tmp_path: Path) -> None:
        roster = tmp_path / "名录.csv"
        roster.write_bytes("单位名称,所在区,类别\n甲校,丁区,高职院校\n".encode("gbk"))
        source = outcomes(tmp_path / "source", [school("甲校", None, values(0))])
        made = compile_report(Sources(source, roster=roster), TARGET, tmp_path / "out")
        assert number(made, "enrolment.total", "丁区") == 180
        assert number(made, "enrolment.total", "高职院校") == 180

    def test_odd_names_do_no_harm(self, tmp_path: Path) -> None:
        odd = ["甲'区", "{{ x }}", "最低", "中职学校", "", "=1+1"]
        schools = [school(f"=第{n}|校", name or None, values(n)) for n, name in enumerate(odd)]
        made, out = compiled(tmp_path, schools)
        assert {m.region for m in made.chosen.members} == {"甲区", "x", "未注明", "1+1"}
        assert unexpected(open_submission(out)) == []
        assert "\n=" not in text(out / "data/sources.csv")
        assert ",=" not in text(out / "data/sources.csv")


class TestWhatCannotBePooled:
    def test_values_that_cannot_be(self, tmp_path: Path) -> None:
        odd = {
            "enrolment.total": "-3",
            "students.fulltime": "99999999999",
            "satisfaction.students": "900",
            "teachers.total": ("55", "元"),
        }
        made, out = compiled(
            tmp_path, [school("甲校", "甲区", odd), school("乙校", "甲区", values(1))]
        )
        assert number(made, "enrolment.total") == 187
        assert made.pooled.counts[("enrolment.total", "2024", "")] == 1
        told = text(out / "汇总说明.md")
        for reason in ("小于下限 0", "大得不可能", "大于上限 100", "单位“元”不能换算为“人”"):
            assert reason in told

    def test_weights_of_nothing_leave_a_gap_with_a_finding(self, tmp_path: Path) -> None:
        nobody = {"satisfaction.students": "90", "students.fulltime": "0", "graduates.total": "0",
                  "graduates.placement_rate": "95"}  # fmt: skip
        made, out = compiled(tmp_path, [school("甲校", "甲区", nobody)])
        assert number(made, "satisfaction.students") is None
        opened = open_submission(out)
        assert number(made, "graduates.placement_rate") is None
        gaps = [d.message for d in opened.diagnostics if d.code == "RK131"]
        assert any("satisfaction.students" in message for message in gaps)
        assert any("graduates.placed" in message for message in gaps)
        assert "权数“全日制在校生人数”是 0" in text(out / "汇总说明.md")

    def test_without_any_weight_it_is_the_median(self, tmp_path: Path) -> None:
        given = [{"satisfaction.students": value} for value in ("80", "91", "99")]
        schools = [school(f"第{n}校", "甲区", each) for n, each in enumerate(given)]
        made, _ = compiled(tmp_path, schools)
        assert number(made, "satisfaction.students") == 91
        assert observed(made, "satisfaction.students").source == "汇总：3 所的中位数"

    def test_units_that_fit_are_turned_into_the_indicators(self, tmp_path: Path) -> None:
        given = [{"funding.total": ("0.5", "亿元")}, {"funding.total": ("300", "万元")}]
        made, _ = compiled(
            tmp_path, [school(f"第{n}校", "甲区", each) for n, each in enumerate(given)]
        )
        assert number(made, "funding.total") == 5300

    def test_a_report_without_values_has_no_tables(self, tmp_path: Path) -> None:
        made, out = compiled(tmp_path, [school("甲校", None, {})])
        assert made.laid == ()
        assert unexpected(open_submission(out)) == []

    def test_a_standard_that_pools_nothing(self, tmp_path: Path) -> None:
        source = outcomes(tmp_path / "source", area(2, 0))
        made = compile_report(Sources(source), "moe-enterprise-2023", tmp_path / "out")
        assert made.chosen.members
        assert open_submission(tmp_path / "out").result.submission is not None

    def test_another_outline_by_the_crosswalk(self, tmp_path: Path) -> None:
        source = outcomes(tmp_path / "source", area(2, 0))
        made = compile_report(Sources(source), "bj-municipal-2022", tmp_path / "out")
        assert {each.section for each in made.laid} >= {"preface", "employment", "service"}
        assert unexpected(open_submission(tmp_path / "out")) == []


class TestRefusals:
    def test_an_existing_folder_is_not_touched(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        out.mkdir()
        (out / "mine.md").write_text("mine", encoding="utf-8")
        source = outcomes(tmp_path / "source", area(1, 0))
        with pytest.raises(CannotDo, match="已经存在"):
            compile_report(Sources(source), TARGET, out)
        assert [p.name for p in out.iterdir()] == ["mine.md"]

    def test_nothing_to_pool(self, tmp_path: Path) -> None:
        with pytest.raises(CannotDo, match="没有"):
            compile_report(Sources(tmp_path / "nowhere"), TARGET, tmp_path / "out")
        (tmp_path / "empty").mkdir()
        with pytest.raises(CannotDo, match="没有找到报送件"):
            compile_report(Sources(tmp_path / "empty"), TARGET, tmp_path / "out")
        records = tmp_path / "broken" / RECORDS
        records.mkdir(parents=True)
        (records / "a.json").write_text("{", encoding="utf-8")
        with pytest.raises(CannotDo, match="读得出"):
            compile_report(Sources(tmp_path / "broken"), TARGET, tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_other_wishes_that_cannot_be(self, tmp_path: Path) -> None:
        sources = Sources(outcomes(tmp_path / "source", area(1, 0)))
        out = tmp_path / "out"
        with pytest.raises(CannotDo, match="没有编制规范"):
            compile_report(sources, "nothing-2099", out)
        with pytest.raises(CannotDo, match="标题年度是 1999"):
            compile_report(sources, TARGET, out, year=1999)
        with pytest.raises(CannotDo, match="没有企业的报送件"):
            compile_report(replace(sources, level="enterprise"), TARGET, out)
        with pytest.raises(CannotDo, match="没有编号是 x#9 的案例"):
            compile_report(sources, TARGET, out, take=["x#9"])
        assert sorted(p.name for p in tmp_path.iterdir()) == ["source"]

    def test_a_broken_record_is_told_and_left_out(self, tmp_path: Path) -> None:
        source = outcomes(tmp_path / "source", area(2, 0))
        (source / RECORDS / "zz.json").write_bytes(b"\xff")
        compile_report(Sources(source), TARGET, tmp_path / "out")
        assert "zz：成批检查的记录读不出" in text(tmp_path / "out/汇总说明.md")


class TestUpdate:
    def test_more_submissions_change_the_data_alone(self, tmp_path: Path) -> None:
        _, out = compiled(tmp_path, area(2, 0))
        chapters = {p: p.read_bytes() for p in out.glob("chapters/*")}
        before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
        shutil.rmtree(tmp_path / "source")
        sources = Sources(outcomes(tmp_path / "source", area(4, 0)))
        more = update_report(sources, out)
        assert number(more, "enrolment.total") == 180 + 187 + 194 + 201
        assert {p: p.read_bytes() for p in chapters} == chapters
        assert unexpected(open_submission(out)) == []
        assert update_report(sources, out).files == ()
        undo_update(out)
        assert {p: p.read_bytes() for p in before} == before

    def test_what_the_editor_gives_stays(self, tmp_path: Path) -> None:
        _, out = compiled(tmp_path, area(2, 0))
        data = out / "data/indicators.csv"
        rows = text(data).replace(
            "enrolment.total,2024,367,,人,汇总：2 所之和", "enrolment.total,2024,400,,人,市教委"
        )
        rows = rows.replace("schools.total,2024,,,所,", "schools.total,2024,76,,所,市教委")
        data.write_text(rows, encoding="utf-8")
        shutil.rmtree(tmp_path / "source")
        more = update_report(Sources(outcomes(tmp_path / "source", area(3, 0))), out)
        assert more.apart == ("enrolment.total",)
        assert "enrolment.total,2024,400,,人,市教委" in text(data)
        assert "schools.total,2024,76,,所,市教委" in text(data)
        assert "students.fulltime,2024,1920,,人,汇总：3 所之和" in text(data)

    def test_only_what_was_compiled_is_updated(self, tmp_path: Path) -> None:
        source = outcomes(tmp_path / "source", area(1, 0))
        write(tmp_path / "other", area(1, 0))
        other = tmp_path / "other" / "甲字第1职业学校"
        with pytest.raises(CannotDo, match="不是用 reportkit compile 汇总出来的"):
            update_report(Sources(source), other)


class TestTheRule:
    def test_a_changed_number_is_found_and_nothing_else(self, tmp_path: Path) -> None:
        _, out = compiled(tmp_path, area(3, 0))
        data = out / "data/indicators.csv"
        was = {d.code for d in open_submission(out).diagnostics}
        rows = text(data).replace(
            "international.courses,2024,3,,", "international.courses,2024,4,,"
        )
        data.write_text(rows, encoding="utf-8")
        found = open_submission(out).diagnostics
        assert {d.code for d in found} - was == {"RK441"}
        (told,) = [d for d in found if d.code == "RK441"]
        assert "按 data/sources.csv 汇总应为 3个" in told.message
        assert len(told.related) == 3

    def test_a_changed_source_is_found(self, tmp_path: Path) -> None:
        _, out = compiled(tmp_path, area(3, 0))
        data = out / "data/sources.csv"
        lines = [
            line
            for line in text(data).split("\n")
            if not line.startswith("teachers.total,2024,,甲")
        ]
        data.write_text("\n".join(lines), encoding="utf-8")
        found = [d.at for d in open_submission(out).diagnostics if d.code == "RK441"]
        assert "teachers.total" in found


def test_the_window_is_that_of_the_submissions(city: tuple[Compiled, Path]) -> None:
    submission = open_submission(city[1]).result.submission
    assert submission is not None
    period = submission.metadata.data_period
    assert (period.start, period.end, period.current) == (WINDOW.start, WINDOW.end, "2024")
