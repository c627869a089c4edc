"""Sentences of reports whose numbers agree, and the ways in which each can be broken.

Every sentence is made from random numbers. A break changes one number, sign, unit, date or list in
it, so that a reader with a calculator must see it, and names the rule that should.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

TOPICS = (
    "社区学员",
    "实训学员",
    "进修学员",
    "走读学员",
    "夜校学员",
    "短训学员",
    "联办学员",
    "专修学员",
)
PLACES = ("东校区", "西校区", "南校区", "北校区")


@dataclass(frozen=True)
class Break:
    """One way to break a sentence: its kind, the rule that must find it, the broken sentence."""

    kind: str
    code: str
    text: str


@dataclass(frozen=True)
class Sound:
    """A sentence whose numbers agree, with its breaks."""

    name: str
    text: str
    breaks: tuple[Break, ...]


Maker = Callable[[Random, str], Sound]
MAKERS: list[Maker] = []


def maker(function: Maker) -> Maker:
    """Enter a kind of sentence."""
    MAKERS.append(function)
    return function


def sounds(seed: int) -> Iterator[Sound]:
    """One sentence of every kind, each about a subject of its own."""
    random = Random(seed)
    for number, make in enumerate(MAKERS):
        yield make(
            random, f"{TOPICS[(seed + number) % len(TOPICS)]}{'甲乙丙丁戊己庚辛'[number % 8]}类"
        )


def rounded(value: Decimal, places: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def percent(part: int, whole: int, places: int = 2) -> str:
    return rounded(Decimal(part) * 100 / whole, places)


def digit(random: Random, number: str) -> str:
    """The number with one digit changed, so that it is another number of the same length."""
    spots = [i for i, c in enumerate(number) if c.isdigit()]
    at = random.choice(spots[: max(1, len(spots) - 1)])
    low = 1 if at == 0 else 0
    others = [d for d in map(str, range(low, 10)) if d != number[at]]
    return number[:at] + random.choice(others) + number[at + 1 :]


@maker
def growth(random: Random, topic: str) -> Sound:
    old = random.randint(800, 3000)
    change = random.randint(40, old // 4)
    new = old + change
    rate = percent(change, old)
    form = "{topic}报名{new}人，比上年{verb}{change}人，{word}{rate}%。"
    full = {"topic": topic, "new": new, "change": change, "rate": rate}
    up = {"verb": "增加", "word": "增长"}

    def broken(**more: object) -> str:
        return form.format(**(full | up | more))

    return Sound(
        "growth",
        broken(),
        (
            Break("digit", "RK503", broken(change=digit(random, str(change)))),
            Break("rate", "RK503", broken(rate=digit(random, rate))),
            Break("sign", "RK503", broken(verb="减少", word="下降")),
        ),
    )


@maker
def from_to(random: Random, topic: str) -> Sound:
    old = random.randint(20, 90)
    new = old + random.randint(5, 40)
    rate = percent(new - old, old, 1)
    form = "{topic}教学点由{old}个增加到{new}个，增长{rate}%。"
    full = {"topic": topic, "old": old, "new": new, "rate": rate}
    return Sound(
        "from-to",
        form.format(**full),
        (
            Break("rate", "RK503", form.format(**(full | {"rate": digit(random, rate)}))),
            Break("digit", "RK503", form.format(**(full | {"old": old // 2}))),
        ),
    )


@maker
def history(random: Random, topic: str) -> Sound:
    old = random.randint(1200, 3000)
    change = random.randint(101, 300)
    form = "2022年{topic}结业{old}人。2023年{topic}结业{new}人，较上年增加{change}人。"
    full = {"topic": topic, "old": old, "new": old + change, "change": change}
    wrong = form.format(**(full | {"change": change + random.randint(11, 90)}))
    return Sound("history", form.format(**full), (Break("digit", "RK503", wrong),))


@maker
def share(random: Random, topic: str) -> Sound:
    whole = random.randint(200, 900)
    part = random.randint(whole // 5, whole // 2)
    rate = percent(part, whole)
    form = "{topic}现有{whole}人，其中女性{part}人，占比{rate}%。"
    full = {"topic": topic, "whole": whole, "part": part, "rate": rate}
    return Sound(
        "share",
        form.format(**full),
        (
            Break("share", "RK502", form.format(**(full | {"rate": digit(random, rate)}))),
            Break("digit", "RK502", form.format(**(full | {"part": part + 13}))),
        ),
    )


@maker
def share_of(random: Random, topic: str) -> Sound:
    whole = random.randint(300, 900)
    part = random.randint(whole // 5, whole // 2)
    rate = percent(part, whole, 1)
    form = "{topic}讲师{whole}人。骨干讲师{part}人，占{topic}讲师的{rate}%。"
    full = {"topic": topic, "whole": whole, "part": part, "rate": rate}
    wrong = form.format(**(full | {"rate": digit(random, rate)}))
    return Sound("share-of", form.format(**full), (Break("share", "RK502", wrong),))


@maker
def rate_of_two(random: Random, topic: str) -> Sound:
    whole = random.randint(300, 900)
    part = random.randint(whole // 2, whole - 20)
    rate = percent(part, whole)
    form = "{topic}参加考核{whole}人，通过{part}人，通过率{rate}%。"
    full = {"topic": topic, "whole": whole, "part": part, "rate": rate}
    wrong = form.format(**(full | {"rate": digit(random, rate)}))
    return Sound("rate", form.format(**full), (Break("share", "RK513", wrong),))


@maker
def closed_sum(random: Random, topic: str) -> Sound:
    parts = [random.randint(11, 60) for _ in range(3)]
    form = "{topic}全年共有{whole}名代表结业，{a}人升学、{b}人就业、{c}人参军。"
    full = {"topic": topic, "whole": sum(parts), "a": parts[0], "b": parts[1], "c": parts[2]}
    return Sound(
        "closed-sum",
        form.format(**full),
        (
            Break("sum", "RK501", form.format(**(full | {"whole": sum(parts) + 2}))),
            Break("digit", "RK501", form.format(**(full | {"b": parts[1] + 10}))),
        ),
    )


@maker
def money(random: Random, topic: str) -> Sound:
    parts = [Decimal(random.randint(1000, 90000)) / 100 for _ in range(3)]
    whole = sum(parts, Decimal(0))
    form = "{topic}投入{whole}万元，其中场地{a}万元，设备{b}万元，其他{c}万元。"
    full = {"topic": topic, "whole": whole, "a": parts[0], "b": parts[1], "c": parts[2]}
    return Sound(
        "money",
        form.format(**full),
        (
            Break("sum", "RK501", form.format(**(full | {"whole": whole + 50}))),
            Break("digit", "RK501", form.format(**(full | {"a": parts[0] + 20}))),
            Break("unit", "RK501", form.format(**(full | {"a": f"{parts[0]}亿元，场租"}))),
        ),
    )


@maker
def prizes(random: Random, topic: str) -> Sound:
    parts = [random.randint(1, 9), random.randint(5, 20), random.randint(10, 40)]
    form = "{topic}获奖{whole}项，其中一等奖{a}项、二等奖{b}项、三等奖{c}项。"
    full = {"topic": topic, "whole": sum(parts), "a": parts[0], "b": parts[1], "c": parts[2]}
    return Sound(
        "prizes",
        form.format(**full),
        (
            Break("sum", "RK501", form.format(**(full | {"c": parts[2] + 3}))),
            Break("digit", "RK501", form.format(**(full | {"whole": sum(parts) - 1}))),
        ),
    )


@maker
def running_total(random: Random, topic: str) -> Sound:
    parts = [random.randint(100, 900) for _ in range(3)]
    form = "{topic}东校区{a}人、西校区{b}人、南校区{c}人，合计{whole}人。"
    full = {"topic": topic, "whole": sum(parts), "a": parts[0], "b": parts[1], "c": parts[2]}
    wrong = form.format(**(full | {"whole": sum(parts) + 100}))
    return Sound("total", form.format(**full), (Break("sum", "RK501", wrong),))


@maker
def listed(random: Random, topic: str) -> Sound:
    count = random.randint(3, 5)
    words = random.sample(["申请", "受理", "审核", "公示", "发放", "回访", "归档"], count)
    numerals = "零一二三四五六七八"
    text = f"{topic}管理分为{'、'.join(words)}{numerals[count]}个环节。"
    longer = f"{topic}管理分为{'、'.join(words)}{numerals[count + 1]}个环节。"
    shorter = f"{topic}管理分为{'、'.join(words[:-1])}{numerals[count]}个环节。"
    breaks = (Break("list", "RK506", longer), Break("list", "RK506", shorter))
    return Sound("list", text, breaks)


@maker
def dated(random: Random, topic: str) -> Sound:
    month = random.choice((4, 6, 9, 11))
    text = f"2023年{month}月30日，{topic}开班。"
    return Sound(
        "date",
        text,
        (
            Break("date", "RK507", text.replace("30日", "31日")),
            Break("date", "RK507", text.replace(f"{month}月", "13月")),
            Break("year", "RK507", text.replace("2023", "2203")),
        ),
    )


@maker
def span(random: Random, topic: str) -> Sound:
    text = f"{topic}统计时间为2022年{random.randint(3, 9)}月1日至2023年8月31日。"
    return Sound("span", text, (Break("year", "RK507", text.replace("至2023年", "至2021年")),))


@maker
def programme(random: Random, topic: str) -> Sound:
    text = f"2021年，{topic}列入提质培优行动计划承接项目。"
    return Sound("programme", text, (Break("year", "RK516", text.replace("2021", "2011")),))


@maker
def points(random: Random, topic: str) -> Sound:
    rate, change = random.randint(900, 990), random.randint(5, 30)
    text = f"{topic}巩固率{rate / 10}%，较上年提高{change / 10}个百分点。"
    return Sound("points", text, (Break("unit", "RK508", text.replace("个百分点", "%")),))


@maker
def ratio(random: Random, topic: str) -> Sound:
    guides = random.randint(10, 40)
    times = Decimal(random.randint(21, 195)) / 10
    students = int((guides * times).to_integral_value(ROUND_HALF_UP))
    shown = rounded(Decimal(students) / guides, 1)
    form = "{topic}辅导员{guides}人，{topic}组员{students}人，组员与辅导员之比为{left}:{right}。"
    full = {"topic": topic, "guides": guides, "students": students, "left": shown, "right": 1}
    turned = form.format(**(full | {"left": 1, "right": shown}))
    return Sound("ratio", form.format(**full), (Break("ratio", "RK509", turned),))


@maker
def turns(random: Random, topic: str) -> Sound:
    text = f"{topic}活动累计参与人次{random.randint(1000, 9000)}人次。"
    return Sound("turns", text, (Break("unit", "RK510", text.removesuffix("次。") + "。"),))


@maker
def yuan(random: Random, topic: str) -> Sound:
    text = f"{topic}全年经费{random.randint(100, 900)}.5万元，用于设备更新。"
    return Sound("yuan", text, (Break("unit", "RK510", text.replace("万元", "万")),))


@maker
def at_most(random: Random, topic: str) -> Sound:
    text = f"{topic}体质测评合格率{random.randint(80, 99)}.{random.randint(1, 9)}%。"
    wrong = text.replace("合格率", "合格率1")
    return Sound("at-most", text, (Break("digit", "RK518", wrong),))


@maker
def twice(random: Random, topic: str) -> Sound:
    number = random.randint(1200, 9000)
    first = f"2023年{topic}实践活动参加人数{number}人。"
    second = "回顾全年，2023年{topic}实践活动参加人数{number}人。"
    good = first + "\n\n" + second.format(topic=topic, number=number)
    other = number + random.choice((-100, 100, 300, 700))
    wrong = first + "\n\n" + second.format(topic=topic, number=other)
    return Sound("twice", good, (Break("digit", "RK504", wrong),))


@maker
def mean(random: Random, topic: str) -> Sound:
    units, each = random.randint(12, 60), random.randint(13, 48)
    form = "{topic}合作单位{units}家，接收{topic}{total}人，平均每家接收{each}人。"
    full = {"topic": topic, "units": units, "total": units * each, "each": each}
    wrong = form.format(**(full | {"each": each + random.randint(3, 12)}))
    return Sound("mean", form.format(**full), (Break("digit", "RK517", wrong),))


@maker
def multiple(random: Random, topic: str) -> Sound:
    old, times = random.randint(120, 400), random.randint(2, 4)
    form = "{topic}报到{new}人，是2019年{old}人的{times}倍。"
    full = {"topic": topic, "new": old * times, "old": old, "times": times}
    wrong = form.format(**(full | {"times": times + 1}))
    return Sound("multiple", form.format(**full), (Break("times", "RK503", wrong),))


@maker
def other_base(random: Random, topic: str) -> Sound:
    """Growth divided by the later value instead of the earlier one."""
    old = random.randint(400, 900)
    new = old + random.randint(120, 300)
    form = "{topic}由{old}人增加到{new}人，增长{rate}%。"
    full = {"topic": topic, "old": old, "new": new, "rate": percent(new - old, old)}
    wrong = form.format(**(full | {"rate": percent(new - old, new)}))
    return Sound("other-base", form.format(**full), (Break("rate", "RK503", wrong),))


@maker
def in_brackets(random: Random, topic: str) -> Sound:
    whole = random.randint(300, 900)
    part = random.randint(whole // 5, whole // 2)
    rate = percent(part, whole)
    form = "{topic}参评{whole}人，其中优秀{part}人（{rate}%）。"
    full = {"topic": topic, "whole": whole, "part": part, "rate": rate}
    wrong = form.format(**(full | {"rate": digit(random, rate)}))
    return Sound("in-brackets", form.format(**full), (Break("share", "RK502", wrong),))
