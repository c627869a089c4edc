"""Takes our own comments of an earlier check away, unless somebody has answered them."""

from reportkit.reading.importing.docx.names import ID, RPR, W14, Element, P, W

from .repack import Repack
from .words import AUTHOR

_PARAGRAPH_ID = W14 + "paraId"
_KINDS = ("commentsExtended", "commentsIds", "commentsExtensible")
"""Parts in which Word keeps more about comments: state and replies, lasting ids, times."""


def forget(comments: Element, document: Element, work: Repack) -> None:
    """Remove our unanswered comments from comments.xml, from the text and from Word's lists."""
    package = work.package
    lists = {
        name: package.tree(name) for kind in _KINDS for name in package.related(package.main, kind)
    }
    answered = {_said(item, "paraIdParent") for root in lists.values() for item in root} - {""}
    gone: set[str] = set()
    keys: set[str] = set()
    for comment in comments.findall(W + "comment"):
        own = {p.get(_PARAGRAPH_ID, "") for p in comment.iter(P)} - {""}
        if comment.get(W + "author") == AUTHOR and not own & answered:
            gone.add(comment.get(ID, ""))
            keys |= own
            comments.remove(comment)
    if not gone:
        return
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(document.iter(W + tag)):
            if mark.get(ID) in gone:
                _remove(mark)
    _shorten(lists, keys, work)


def _shorten(lists: dict[str, Element], keys: set[str], work: Repack) -> None:
    """Take what belonged to removed comments out of Word's lists about comments."""
    for name, root in lists.items():
        entries = [
            item for item in root if {_said(item, "paraId"), _said(item, "durableId")} & keys
        ]
        keys |= {_said(item, "durableId") for item in entries} - {""}
        for item in entries:
            root.remove(item)
        if entries:
            work.put(name, root)


def _said(item: Element, name: str) -> str:
    """An attribute in whichever of Word's newer namespaces."""
    return next((str(v) for k, v in item.attrib.items() if str(k).endswith("}" + name)), "")


def _remove(mark: Element) -> None:
    """Remove a mark, and the run that held nothing else."""
    parent = mark.getparent()
    if parent is None:
        return
    parent.remove(mark)
    around = parent.getparent()
    if parent.tag == W + "r" and around is not None and all(c.tag == RPR for c in parent):
        around.remove(parent)
