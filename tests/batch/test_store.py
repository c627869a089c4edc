"""Where results go: never half, and clear about what went wrong."""

from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from reportkit.batch.store import Store, open_store
from reportkit.refusals import CannotDo
from tests.batch.support import check, fill, tree


class Failing(MemoryFileSystem):
    """A network file system that breaks off at the n-th write, in the middle of the file."""

    protocol = ("failing",)
    store: ClassVar[dict[str, Any]] = {}
    writes = -1

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("failing://", "memory://")))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **rest: Any) -> None:
        type(self).writes -= 1
        if type(self).writes == 0:
            super().pipe_file(path, value[: len(value) // 2], mode, **rest)
            raise ConnectionResetError("the network is gone")
        super().pipe_file(path, value, mode, **rest)


@pytest.fixture(autouse=True)
def _empty() -> None:
    Failing.store.clear()
    MemoryFileSystem.store.clear()
    fsspec.register_implementation("failing", Failing, clobber=True)


def contents(fs: Any, root: str) -> dict[str, bytes]:
    return {
        path.removeprefix(root): fs.cat_file(path)
        for path in fs.find(root)
        if not path.endswith("/")
    }


def test_a_network_that_fails_half_way_leaves_nothing_half_and_the_next_run_goes_on(
    tmp_path: Path,
) -> None:
    source = fill(tmp_path / "in", 3)
    check(source, tmp_path / "whole")
    for at in (2, 6):
        Failing.store.clear()
        Failing.writes = at
        with pytest.raises(CannotDo, match="写不进 failing://out/"):
            check(source, "failing://out")
        fs = fsspec.filesystem("failing")
        whole = set(tree(tmp_path / "whole"))
        assert {path.lstrip("/") for path in contents(fs, "/out")} <= whole
        check(source, "failing://out")
        made = contents(fs, "/out")
        expected = {
            file.relative_to(tmp_path / "whole").as_posix(): file.read_bytes()
            for file in (tmp_path / "whole").rglob("*")
            if file.is_file()
        }
        assert {path.lstrip("/"): content for path, content in made.items()} == expected


def test_the_same_goes_to_a_url_and_to_a_folder(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 2)
    check(source, tmp_path / "plain")
    check(source, f"file://{(tmp_path / 'url').as_posix()}")
    check(source, "memory://out")
    assert tree(tmp_path / "plain") == tree(tmp_path / "url")
    made = contents(fsspec.filesystem("memory"), "/out")
    assert {path.lstrip("/") for path in made} == set(tree(tmp_path / "plain"))
    assert check(source, "memory://out").reused == 2


def test_places_that_are_not_known_are_told() -> None:
    with pytest.raises(CannotDo, match="不认识输出位置"):
        open_store("nowhere://x")


def test_what_a_kind_of_place_needs_is_told() -> None:
    fsspec.register_implementation("missing", "no_such_module.FS", clobber=True)
    with pytest.raises(CannotDo, match="pip install"):
        open_store("missing://x")


def test_a_file_in_the_place_of_the_output_folder_is_told(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 1)
    (tmp_path / "out").write_text("a file")
    with pytest.raises(CannotDo, match="写不进"):
        check(source, tmp_path / "out")


def test_a_local_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Store = open_store(str(tmp_path))
    store.put("a/b.txt", b"old")

    def broken(self: Path, target: Path) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(CannotDo, match="磁盘已满"):
        store.put("a/b.txt", b"new")
    assert store.get("a/b.txt") == b"old"
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["b.txt"]
