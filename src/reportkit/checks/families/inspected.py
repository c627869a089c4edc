"""RK710 on: produced files as measured by ``reportkit inspect``, ours or anyone's.

What GB/T 9704 only says of the usual case (一般) is never an error here.
"""

from __future__ import annotations

from ...model.diagnostic import Severity
from ..registry import Basis, Source, emitted

_FINE = """
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
"""
_NO_EXAMPLE = "（用 reportkit inspect 检查输出的 DOCX、PDF 时才会出现）"
_GB = "GB/T 9704—2012《党政机关公文格式》"
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def _gb(clause: str) -> Source:
    return Source(Basis.CLAUSE, f"{_GB} {clause}")


def _usual(text: str) -> Source:
    return Source(Basis.PRACTICE, text)


_MEASURES: tuple[tuple[str, str, str, Severity, Source, str, str, str, str], ...] = (
    (
        "RK710", "page-size", "纸张大小不对", _ERROR,
        _gb("5.1：幅面为 A4（210 mm × 297 mm）；以所用版式为准"),
        "纸张不一，打印时会缩放或裁切。",
        "纸张为 {value}{pages:（第 %s 页）}", "纸张为 {limit}",
        "在“页面设置”中改纸张大小，重新输出。",
    ),
    (
        "RK711", "page-margins", "页边距不对", _ERROR,
        _gb("5.2.1：天头 37 mm±1 mm，订口 28 mm±1 mm，版心 156 mm×225 mm；以所用版式为准"),
        "版心位置不对，装订和盖章的位置会随之不对。",
        "{side}实测 {value}{pages:（第 %s 页）}", "{side}为 {limit}",
        "在“页面设置”中改页边距，重新输出。",
    ),
    (
        "RK712", "lines-per-page", "字号、行数、字数与版式不同", _WARNING,
        _gb("5.2.2、5.2.3：一般用 3 号仿宋体，每面排 22 行，每行排 28 个字；以所用版式为准"),
        "行数、字数是公文的一般要求；特定情况可以调整。",
        "{what}实测 {value}", "{what}为 {limit}",
        "核对字号、行距和页边距；确需调整的，保持全文一致。",
    ),
    (
        "RK713", "font-not-embedded", "字体没有嵌入", _ERROR,
        Source(Basis.CLAUSE, "ISO 19005（PDF/A）、ISO 14289-1（PDF/UA）7.21.4：字体应当嵌入"),
        "没有嵌入的字体，在别的电脑上显示成另一种字体，或者缺字。",
        "字体“{font}”{value}", "字体“{font}”{limit}",
        "输出 PDF 时选“嵌入字体”，或改用允许嵌入的字体。",
    ),
    (
        "RK714", "glyph-not-shown", "有字没有印出来", _ERROR,
        Source(Basis.CLAUSE, "ISO 14289-1（PDF/UA）7.21.8：不得引用 .notdef 字形"),
        "字体中没有的字，印出来是方框或空白。",
        "字体“{font}”印不出“{characters}”", "每个字都印出来",
        "换用字数较全的字体后重新输出。",
    ),
    (
        "RK715", "lines-ragged", "右边不齐", _WARNING,
        _usual("中文正文两端对齐"),
        "满行的右端参差不齐，版面显得粗糙。",
        "满行与右边对齐的占 {value}，最多差 {off}", "不少于 {limit} 的满行右端相差不超过 0.5 磅",
        "正文设为“两端对齐”，重新输出。",
    ),
    (
        "RK716", "heading-at-foot", "标题落在页末", _WARNING,
        _usual("标题与其后的正文排在同一页（不背题）"),
        "标题在页末，正文在下一页，读者容易漏看。",
        "标题“{what}”在页末，其下没有正文", "标题后至少有一行正文在同一页",
        "标题设为“与下段同页”，重新输出。",
    ),
    (
        "RK717", "caption-apart", "表题、图题与表、图分在两页", _WARNING,
        Source(Basis.CLAUSE, "CY/T 170—2019、CY/T 171—2019：表题居表上，图题居图下，与表、图相连"),
        "题和表、图分在两页，不知所指。",
        "“{what}”在{where}，与它的表、图不在同一页", "题与表、图在同一页",
        "表题设为“与下段同页”，图所在段设为“与下段同页”，重新输出。",
    ),
    (
        "RK718", "header-not-repeated", "续表没有重复表头", _WARNING,
        Source(Basis.CLAUSE, "CY/T 170—2019《学术出版规范 表格》：转页接排的表应重复表头"),
        "续页上没有表头，各列的数是什么就不知道了。",
        "表在这一页接排，没有重复表头{header:“%s”}{rows:（共 %s 行，未设重复标题行）}",
        "接排的每一页都有表头",
        "选中表头行，设“重复标题行”，重新输出。",
    ),
    (
        "RK719", "page-blank", "有空白页", _WARNING,
        _usual("除双面印时为使新的部分从右页起而留的空白外，不留空白页"),
        "多余的空白页多半是多余的分页符造成的。",
        "这一页是空白", "没有空白页",
        "删去多余的分页符和空段，重新输出。",
    ),
    (
        "RK720", "page-number", "页码缺漏或不连续", _WARNING,
        _gb("7.5：页码一般编排在版心下边缘之下，单页码居右空一字，双页码居左空一字"),
        "页码不对，目录和引用就都找不到地方。",
        "{what}：实为 {value}", "应为 {limit}",
        "核对各节页脚和起始页码，重新输出。",
    ),
    (
        "RK721", "toc-page", "目录的页码与实际不符", _ERROR,
        _usual("目录所列页码与标题所在的页一致"),
        "按目录翻不到要找的内容。",
        "目录中“{what}”印第 {value} 页{limit:，实际在第 %s 页}{absent:，但正文中找不到这个标题}",
        "目录的页码与实际一致",
        "在 Word 中更新整个目录；由 reportkit 输出的请重新输出。",
    ),
    (
        "RK722", "picture-resolution", "图片不够清楚", _WARNING,
        _usual("付印的图片一般不低于 300 dpi，低于 150 dpi 肉眼可见锯齿"),
        "图片的像素太少，印出来模糊。",
        "图片（{what}）只有 {value}", "不低于 {limit}",
        "换用原图，或把图印小一些。",
    ),
    (
        "RK723", "link-broken", "链接打不开", _ERROR,
        _usual("文件内的链接有去处，网址完整"),
        "点了没有反应，或者去了别处。",
        "链接“{what}”{reason}", "链接有去处",
        "改正或删去这个链接，重新输出。",
    ),
    (
        "RK724", "metadata-missing", "文件没有写明标题、语言或标签", _WARNING,
        Source(Basis.CLAUSE, "ISO 14289-1（PDF/UA）7.1、7.2：应有标题、语言和标签"),
        "读屏软件和档案系统要靠这些信息识别文件。",
        "没有{what}", "有{what}",
        "由 reportkit 输出的 PDF（--pdf ua）都带有；Word 另存 PDF 时请选“辅助功能标记”。",
    ),
    (
        "RK725", "font-mixed", "个别字用了别的字体", Severity.INFO,
        _usual("同一段文字用同一种字体"),
        "字体里没有的字由别的字体代印，夹在一行里看得出来，人名中尤其常见。",
        "“{characters}”印成了字体“{font}”，同一行的其他字是“{usual}”",
        "一行之内的汉字用同一种字体",
        "换用字数较全的字体，或安装所缺的字体后重新输出。",
    ),
    (
        "RK731", "text-differs", "两份文件的文字不同", _ERROR,
        _usual("同一份报告的 DOCX 和 PDF 逐字相同"),
        "两份文件说的不一样，不知以哪份为准。",
        "{where}没有这段文字：“{what}”", "两份文件的文字相同",
        "用同一份报送件重新输出两份文件。",
    ),
    (
        "RK732", "number-differs", "两份文件的数不同", _ERROR,
        _usual("同一份报告的 DOCX 和 PDF 逐数相同"),
        "同一个数在两份文件中不一样，必有一错。",
        "一份是“{value}”，另一份是“{limit}”", "两份文件的数相同",
        "查明哪个数对，用同一份报送件重新输出两份文件。",
    ),
    (
        "RK733", "table-differs", "两份文件的表不同", _ERROR,
        _usual("同一份报告的 DOCX 和 PDF 逐表相同"),
        "同一张表在两份文件中不一样，必有一错。",
        "第 {table} 个表第 {row} 行“{what}”在另一份文件中找不到", "两份文件的表逐格相同",
        "用同一份报送件重新输出两份文件。",
    ),
)  # fmt: skip

for _code, _name, _title, _severity, _source, _why, _message, _expected, _hint in _MEASURES:
    emitted(
        code=_code, name=_name, title=_title, severity=_severity, source=_source, why=_why,
        message=_message, expected=_expected, hint=_hint, good=_FINE, bad=_NO_EXAMPLE,
    )  # fmt: skip
