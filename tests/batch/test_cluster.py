"""The same work on a real Dask cluster, on the loopback address, with faults injected."""

import shutil
import signal
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from reportkit.batch import Options, run
from reportkit.batch.cluster import Cluster, Patience
from reportkit.refusals import CannotDo
from reportkit.resources import schemas, templates
from tests.batch.cluster import LocalCluster, echo, free_port
from tests.batch.support import Log, fill, tree
from tests.conftest import need

PATIENCE = Patience(cluster=30, sign=3, call=30)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _dask() -> None:
    need("distributed", find_spec("distributed"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    with LocalCluster(tmp_path / "dask") as running:
        yield running


def test_a_batch_with_all_faults_gives_the_same_bytes_as_the_pool(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    source = fill(tmp_path / "in", 9)
    options = Options(formats=("docx",))
    run(source, tmp_path / "pool", options=options, workers=2)

    def kill() -> None:
        cluster.workers[0].kill()
        cluster.workers.append(cluster.worker())

    log = Log(
        {
            1: kill,
            3: lambda: cluster.workers[1].send_signal(signal.SIGSTOP),
            5: cluster.restart_scheduler,
        }
    )
    result = run(
        source,
        tmp_path / "dask-out",
        options=options,
        scheduler=cluster.address,
        patience=PATIENCE,
        watch=log,
    )
    assert len(result.outcomes) == len(log.outcomes) == 9
    assert tree(tmp_path / "dask-out") == tree(tmp_path / "pool")
    assert any("改由别的做" in note for note in log.notes)


def test_a_hung_worker_is_passed_over_and_used_again_when_it_wakes(cluster: LocalCluster) -> None:
    notes: list[str] = []
    with Cluster(cluster.address, notes.append, PATIENCE) as executor:
        assert executor.submit(echo, 0, "ready").result(30) == "ready"
        futures = [executor.submit(echo, 0.3, number) for number in range(12)]
        futures[1].result(30)
        cluster.workers[0].send_signal(signal.SIGSTOP)
        assert [future.result(30) for future in futures] == list(range(12))
    assert any("没有回应" in note for note in notes)


def test_a_scheduler_that_stays_away_ends_the_run_with_advice(cluster: LocalCluster) -> None:
    notes: list[str] = []
    with Cluster(cluster.address, notes.append, Patience(cluster=2, sign=3)) as executor:
        future = executor.submit(echo, 60, 1)
        cluster.scheduler.kill()
        with pytest.raises(CannotDo, match="连不上调度器"):
            future.result(60)
    assert any("失去联系" in note for note in notes)


def test_a_worker_of_another_version_is_told_and_not_used(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "src", other / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in (schemas(), templates()):
        shutil.copytree(folder, other / folder.name)
    with (other / "src/reportkit/refusals.py").open("a") as changed:
        changed.write("\n# another version\n")
    for worker in cluster.workers:
        worker.kill()
    cluster.worker(PYTHONPATH=str(other / "src"))
    notes: list[str] = []
    with Cluster(cluster.address, notes.append, PATIENCE) as executor:
        future = executor.submit(echo, 0, 1)
        end = time.monotonic() + 60
        while time.monotonic() < end and not any("未使用" in note for note in notes):
            time.sleep(0.1)
        assert not future.done()
    refused = [note for note in notes if "未使用" in note]
    assert len(refused) == 1
    assert "程序文件" in refused[0]
    assert "字体" not in refused[0]


def test_a_cluster_without_workers_is_told(tmp_path: Path) -> None:
    with (
        LocalCluster(tmp_path, workers=0) as cluster,
        Cluster(cluster.address, print, Patience(cluster=1)) as executor,
        pytest.raises(CannotDo, match="没有可用的工作进程"),
    ):
        executor.submit(echo, 0, 1).result(60)


def test_what_a_call_raises_comes_back(cluster: LocalCluster) -> None:
    with (
        Cluster(cluster.address, lambda _: None, PATIENCE) as executor,
        pytest.raises(ValueError, match="sleep length"),
    ):
        executor.submit(echo, -1, 0).result(30)


def test_a_scheduler_that_is_not_there_is_told() -> None:
    with pytest.raises(CannotDo, match="连不上调度器"):
        Cluster(f"tcp://127.0.0.1:{free_port()}", print, Patience(cluster=1))
    with pytest.raises(CannotDo, match="写得不对"):
        Cluster("nonsense://x", print, Patience(cluster=1))
