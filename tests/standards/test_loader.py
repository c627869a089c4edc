"""Finding, merging and refusing standards."""

from pathlib import Path

import pytest

from reportkit.model.data import Status
from reportkit.model.standard import Need
from reportkit.standards import InvalidStandard, UnknownStandard, available, lineage, load

from .tools import SHIPPED, SMALL, heir, write

ONE_LINE = (
    'id: {id}\ntitle: t\nlevel: other\nparts: [{part: body}]\nnumbering: {heading: ["{n}."]}\n'
)


def reasons(root: Path, text: str, base: str = SMALL, **lists: str) -> list[str]:
    """Why a standard that extends ``small`` by ``text`` is refused."""
    write(root, "small", base)
    write(root, "heir", f"id: heir\nextends: small\n{text}", **lists)
    with pytest.raises(InvalidStandard) as refused:
        load("heir", extra=root)
    assert refused.value.place.file.split("/")[0] in ("heir", "small")
    return list(refused.value.reasons)


def titles(standard: object) -> list[str]:
    return [spec.id for spec in standard.outline]  # type: ignore[attr-defined]


class TestFinding:
    def test_shipped_standards_are_available(self) -> None:
        assert tuple(standard.id for standard in available()) == SHIPPED

    def test_an_extra_folder_adds_and_wins(self, tmp_path: Path) -> None:
        write(tmp_path, "small", SMALL)
        write(tmp_path, "moe-2024-school", SMALL.replace("id: small", "id: moe-2024-school"))
        assert "small" in {standard.id for standard in available(tmp_path)}
        assert load("moe-2024-school", extra=tmp_path).title == "小规范"

    def test_an_unknown_id_suggests_what_comes_near(self) -> None:
        with pytest.raises(UnknownStandard) as unknown:
            load("moe-2024-scool")
        assert unknown.value.suggestions[0] == "moe-2024-school"
        assert "moe-2024-school" in str(unknown.value)

    @pytest.mark.parametrize("name", ["common", "seven-parts"])
    def test_abstract_ones_cannot_be_used(self, name: str) -> None:
        with pytest.raises(UnknownStandard):
            load(name)

    def test_a_folder_or_its_file_is_as_good_as_an_id(self, tmp_path: Path) -> None:
        folder = write(tmp_path, "small", SMALL)
        write(tmp_path, "heir", "id: heir\nextends: small\ntitle: 子规范\n")
        assert load(folder) is load(str(folder / "standard.yaml"))
        assert load(tmp_path / "heir").title == "子规范"

    def test_a_folder_without_a_standard_is_unknown(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownStandard):
            load(tmp_path)

    @pytest.mark.parametrize("name", ["", "../moe-2024-school/x", "不存在", "a/b"])
    def test_strange_names_are_unknown(self, name: str) -> None:
        with pytest.raises(UnknownStandard):
            load(name)

    def test_lineage_goes_up_to_the_root(self) -> None:
        assert lineage(load("bj-municipal-2025")) == ("bj-municipal-2025", "seven-parts", "common")


