"""Many submissions of the sizes that real ones have: `python -m tests.load FOLDER [COUNT]`.

Sizes are spread log-normal between 3,000 and 90,000 characters, median about 13,000.
"""

import math
import random
import sys
from pathlib import Path

from reportkit.model.submission import Submission
from reportkit.reading import write_document, write_folder
from reportkit.standards import load
from tests.generate import generate

MEDIAN, SPREAD = 13_000, 0.75
SMALLEST, LARGEST = 3_000, 90_000
STANDARDS = ("moe-2024-school", "moe-2023-district", "moe-enterprise-2023")


def sizes(count: int, seed: int = 6) -> list[int]:
    """Numbers of characters, the same for the same seed."""
    chance = random.Random(seed)
    drawn = (math.exp(chance.gauss(math.log(MEDIAN), SPREAD)) for _ in range(count))
    return [round(min(max(size, SMALLEST), LARGEST)) for size in drawn]


def submission(number: int, characters: int) -> Submission:
    """One submission, with an organisation of its own."""
    made = generate(load(STANDARDS[number % len(STANDARDS)]), characters, seed=number)
    name = f"示例{number:03}单位"
    organisation = made.metadata.organisation.model_copy(update={"name": name})
    title = made.metadata.title.replace("示例单位", name)
    metadata = made.metadata.model_copy(update={"organisation": organisation, "title": title})
    return made.model_copy(update={"metadata": metadata})


def write(folder: Path, count: int) -> list[int]:
    """Write ``count`` submissions, one in ten as a JSON document; give their sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = sizes(count)
    for number, size in enumerate(drawn):
        made = submission(number, size)
        if number % 10 == 9:
            write_document(made, folder / f"{number:03}.json")
        else:
            write_folder(made, folder / f"{number:03}")
    return drawn


if __name__ == "__main__":
    print(len(write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 189)))
