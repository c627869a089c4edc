"""``{{ expression }}`` → text.

Jinja2's sandboxed environment parses the expression; what is evaluated is only its tree, and only
the nodes that ``_NODES`` names: ids of indicators, a period in brackets, numbers, our filters and
the four operations. There are no calls, loops, powers, assignments or Python attributes, so there
is nothing to escape to and nothing that runs long.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from reportkit.model.data import Indicator

from .facts import Facts, NoValueError, Wanted, brief, rounded
from .filters import FILTERS, Amount, Value, amount, invalid, joined, no_cell, text
from .sheets import Sheet

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

LONGEST = 300
DEEPEST = 20
MOST_DIGITS = 30
TREES = 2000
"""Expressions whose trees are kept."""
Result = Value | str


_SHOWN = 80
"""Characters of an expression that a message repeats."""


def _short(expression: str) -> str:
    return expression if len(expression) <= _SHOWN else f"{expression[: _SHOWN - 1]}…"


@lru_cache(maxsize=TREES)
def _parse(expression: str) -> "nodes.Node":
    """The tree of an expression; trees are only read, so that one serves all."""
    from jinja2 import TemplateSyntaxError, nodes

    if len(expression) > LONGEST:
        raise invalid(f"表达式超过 {LONGEST} 个字符")
    try:
        body = _environment().parse("{{ " + expression + " }}").body
    except TemplateSyntaxError:
        raise invalid("写法不对") from None
    except (RecursionError, ValueError, ArithmeticError):
        raise invalid("过于复杂") from None
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        raise invalid("只能写一个表达式")
    return body[0].nodes[0]


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


class Values:
    """Evaluates expressions over the facts of one submission."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._known: dict[tuple[str, str | None, str], Decimal] = {}
        facts.formula = self.derived

    def text(self, expression: str) -> str:
        """What the expression prints. Raises ``NoValueError``."""
        try:
            if expression in self.facts.indicators:
                return self.facts.find(Wanted(expression)).text
            return text(self.facts, self._evaluate(expression, Wanted("")))
        except NoValueError as problem:
            if not problem.gap:
                problem.gap = f"有误：{expression[:40]}"
            problem.args_.setdefault("expression", _short(expression))
            raise

    def expression(self, name: str, period: str, scope: str) -> str:
        """What a writer puts between the braces for a fact."""
        said = [] if period == self.facts.current else [period]
        if scope and scope != self.facts.scope_meant(name, period):
            said.append(scope)
        labels = ", ".join(f"'{each}'" for each in said)
        return f"{name}[{labels}]" if labels else name

    def _evaluate(self, expression: str, asked: Wanted) -> Result:
        """The result of an expression; its facts are of the period and scope of ``asked``."""
        try:
            return _Evaluation(self.facts, asked).result(_parse(expression))
        except RecursionError:
            raise invalid("过于复杂") from None

    def derived(self, indicator: Indicator, asked: Wanted) -> Decimal | None:
        """The value by the indicator's formula, if that is an expression of known indicators."""
        name, above = indicator.id, asked.above
        key = (name, asked.period, asked.scope)
        if not indicator.formula or key in self._known:
            return self._known.get(key)
        if not self.computes(indicator.formula):
            return None
        if name in above and asked.scope:
            return None  # a part of the indicator itself: given, or missing
        if name in above:
            path = " → ".join((*above[above.index(name) :], name))
            raise NoValueError("RK132", f"缺：{name}", name=name, path=path)
        if len(above) >= DEEPEST:
            raise invalid(f"公式套用超过 {DEEPEST} 层")
        within = replace(asked, above=(*above, name))
        result = self.computed(indicator.formula, within, indicator.unit)
        if result is None:
            return None
        places = indicator.decimals
        self._known[key] = brief(result) if places is None else rounded(result, places)
        return self._known[key]

    def computed(self, formula: str, asked: Wanted, unit: str = "") -> Decimal | None:
        """What a formula gives for the period and scope of ``asked`` in ``unit``, not rounded.

        None if the formula is not meant for the computer; ``NoValueError`` if a value is missing.
        """
        if not self.computes(formula):
            return None
        value = self._evaluate(formula, asked)
        if isinstance(value, str):
            return None
        found = _amount(self.facts, value, asked)
        return found.value if not unit else joined(Amount(Decimal(0), unit), found).value

    def needs(self, formula: str) -> tuple[str, ...]:
        """Ids of the indicators that a formula is made of."""
        from jinja2 import nodes

        try:
            tree = _parse(formula)
        except NoValueError:
            return ()
        found = (_dotted(node) for node in _outermost(tree, (nodes.Name, nodes.Getattr)))
        return tuple(dict.fromkeys(name for name in found if name))

    def divisor(self, formula: str) -> str:
        """The indicator that a formula divides by, where it is one part over one whole (× 100)."""
        from jinja2 import nodes

        if not self.computes(formula):
            return ""
        node: Any = _parse(formula)
        while isinstance(node, nodes.Mul) and isinstance(node.right, nodes.Const):
            node = node.left
        return _dotted(node.right) if isinstance(node, nodes.Div) else ""

    def computes(self, formula: str) -> bool:
        """Whether a formula is meant for the computer, and not for the reader."""
        names = self.needs(formula)
        known = (self.facts.indicators, self.facts.sheets)
        return bool(names) and all(any(name in each for each in known) for name in names)


