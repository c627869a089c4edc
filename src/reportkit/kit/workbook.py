"""Standard → workbook: indicators, and a sheet for each table of the standard.

Every sheet says in hidden cells what it is: row 1 the kind of sheet and the keys of its columns,
row 2 standard, version and periods, column A the keys of its rows. They go along when sheets are
copied, moved or renamed (``reading.workbook`` reads them). Cells for input are open, all others
are locked, without a password.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..model.data import Indicator, IndicatorKind
from ..model.standard import Need, Standard, TableSpec
from ..model.submission import Submission
from ..reading.workbook import INDICATORS, NAMES, TABLES
from ..standards.scaffold import asked_indicators, new_submission
from .grid_looks import DAY, Rule, fit, look, number_rule, page, protect, settled
from .marks import column_letter, computed, sheet_title

MISSING = ("不适用", "当年没有", "尚未统计", "不公开")
_HEAD, _INPUT, _GROUP, _LOCKED = "D9E2F3", "FFF9E5", "EDEDED", "F7F7F7"
_FIRST = 5
"""The first row below the headings."""
_BLANK_ROWS = 30
_COLUMNS = (
    ("need", "必填", 6),
    ("name", "名称", 30),
    ("unit", "单位", 9),
    ("definition", "口径说明", 46),
    ("previous", "上年值", 13),
    ("current", "本年值", 13),
    ("change", "增减", 11),
    ("missing", "缺值原因", 14),
    ("source", "来源", 24),
)
_AT = {key: column for column, (key, _, _) in enumerate(_COLUMNS, start=2)}
_NEEDS = {Need.REQUIRED: "★", Need.CONDITIONAL: "△"}


@dataclass(frozen=True, slots=True)
class Previous:
    """Last year's values by indicator, and the name of their period."""

    period: str
    values: Mapping[str, Decimal]


def workbook(
    standard: Standard, organisation: str | None, year: int, previous: Previous | None
) -> bytes:
    """The bytes of the workbook."""
    from openpyxl import Workbook

    return _Maker(Workbook(), standard, organisation, year, previous).content()