class TestMerging:
    def test_scalars_are_overridden_and_the_rest_inherited(self, tmp_path: Path) -> None:
        standard = heir(tmp_path, "title: 子规范\n")
        assert (standard.title, standard.level, standard.extends) == ("子规范", "other", "small")

    def test_mappings_merge_by_key(self, tmp_path: Path) -> None:
        standard = heir(tmp_path, "numbering: {table: '表{n}'}\n")
        assert (standard.numbering.heading, standard.numbering.table) == (("{n}.",), "表{n}")

    def test_a_section_is_overridden_by_id(self, tmp_path: Path) -> None:
        standard = heir(
            tmp_path, "outline: [{id: three, need: required, status: practice, basis: b}]\n"
        )
        three = standard.outline[2]
        assert (three.title, three.need, three.status) == (
            "第三部分",
            Need.REQUIRED,
            Status.PRACTICE,
        )

    def test_sections_below_merge_too(self, tmp_path: Path) -> None:
        text = (
            "outline: [{id: one, sections: [{id: one-b, variants: [丙]}, {id: one-c, title: 丁}]}]"
        )
        one = heir(tmp_path, text).outline[0]
        assert [spec.id for spec in one.sections] == ["one-a", "one-b", "one-c"]
        assert one.sections[1].variants == ("丙",)

    @pytest.mark.parametrize(
        ("item", "order"),
        [
            ("{id: new, title: 新}", ["one", "two", "three", "new"]),
            ("{id: new, title: 新, after: one}", ["one", "new", "two", "three"]),
            ("{id: new, title: 新, before: one}", ["new", "one", "two", "three"]),
            ("{id: three, before: two}", ["one", "three", "two"]),
            ("{id: one, after: three}", ["two", "three", "one"]),
            ("{id: two, remove: true}", ["one", "three"]),
        ],
    )
    def test_order_and_removal(self, tmp_path: Path, item: str, order: list[str]) -> None:
        assert titles(heir(tmp_path, f"outline: [{item}]\n")) == order

    def test_several_moves_follow_each_other(self, tmp_path: Path) -> None:
        text = "outline: [{id: new, title: 新, after: one}, {id: newer, title: 更新, after: new}]\n"
        assert titles(heir(tmp_path, text)) == ["one", "new", "newer", "two", "three"]

    def test_an_old_source_does_not_vouch_for_a_new_status(self, tmp_path: Path) -> None:
        base = SMALL.replace(
            "{id: one-a, title: 甲}", "{id: one-a, title: 甲, status: official, basis: 文}"
        )
        text = "outline: [{id: one, sections: [{id: one-a, title: 甲甲, status: assumed}]}]\n"
        spec = heir(tmp_path, text, base).outline[0].sections[0]
        assert (spec.status, spec.basis) == (Status.ASSUMED, None)

    def test_facts_are_replaced_as_a_whole(self, tmp_path: Path) -> None:
        base = SMALL + "limits: {case: {at_most: 9, at_least: 1}, body: {at_most: 5}}\n"
        limits = heir(tmp_path, "limits: {case: {at_most: 8}}\n", base).limits
        assert (limits.case.at_most, limits.case.at_least, limits.body.at_most) == (8, None, 5)

    def test_being_abstract_is_not_inherited(self, tmp_path: Path) -> None:
        assert heir(tmp_path, "title: 子规范\n", SMALL + "abstract: true\n").title == "子规范"

    def test_null_takes_away_an_inherited_value(self, tmp_path: Path) -> None:
        base = SMALL + "title_example: 例\n"
        assert heir(tmp_path, "title_example: null\n", base).title_example is None