class _Evaluation:
    """Evaluates one tree; its facts are those of the period and scope of ``asked``."""

    def __init__(self, facts: Facts, asked: Wanted) -> None:
        self.facts = facts
        self.asked = asked

    def result(self, node: "nodes.Node") -> Result:
        handle = _NODES.get(type(node).__name__)
        if handle is None:
            raise invalid("不允许这种写法")
        return handle(self, node)

    def value(self, node: "nodes.Node") -> Value:
        result = self.result(node)
        if isinstance(result, str):
            raise invalid("文字不能参加计算")
        return result

    def indicator(self, node: Any) -> Result:
        name = _dotted(node)
        if not name:
            raise invalid("不允许这种写法")
        if name not in self.facts.indicators and name in self.facts.sheets:
            self.facts.used.add((name, "", ""))
            return self.facts.sheets[name]
        return replace(self.asked, name=name)

    def item(self, node: Any) -> Result:
        """A fact of a period or a scope, or both; a cell of a data file by its two labels."""
        name, written = _dotted(node.node), getattr(node.arg, "items", [node.arg])
        labels = [getattr(each, "value", None) for each in written]
        if not name or len(labels) > 2 or any(type(each) not in (str, int) for each in labels):
            raise invalid(
                "方括号里应写时期或口径，如 ['2021']；表中的一格写行和列，如 ['甲', '人数']"
            )
        found = self.indicator(node.node)
        if isinstance(found, Sheet):
            return _cell_of(found, [str(each) for each in labels])
        assert isinstance(found, Wanted)
        for each in labels:
            found = self.facts.within(found, str(each))
        return found

    def constant(self, node: Any) -> Result:
        if type(node.value) not in (int, float):
            raise invalid("这里只能写指标或数字")
        return _moderate(Decimal(str(node.value)))

    def filtered(self, node: Any) -> Result:
        handle = FILTERS.get(node.name)
        if handle is None:
            known = "、".join(FILTERS)
            raise invalid(f"没有“{node.name}”这种处理，可用的有：{known}")
        if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise invalid("不允许这种写法")
        arguments = [getattr(argument, "value", None) for argument in node.args]
        if any(type(argument) not in (str, int) for argument in arguments):
            raise invalid("括号里只能写文字或整数")
        try:
            return handle(self.facts, self.value(node.node), *arguments)
        except TypeError:
            raise invalid(f"“{node.name}”的参数个数不对") from None

    def operation(self, node: Any) -> Result:
        one, two = self.amount(node.left), self.amount(node.right)
        name = type(node).__name__
        try:
            if name in ("Add", "Sub"):
                made = joined(one, two, 1 if name == "Add" else -1)
                return replace(made, value=_moderate(made.value))
            return _moderate(_OPERATIONS[name](one.value, two.value))
        except ArithmeticError:
            raise invalid("除数为 0，或结果过大") from None

    def amount(self, node: "nodes.Node") -> Amount:
        return _amount(self.facts, self.value(node), self.asked)

    def sign(self, node: Any) -> Result:
        value = self.amount(node.node)
        return replace(value, value=-value.value) if type(node).__name__ == "Neg" else value


_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "Mul": lambda left, right: (left * right).normalize(),
    "Div": lambda left, right: (left / right).normalize(),
}
_NODES: dict[str, Callable[[_Evaluation, Any], Result]] = {
    "Name": _Evaluation.indicator,
    "Getattr": _Evaluation.indicator,
    "Getitem": _Evaluation.item,
    "Const": _Evaluation.constant,
    "Filter": _Evaluation.filtered,
    "Neg": _Evaluation.sign,
    "Pos": _Evaluation.sign,
    **dict.fromkeys(("Add", "Sub", *_OPERATIONS), _Evaluation.operation),
}


def _cell_of(sheet: Sheet, labels: list[str]) -> Decimal:
    if len(labels) != 2:
        raise invalid("表中的一格写行和列，如 ['甲', '人数']")
    try:
        return sheet.cell(*labels)
    except LookupError as problem:
        raise no_cell(sheet, problem) from None


def _amount(facts: Facts, value: Value, asked: Wanted) -> Amount:
    """A value with its unit; inside a formula in the unit of its indicator."""
    if not isinstance(value, Wanted) or not asked.above:
        return amount(facts, value)
    fact = facts.find(value)
    moved = fact.within(fact.indicator.unit)
    return Amount(moved.value, moved.unit)


def _moderate(value: Decimal) -> Decimal:
    """The number, unless no report could mean it."""
    if not value.is_finite() or (value and abs(value.adjusted()) > MOST_DIGITS):
        raise invalid("数字过大或过小")
    return value


def _dotted(node: Any) -> str:
    """The id that a chain of names spells, or nothing."""
    if type(node).__name__ == "Name":
        return str(node.name)
    if type(node).__name__ == "Getattr" and (before := _dotted(node.node)):
        return f"{before}.{node.attr}"
    return ""


def _outermost(node: Any, kinds: tuple[type, ...]) -> list[Any]:
    """The nodes of these kinds that stand in no other node of them."""
    if isinstance(node, kinds):
        return [node]
    return [found for child in node.iter_child_nodes() for found in _outermost(child, kinds)]
