"""RK601 to RK606: punctuation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ...model.blocks import Paragraph
from ...model.diagnostic import Finding, Related, Severity
from ..context import Context, hanzi
from ..prose import Prose, prose
from ..registry import Basis, Needs, Source, rule

_HAN = "[\u3400-\u9fff]"
_NARROW = re.compile(rf"(?<={_HAN})[,;:!?](?={_HAN})|(?<={_HAN})\((?=[^()]*{_HAN}[^()]*\))")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:[．：][０-９]+)?|(?<=\d)．(?=\d)")
_CLASH = re.compile(
    "[，、；：][，。；、：]|。[，；。、：]|[，、；：](?=[）》」】])|[，、](?=（(?![一二三四五六七八九十\\d]{1,3}）|[^（）]*），))"
)
_BEHIND = re.compile("[。；](?=（[见如参][^（）]{0,6}[表图案][^（）]{0,16}）)")
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "‘": "’", "【": "】", "「": "」"}
_CLOSES = {"）": "（(", ")": "（(", "》": "《", "”": "“", "’": "‘", "】": "【", "」": "「"}
_LIST_MARK = re.compile(
    r"(?:^|(?<=[\s。；：，、]))[\da-zA-Z一二三四五六七八九十]{1,3}[）)]", re.MULTILINE
)
_HABIT = 10
"""What stands more often is a habit of the writer, and told once."""
_SHOWN = 20
_SENTENCE = 40
_SLIPS = 0.1
"""Where more paragraphs than this share have no full stop, it is the manner of the report."""
_SOURCE = "标点符号用法（GB/T 15834—2011）"


@rule(
    code="RK601",
    name="narrow-punctuation",
    title="中文里用了半角标点",
    severity=Severity.INFO,
    source=Source(Basis.CLAUSE, _SOURCE),
    why="中文之间的逗号、分号、冒号、括号用全角；半角标点印出来偏小、贴字。",
    message="汉字之间用了半角标点“{marks}”{where:%s}",
    expected="用全角标点",
    hint="把半角标点改为全角。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务，参加人员（含家属）逐年增加。\n",
    bad="# 工作\n\n## 服务\n\n面向社区开展服务,参加人员(含家属)逐年增加。\n",
)
def narrow_punctuation(context: Context) -> Iterator[Finding]:
    """Half-width marks between two Chinese characters; once for each text, or for the report."""
    found = []
    for text in prose(context, "body", "caption", "note", "footnote"):
        if marks := list(_NARROW.finditer(text.text)):
            listed = " ".join(dict.fromkeys(m[0] for m in marks))
            span = text.around(marks[0].start(), marks[0].end())
            found.append(text.finding("RK601", *span, marks=listed))
    yield from _once(found)


def _once(found: list[Finding]) -> Iterator[Finding]:
    """A slip each; but what goes through the whole report is told once, with the other places."""
    if len(found) <= _HABIT:
        yield from found
        return
    first, *others = found
    beside = tuple(
        Related(place=f.place, section=f.section, quote=f.quote) for f in others[:_SHOWN]
    )
    where = f"，全文有{len(found)}处如此，这是第一处"
    yield first.model_copy(update={"args": {**first.args, "where": where}, "related": beside})


@rule(
    code="RK602",
    name="wide-digits",
    title="数字或字母用了全角字符",
    severity=Severity.WARNING,
    source=Source(Basis.CLAUSE, "出版物上数字用法（GB/T 15835—2011）"),
    why="全角的数字、字母和小数点印出来偏宽，别的程序也读不成数。",
    message="“{text}”用了全角字符",
    expected="用半角：{right}",
    hint="改为半角字符。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务活动12次，满意率92.1%。\n",
    bad="# 工作\n\n## 服务\n\n面向社区开展服务活动１２次，满意率较高。\n",
)
def wide_digits(context: Context) -> Iterator[Finding]:
    """Full-width digits, letters, and decimal points between digits."""
    for text in prose(context, "title", "body", "caption", "cell", "note", "footnote"):
        marks = list(_WIDE.finditer(text.text))
        if marks:
            first, last = marks[0].start(), marks[0].end()
            if marks[0][0] == "．":
                first, last = text.around(first, last)
            wide = text.source.text[first:last]
            yield text.finding("RK602", first, last, text=wide, right=_narrowed(wide))


def _narrowed(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


@rule(
    code="RK603",
    name="unpaired-mark",
    title="括号、引号、书名号不成对",
    severity=Severity.WARNING,
    source=Source(Basis.CLAUSE, _SOURCE),
    why="缺了一半的括号或引号让读者分不清引文和说明到哪里为止。",
    message="“{mark}”没有配对的“{other}”",
    expected="成对使用{mark}和{other}",
    hint="补上缺少的一半，或删去多余的一半；引号注意左右方向{explain:；确实如此的，可以说明}。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n开展“邻里互助”活动（含周末），参加人员逐年增加。\n",
    bad="# 工作\n\n## 服务\n\n开展“邻里互助活动（含周末），参加人员逐年增加。\n",
)
def unpaired_mark(context: Context) -> Iterator[Finding]:
    """A bracket or quotation mark without its other half, if no text beside it holds that."""
    lone = [(text, *each) for text in _paired_texts(context) for each in _lone(text.text)]
    sections = Counter((id(text.source.node), mark) for text, _, mark in lone)
    for text, at, mark in lone:
        other = _PAIRS.get(mark) or _CLOSES[mark][0]
        if any(sections[id(text.source.node), o] for o in (_PAIRS.get(mark) or _CLOSES[mark])):
            continue  # a quotation that goes over several paragraphs
        first, last = text.around(at, at + 1)
        yield text.finding("RK603", first, last, mark=mark, other=other)


def _paired_texts(context: Context) -> Iterable[Prose]:
    return prose(context, "title", "body", "caption", "note", "footnote")


def _lone(text: str) -> Iterator[tuple[int, str]]:
    """Marks without other half, with their offsets; the bracket behind a list number is none."""
    listed = {found.end() - 1 for found in _LIST_MARK.finditer(text)}
    opened: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened.append((at, char))
        elif char in _CLOSES:
            index = next(
                (i for i in range(len(opened) - 1, -1, -1) if opened[i][1] in _CLOSES[char]), None
            )
            if index is not None:
                yield from opened[index + 1 :]
                del opened[index:]
            elif at not in listed and not _apostrophe(text, at):
                yield at, char
    yield from opened


def _apostrophe(text: str, at: int) -> bool:
    return text[at] == "’" and re.match("[A-Za-z]", text[at - 1 : at]) is not None


@rule(
    code="RK604",
    name="clashing-marks",
    title="标点重叠",
    severity=Severity.WARNING,
    source=Source(Basis.CLAUSE, _SOURCE),
    why="两个点号连用、括号前后多出逗号，多是删改后的残留。",
    message="标点“{marks}”连用",
    expected="只留一个，或改正其中一个",
    hint="删去多余的标点；括号里的说明前后不加逗号。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务（含周末），参加人员逐年增加。\n",
    bad="# 工作\n\n## 服务\n\n面向社区开展服务，（含周末）参加人员逐年增加。\n",
)
def clashing_marks(context: Context) -> Iterator[Finding]:
    """Two stops in a row, or a comma before a bracket."""
    for text in prose(context, "title", "body", "caption", "note", "footnote"):
        for found in _CLASH.finditer(text.text):
            stop = found.end() + (len(found[0]) == 1)
            first, last = text.around(found.start(), stop)
            marks = text.source.text[found.start() : stop]
            yield text.finding("RK604", first, last, marks=marks)


@rule(
    code="RK605",
    name="reference-behind-stop",
    title="“见图表”的括注放在句号之后",
    severity=Severity.INFO,
    source=Source(Basis.CLAUSE, _SOURCE),
    why="括注说明的是它前面的话，应在句号之内；放在句号之后就悬空了。",
    message="括注在“{mark}”之后{where:%s}",
    expected="括注在前，“{mark}”在后",
    hint="把括注移到标点之前。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务活动，参加人员逐年增加（见 @tbl:people）。\n",
    bad="# 工作\n\n## 服务\n\n面向社区开展服务活动，参加人员逐年增加。（见表1）\n",
)
def reference_behind_stop(context: Context) -> Iterator[Finding]:
    """A bracketed reference to a table, figure or case that stands behind the full stop."""
    found = []
    for text in prose(context, "body", "note", "footnote"):
        for mark in _BEHIND.finditer(text.text):
            last = text.text.find("）", mark.end()) + 1
            first, _ = text.around(mark.start(), last)
            found.append(text.finding("RK605", first, last, mark=mark[0]))
    yield from _once(found)


@rule(
    code="RK606",
    name="no-full-stop",
    title="段末没有标点",
    severity=Severity.INFO,
    source=Source(Basis.CLAUSE, _SOURCE),
    why="成段的文字没有句号，往往是删改时丢了后半句。",
    message="这一段以“{tail}”结束，没有标点",
    expected="段末用句号",
    hint="补上句号；若话没有说完，补全后半句。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务活动十二次，参加人员逐年增加。\n",
    bad=(
        "# 工作\n\n## 服务\n\n面向社区开展服务活动十二次，参加人员逐年增加，服务内容由宣传咨询"
        "扩大到助老助残、技能传授和应急演练，居民反映良好，活动已列入年度计划\n"
    ),
)
def no_full_stop(context: Context) -> Iterator[Finding]:
    """Long paragraphs that end in a Chinese character, where nearly all others end in a mark."""
    long = [
        text
        for text in prose(context, "body")
        if isinstance(text.source.owner, Paragraph) and hanzi(text.text) >= _SENTENCE
    ]
    slips = [text for text in long if re.search(rf"{_HAN}$", text.text.rstrip())]
    if len(slips) > max(1, _SLIPS * len(long)):
        return
    for text in slips:
        last = len(text.text.rstrip())
        first, _ = text.around(last - 1, last)
        yield text.finding("RK606", first, last, tail=text.text[last - 4 : last])