class _Maker:
    def __init__(
        self,
        book: Any,
        standard: Standard,
        organisation: str | None,
        year: int,
        previous: Previous | None,
    ) -> None:
        self.book, self.standard, self.organisation = book, standard, organisation
        self.year, self.previous = year, previous
        self.period = str(new_submission(standard, "单位", year).metadata.data_period.end.year)
        self.before = previous.period if previous else str(int(self.period) - 1)
        self.rows: dict[str, int] = {}

    def content(self) -> bytes:
        """All sheets, as a file."""
        self._notes(self.book.active)
        self._indicators(self.book.create_sheet("指标"))
        taken = {"说明", "指标"}
        for spec in self.standard.tables:
            if spec.need is not Need.FORBIDDEN and spec.header:
                title = sheet_title(spec.title, taken)
                taken.add(title)
                self._table(self.book.create_sheet(title), spec)
        properties = self.book.properties
        properties.title = f"填报数据（{self.standard.title}）"
        properties.subject = f"{self.standard.id} 版本 {self.standard.version}"
        properties.creator = "reportkit"
        properties.created = properties.modified = DAY
        self.book.active = 0
        buffer = io.BytesIO()
        self.book.save(buffer)
        return settled(buffer)

    # -- 说明 --------------------------------------------------------------------------------

    def _notes(self, sheet: Any) -> None:
        sheet.title = "说明"
        sheet.column_dimensions["A"].width = 100
        who = f"填报单位：{self.organisation}" if self.organisation else "填报单位："
        lines = (
            "填报数据",
            f"编制规范：{self.standard.title}（标识 {self.standard.id}，"
            f"版本 {self.standard.version}）",
            f"{who}    报告年度：{self.year}    本年指 {self.period}，上年指 {self.before}",
            "一、只填黄色的格；灰色的格是固定内容或由公式算出，已锁定。",
            "二、数字都填在“指标”表：只写数字，不写单位和“约”“余”。★ 必填，△ 有条件时填。",
            "三、没有数值的，本年值空着，在“缺值原因”里选一项或写明；没有开展的填 0。",
            "四、其余各表自动取“指标”表的数；表中还有黄色格的，把它填完。",
            "五、可以调整工作表和行的次序，也可以增加自己的工作表；不要删去隐藏的行和列。",
            "六、填好后与“填报模板.docx”一起交回。",
        )
        for row, text in enumerate(lines, start=1):
            self._put(sheet, row, 1, text, bold=row == 1, wrap=True)
        fit(sheet, 1)
        sheet.sheet_view.showGridLines = False
        protect(sheet)

    # -- 指标 --------------------------------------------------------------------------------

    def _indicators(self, sheet: Any) -> None:
        keys = [key for key, _, _ in _COLUMNS]
        self._marks(sheet, INDICATORS, keys)
        origin = f"编制规范：{self.standard.id} 版本 {self.standard.version}"
        self._put(sheet, 3, 2, f"指标（★ 必填，△ 有条件时填）  {origin}", bold=True)
        years = {"previous": f"（{self.before}）", "current": f"（{self.period}）"}
        for column, (key, name, width) in enumerate(_COLUMNS, start=2):
            self._put(sheet, 4, column, name + years.get(key, ""), bold=True, fill=_HEAD, wrap=True)
            sheet.column_dimensions[column_letter(column)].width = width
        row = _FIRST
        for name, indicators in self._groups():
            for column in range(2, 2 + len(_COLUMNS)):
                self._put(sheet, row, column, name if column == 2 else "", bold=True, fill=_GROUP)
            row += 1
            for indicator in indicators:
                self._indicator(sheet, row, indicator)
                row += 1
        self._validate(sheet)
        sheet.freeze_panes = sheet.cell(row=_FIRST, column=_AT["unit"])
        fit(sheet, _FIRST)
        page(sheet, landscape=True)
        protect(sheet)

    def _groups(self) -> Iterable[tuple[str, list[Indicator]]]:
        """Indicators under the heading of what asks for them; each once."""
        known = {indicator.id: indicator for indicator in self.standard.indicators}
        seen: set[str] = set()

        def fresh(names: Iterable[str]) -> list[Indicator]:
            names = [name for name in dict.fromkeys(names) if name in known and name not in seen]
            seen.update(names)
            return [known[name] for name in names]

        for spec in self.standard.tables:
            if any(spec.indicators) and spec.need is not Need.FORBIDDEN:
                yield f"{spec.title}的指标", fresh(filter(None, spec.indicators))
        if rest := fresh(asked_indicators(self.standard)):
            yield "须填报的其他指标", rest
        if rest := fresh(known):
            yield "选填：正文和表里用得到的再填", rest

    def _indicator(self, sheet: Any, row: int, indicator: Indicator) -> None:
        self.rows[indicator.id] = row
        needs = {spec.id: spec.need for spec in self.standard.required_indicators}
        need = _NEEDS.get(needs.get(indicator.id, Need.OPTIONAL), "")
        old = self.previous.values.get(indicator.id) if self.previous else None
        texts = {
            "need": need,
            "name": indicator.name,
            "unit": indicator.unit,
            "definition": _definition(indicator),
        }
        self._put(sheet, row, 1, indicator.id)
        for key, column in _AT.items():
            if key in texts:
                wrap = key in ("name", "definition")
                self._put(sheet, row, column, texts[key], fill=_LOCKED, wrap=wrap)
            elif key == "change":
                f, g = (f"{column_letter(_AT[k])}{row}" for k in ("previous", "current"))
                self._formula(sheet, row, column, f'=IF(OR({f}="",{g}=""),"",{g}-{f})')
            else:
                cell = self._input(sheet, row, column)
                if key == "previous" and old is not None:
                    cell.value = old

    def _validate(self, sheet: Any) -> None:
        """Numbers within the bounds of each indicator, and the usual reasons to have none."""
        from openpyxl.worksheet.datavalidation import DataValidation

        rules: dict[Rule, Any] = {}
        bounds = {indicator.id: _bounds(indicator) for indicator in self.standard.indicators}
        for identity, row in self.rows.items():
            kind, low, high = bounds[identity]
            rule = rules.get((kind, low, high))
            if rule is None:
                rule = number_rule(kind, low, high)
                rules[kind, low, high] = rule
                sheet.add_data_validation(rule)
            for key in ("previous", "current"):
                rule.add(f"{column_letter(_AT[key])}{row}")
        reasons = DataValidation(type="list", formula1=f'"{",".join(MISSING)}"', allow_blank=True)
        reasons.showErrorMessage = False
        letter = column_letter(_AT["missing"])
        reasons.add(f"{letter}{_FIRST}:{letter}{max(self.rows.values(), default=_FIRST)}")
        sheet.add_data_validation(reasons)

    # -- tables ------------------------------------------------------------------------------

    def _table(self, sheet: Any, spec: TableSpec) -> None:
        width = max(map(len, (*spec.header, *spec.rows)))
        linked = any(spec.indicators)
        keys = [f"c{column}" for column in range(width)]
        more = ["上年值", "增长量", "增长率（%）"] if linked else []
        rules = {} if linked else computed(spec.header[-1])
        for column, (kind, old, new) in rules.items():
            keys[column] = f"{kind}:{old}:{new}:{column}"
        self._marks(sheet, TABLES + spec.id, [*keys, *(("old", "diff", "rate") if more else ())])
        self._put(sheet, 3, 2, spec.title, bold=True)
        for index, header in enumerate(spec.header):
            row = 4 + index
            self._put(sheet, row, 1, f"h{index}")
            texts = [*header, *[""] * (width - len(header)), *more]
            for column, text in enumerate(texts, start=2):
                self._put(sheet, row, column, text, bold=True, fill=_HEAD, wrap=True)
        first = 4 + len(spec.header)
        rows = spec.rows or tuple(("",) * width for _ in range(_BLANK_ROWS))
        ids = spec.indicators or ("",) * len(rows)
        for index, (texts_, identity) in enumerate(zip(rows, ids, strict=True)):
            self._put(sheet, first + index, 1, f"r{index}")
            self._table_row(
                sheet, first + index, (*texts_, *[""] * (width - len(texts_))), identity
            )
            if rules:
                self._computed(sheet, first + index, rules)
            for column, text in enumerate(more, start=2 + width):
                self._growth(sheet, first + index, column, text, identity)
        for column in range(width + len(more)):
            names = [row[column] for row in rows if column < len(row)]
            longest = max(map(len, names), default=0)
            sheet.column_dimensions[column_letter(column + 2)].width = min(44, 12 + longest * 1.6)
        fit(sheet, 4)
        sheet.freeze_panes = sheet.cell(row=first, column=3)
        page(sheet, landscape=width + len(more) > 5)
        protect(sheet)

    def _table_row(self, sheet: Any, row: int, texts: Sequence[str], identity: str) -> None:
        linked = identity in self.rows
        for column, text in enumerate(texts, start=2):
            if text:
                self._put(sheet, row, column, text, fill=_LOCKED, wrap=True)
            elif linked:
                linked = False
                value, why = (self._there(identity, key) for key in ("current", "missing"))
                self._formula(sheet, row, column, f'=IF({value}="",{why}&"",{value})')
            else:
                self._input(sheet, row, column)

    def _growth(self, sheet: Any, row: int, column: int, name: str, identity: str) -> None:
        """The old value, growth and rate of growth of an indicator; rates have no rate."""
        if identity not in self.rows:
            self._put(sheet, row, column, "", fill=_LOCKED)
            return
        old, new = (self._there(identity, key) for key in ("previous", "current"))
        kind = next(i.kind for i in self.standard.indicators if i.id == identity)
        blank = f'{old}="",{new}=""'
        formula = {
            "上年值": f'=IF({old}="","",{old})',
            "增长量": f'=IF(OR({blank}),"",{new}-{old})',
            "增长率（%）": f'=IF(OR({blank},{old}=0),"",ROUND(({new}-{old})/{old}*100,2))',
        }[name]
        if name == "增长率（%）" and kind is IndicatorKind.RATE:
            self._put(sheet, row, column, "—", fill=_LOCKED)
        else:
            self._formula(sheet, row, column, formula)

    def _computed(self, sheet: Any, row: int, rules: Mapping[int, tuple[str, int, int]]) -> None:
        for column, (kind, old, new) in rules.items():
            a, b = f"{column_letter(old + 2)}{row}", f"{column_letter(new + 2)}{row}"
            change = f"{b}-{a}" if kind == "diff" else f"ROUND(({b}-{a})/{a}*100,2)"
            zero = "" if kind == "diff" else f",{a}=0"
            self._formula(sheet, row, column + 2, f'=IF(OR({a}="",{b}=""{zero}),"",{change})')

    def _there(self, identity: str, key: str) -> str:
        return f"指标!${column_letter(_AT[key])}${self.rows[identity]}"

    # -- cells -------------------------------------------------------------------------------

    def _marks(self, sheet: Any, kind: str, keys: Sequence[str]) -> None:
        """The hidden cells that tell what a sheet is."""
        from openpyxl.workbook.defined_name import DefinedName

        for column, text in enumerate([kind, *keys], start=1):
            self._put(sheet, 1, column, text)
        facts = (self.standard.id, self.standard.version, self.period, self.before, str(self.year))
        for column, text in enumerate(facts, start=1):
            self._put(sheet, 2, column, text)
        self._put(sheet, 2, 6, self.organisation or "")
        sheet.row_dimensions[1].hidden = sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["A"].hidden = True
        name = sheet.title.replace("'", "''")
        for mark, place in zip(NAMES, ("$A$1", "$A$2"), strict=True):
            sheet.defined_names[mark] = DefinedName(mark, attr_text=f"'{name}'!{place}")

    def _put(
        self,
        sheet: Any,
        row: int,
        column: int,
        text: str,
        *,
        bold: bool = False,
        fill: str = "",
        wrap: bool = False,
    ) -> Any:
        """A locked cell of text, which is text whatever it begins with."""
        cell = sheet.cell(row=row, column=column)
        if text:
            cell.value = text
            cell.data_type = "s"
            cell.quotePrefix = text[0] in "=+-@"
        look(cell, bold=bold, fill=fill, wrap=wrap)
        return cell

    def _input(self, sheet: Any, row: int, column: int) -> Any:
        from openpyxl.styles import Protection

        cell = sheet.cell(row=row, column=column)
        look(cell, fill=_INPUT, wrap=True)
        cell.protection = Protection(locked=False)
        return cell

    def _formula(self, sheet: Any, row: int, column: int, formula: str) -> None:
        from openpyxl.styles import Protection

        cell = sheet.cell(row=row, column=column, value=formula)
        cell.protection = Protection(locked=True)
        look(cell, fill=_LOCKED)


def _definition(indicator: Indicator) -> str:
    parts = [indicator.definition or ""]
    if indicator.formula:
        parts.append("可由其他指标算出，空着即自动计算。")
    return "".join(parts)


def _bounds(indicator: Indicator) -> Rule:
    """``whole`` or ``decimal``, and the bounds as texts; empty where there is none."""
    whole = indicator.decimals == 0 or (
        indicator.kind is IndicatorKind.COUNT and indicator.unit in ("人", "人次", "所", "个", "门")
    )
    low = "" if indicator.minimum is None else str(indicator.minimum)
    high = "" if indicator.maximum is None else str(indicator.maximum)
    return "whole" if whole else "decimal", low, high


def last_values(submission: Submission) -> Previous:
    """The values of a submission's own period, to stand as last year's."""
    period = submission.metadata.data_period
    current = period.current or str(period.end.year)
    values = {
        each.indicator: each.value
        for each in submission.data.observations
        if each.period == current and not each.scope and each.value is not None
    }
    return Previous(current, values)
