"""The process of a worker, with items that do what no item should: known by their names."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from reportkit.batch import Outcome, child
from reportkit.batch.job import Job

_good = child.work


def work(job: Job, files: Mapping[str, bytes], folder: Path) -> tuple[Outcome, dict[str, bytes]]:
    """Hang, eat memory, die or fail, if the name of the item says so."""
    match job.item.name:
        case "hang":
            time.sleep(600)
        case "bomb":
            held = []
            while True:
                held.append(bytearray(os.urandom(1_000_000) * 10))
                time.sleep(0.005)
        case "die":
            os.abort()
        case "fail":
            raise KeyError(str(folder))
        case "swell":
            raise MemoryError
    return _good(job, files, folder)


if __name__ == "__main__":
    child.work = work
    child.main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "1")