class TestLists:
    def test_a_long_list_may_stand_in_its_own_file(self, tmp_path: Path) -> None:
        head, outline = SMALL.split("outline:\n")
        lines = "\n".join(line.removeprefix("  ") for line in outline.splitlines())
        write(tmp_path, "small", head, outline=lines)
        standard = load("small", extra=tmp_path)
        assert titles(standard) == ["one", "two", "three"]
        assert standard.outline[1].place is not None
        assert standard.outline[1].place.file == "small/outline.yaml"

    def test_but_not_in_both(self, tmp_path: Path) -> None:
        found = reasons(tmp_path, "outline: []\n", outline="- {id: x, title: x}\n")
        assert "outline 已另有 outline.yaml" in found[0]

    def test_it_must_be_a_list(self, tmp_path: Path) -> None:
        assert "应当是列表" in reasons(tmp_path, "", tables="a: b\n")[0]

    def test_folded_lines_leave_no_blank_between_hanzi(self, tmp_path: Path) -> None:
        text = "outline:\n- id: one\n  guidance: >-\n    写规模，\n    写 3 年的\n    数\n"
        assert heir(tmp_path, text).outline[0].guidance == "写规模，写 3 年的数"


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("outline: [{id: two, title: 改}]", "请同时写明 status"),
            ("outline: [{id: two, need: optional}]", "请同时写明 status"),
            ("outline: [{id: none, remove: true}]", "没有 none，无从删除"),
            ("outline: [{id: two, remove: yes}]", "remove 只能写 true"),
            ("outline: [{id: x, title: x, after: none}]", "outline 中没有 none"),
            ("outline: [{title: x}]", "缺少 id"),
            ("outline: [{id: two}, {id: two}]", "two 写了两次"),
            ("outline: [文字]", "“键: 值”的形式"),
            ("outline: [{id: x, title: x, sections: [{id: two, title: y}]}]", "two 重复"),
            ("outline: [{id: x}]", "缺少 outline.3.title"),
            ("outline: [{id: X, title: x}]", "不合格式"),
            (
                "outline: [{id: x, title: x, need: must}]",
                "可以写 required、optional、conditional、forbidden",
            ),
            ("outline: [{id: x, title: x, colour: red}]", "不认识的键 outline.3.colour"),
            ("outline: [{id: x, title: x, at_least: 2}]", "at_least 大于下级节的个数"),
            ("outline: [{id: x, title: x, at_least: 二}]", "不是合适的数"),
            ("outline: [{id: x, title: x, status: official}]", "用 basis 写明出处"),
            ("outline: [{id: x, title: x, need: conditional}]", "用 condition 写明条件"),
            (
                "outline: [{id: one, sections: [{id: y, title: y, part: annex}]}]",
                "只有章可以写 part",
            ),
            ("numbering: {table: '表{chap}-{n}'}", "{chap} 不认识"),
            ("numbering: {heading: ['{chapter}']}", "{chapter} 不认识"),
            ("numbering: {case_heading: '{name}'}", "{name} 不认识"),
            ("tables: [{id: t, title: t, section: none}]", "所在的节 none 不存在"),
            ("tables: [{id: t, title: t, rows: [[a], [b, c]]}]", "各行的格数不一"),
            ("tables: [{id: t, title: t, rows: [[a]], indicators: [x.y, z]}]", "应与 rows 等长"),
            ("tables: [{id: t, title: t, rows: [[a]], indicators: [x.y]}]", "x.y 不在指标目录中"),
            ("required_indicators: [{id: x.y}]", "x.y 不在指标目录中"),
            ("indicators: [{id: x, name: x, minimum: 2, maximum: 1}]", "下限大于上限"),
            ("severities: {R1: error}", "R1 不是规则编号"),
            ("parts: [{part: body, remove: true}]", "缺少 body"),
            ("parts: body", "parts 应当是列表"),
            ("outline: [{id: x, title: x, part: cover}]", "可以写 preface、body、annex"),
            ("outline: [{id: x, title: x, expects: [poem]}]", "可以写 prose、table、figure"),
            ("level: none", "level 的值“none”不对"),
            ("title: [x]", "title 应当是文字"),
            ("title: a\ntitle: b", "键 title 重复"),
            ("title: *a", "不接受别名 *a"),
            ("title: [a", "YAML 格式有误"),
        ],
    )
    def test_each_fault_is_told_with_its_line(self, tmp_path: Path, text: str, reason: str) -> None:
        found = reasons(tmp_path, text + "\n")
        assert any(reason in each for each in found), found
        assert all(each.split("/")[0] in ("heir", "small") for each in found)
        assert all(each.split(":")[1].isdigit() for each in found), found

    def test_all_faults_are_told_at_once(self, tmp_path: Path) -> None:
        text = "level: none\noutline:\n- {id: x, title: x, need: must}\n- {id: y, title: y, a: b}\n"
        assert [each.split(":")[1] for each in reasons(tmp_path, text)] == ["3", "5", "6"]

    def test_a_fault_in_what_is_inherited_is_told_where_it_stands(self, tmp_path: Path) -> None:
        base = SMALL.replace("variants: [第二]", "variants: 第二")
        (found,) = reasons(tmp_path, "title: 子规范\n", base)
        assert found.startswith("small/standard.yaml:15:")

    @pytest.mark.parametrize("text", ["", "- a\n", "文字\n"])
    def test_a_file_that_is_no_mapping(self, tmp_path: Path, text: str) -> None:
        folder = write(tmp_path, "odd", text)
        with pytest.raises(InvalidStandard, match="键: 值"):
            load(folder)

    def test_a_file_in_another_encoding(self, tmp_path: Path) -> None:
        folder = write(tmp_path, "odd", "")
        (folder / "standard.yaml").write_bytes("id: odd\ntitle: 规范\n".encode("gbk"))
        with pytest.raises(InvalidStandard, match="UTF-8"):
            load(folder)

    def test_the_id_is_the_name_of_the_folder(self, tmp_path: Path) -> None:
        folder = write(tmp_path, "other", SMALL)
        with pytest.raises(InvalidStandard, match="id 应当与文件夹同名：other"):
            load(folder)

    def test_an_unknown_parent(self, tmp_path: Path) -> None:
        folder = write(tmp_path, "heir", "id: heir\nextends: nobody\ntitle: t\n")
        with pytest.raises(InvalidStandard, match="nobody 不存在"):
            load(folder)

    @pytest.mark.parametrize("length", [1, 2, 3])
    def test_a_circle(self, tmp_path: Path, length: int) -> None:
        names = [f"s{index}" for index in range(length)]
        for name, parent in zip(names, names[1:] + names[:1], strict=True):
            write(tmp_path, name, f"id: {name}\nextends: {parent}\ntitle: t\n")
        with pytest.raises(InvalidStandard, match="extends 成了环"):
            load("s0", extra=tmp_path)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_heir_that_changes_nothing_is_the_same(tmp_path: Path, name: str) -> None:
    base = load(name)
    write(tmp_path, "heir", f"id: heir\nextends: {name}\n")
    same = {"id": name, "extends": base.extends}
    assert load("heir", extra=tmp_path).model_copy(update=same) == base
