"""What a number is said of, in a form in which two ways to say the same can be compared.

Rule of the language: the noun stands before the number with its unit behind (在岗职工 9797 人) or
behind both (31 个专业群). Copulas, adverbs and nouns of measure (数, 总数, 规模) say nothing about
what is counted. Order does not matter: “双证型”在岗职工 is 在岗职工“双证”人数, so subjects compare
by their characters.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from reportkit import vocabulary
from reportkit.vocabulary import alternatives, groups

from .names import strip_scopes

_CANON = tuple((re.compile("|".join(listed)), name) for name, listed in groups("same_subjects"))

_FILLERS = re.compile(
    "同比|环比|其中包括|其中|此外|另外|同时|目前|截至|至今|现有|现共|共有|共计|总计|合计|累计|拥有|已有|另有|分别"
    "|达到了|达到|达|约为|超过|突破|不足|约占|总数量|总人数|总规模|总数|总量|总值|总额|人数|数量|规模|数目"
    "|名额|持续|不断|进一步|稳步|扩充|扩大至?|提升至|提升到|提高到|提高至|增加到|增加至|增至|升至|降至|降到"
    "|略有|有所|保持|稳定|总体|整体|逐步|继续|成功|全面|积极|深入|广泛|先后|陆续|集中|包括|包含|不含|以及"
    "|并且|全年|本学年|本年度?|年度|学年|当年|年内|全部|全体|一共|各类|各级|各种|[的了逾]|(?<![生人师班户])均"
    "|(?<!作)为|[是约](?!束)|(?<!公)共(?!建|同|享|青|产|育|产)|(?<!所|特)有(?!效|限|机)|(?<!亲)和(?!谐)|(?<!参)与"
    "|(?<!普)及(?!格|时)|在(?!校|籍|读|职|编|岗|线|学|用)|中(?!职|专|级|高|外|学|国|心|等|餐|文|英|小|青)"
    "|(?<![一二三四特优高中初])等(?!级|次|职|教|奖)|(?<!自)由|从(?!业)|对(?!口|接|外|象|应)|(?<!实|表|体)现(?!代|场|实|状|职)|已|占(?!地)|超(?!编)"
    "|(?<!附)近|除|含|并|(?<!目|必)各|数$|(?<=数)量$|(?<!产)值$"
)
_ITSELF = re.compile(rf"^(?:{alternatives('organisation_itself')})(?=..)")
_NEUTRAL = re.compile(
    "^(?:(?:充分|有效|大力)?(?:利用|依托)|开展|组织|举办|完成|实现|建有|设有|开设|设置|运行)+(?=..)"
)
"""Verbs before a noun that say no more than that there is such a thing."""
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]?")
_Y = r"(?:19|20)\d\d"
_LAST_YEAR = r"(?:去年|上一?个?学?年度?|前一?年)"
_PERIOD = re.compile(
    rf"(?:较|比|与|同|自|截至|到)? ?{_Y} ?年?(?: ?[-~至—–、和] ?{_Y})?"
    r" ?(?:学年度?|年度?|届|级)?(?:底|末|初|间|以来)?"
    rf"|\d{{1,2}} ?月(?:\d{{1,2}} ?日)?|(?:较|比|与|同)?{_LAST_YEAR}(?:同期)?(?:相比)?"
)
_NOISE = re.compile("[^\u4e00-\u9fffA-Za-z0-9]")
_LIGHT = re.compile(
    "开展|组织|举办|建成|建设|建有|建立|设立|完成|实现|吸引|覆盖|涵盖|培养|研制|开发|编写|编制|出版|获得"
    "|荣获|斩获|取得|聘|选派|接收|接待|承担|承办|参与|参加|主持|推出|制定|签订|签署|提供|新建|共建|引入"
    "|引进|设置|开设|开办|主动|联合|联动|受益|申请|拟|入选|入围|产出|形成|打造|认定|立项|投入|安排"
)


STOCK = frozenset(vocabulary.words("stock_nouns"))
"""Nouns that every report uses of all its schools."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted. ``text`` as written, ``core`` its characters without filler, in order.

    ``key`` is the core with its characters sorted, so that word order does not matter; ``bare`` is
    the key without light verbs (建成, 开发).
    """

    text: str
    core: str
    key: str
    bare: str

    def __bool__(self) -> bool:
        return bool(self.key)

    @property
    def telling(self) -> bool:
        """Whether it is one of the nouns that stand for a whole without further words."""
        return self.core in STOCK


@lru_cache(maxsize=20_000)
def subject(text: str, drop: tuple[str, ...] = ()) -> Subject:
    """The subject of a stretch of text; ``drop`` are names that say nothing in this report."""
    core = _BRACKETS.sub("", text)
    for name in drop:
        core = core.replace(name, "")
    core = _NOISE.sub("", _PERIOD.sub("", core))
    for old, new in _CANON:
        core = old.sub(new, core)
    core = strip_scopes(core)
    core = _NEUTRAL.sub("", _ITSELF.sub("", _FILLERS.sub("", core)))
    bare = _LIGHT.sub("", core)
    return Subject(text, core, _sorted(core), _sorted(bare or core))


def _sorted(text: str) -> str:
    return "".join(sorted(text))


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> float:
    """How alike two keys are: the share of characters that they have in common, 0 to 1."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other))


def contains(whole: str, part: str) -> bool:
    """Whether all characters of the key ``part`` are in the key ``whole``."""
    return not Counter(part) - Counter(whole)
