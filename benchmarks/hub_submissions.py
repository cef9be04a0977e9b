"""Writes folders of generated submissions: the samples' data, varied by chance, always the same for the same seed.

Nine of ten are of the short kind that an Ideas Den asks for. Some lack sections and become drafts, a few are wrong and cannot be
built. Run it from the top of a checkout: `.venv-test/bin/python benchmarks/hub_submissions.py FOLDER --count 1000`.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
from pathlib import Path
from typing import Any

import yaml

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from tests.building import sample_data  # noqa: E402
from tests.conftest import sample_names  # noqa: E402

WARDS = ("Ward 7", "Outpatients", "Radiology", "Day surgery", "Pharmacy", "Physiotherapy", "Emergency", "Maternity")
MAY_LACK = ("risks", "inclusion", "sustainability", "dissemination", "ppi", "incentives")
LIKELY = {"exercise-medicine": 6, "breast-transformation": 3}
"""How often a sample is varied, the others once: most submissions are short."""


def submission(number: int, seed: int = 1) -> str:
    """A specification as YAML."""
    chance = random.Random(f"{seed} {number}")
    names = sample_names()
    name, = chance.choices(names, [LIKELY.get(name, 1) for name in names])
    data: dict[str, Any] = copy.deepcopy(sample_data(name))
    if chance.random() < 0.9:
        data["profile"] = "ideas-den"
    data["document"]["title"] = f"{data['document']['title']}, idea {number}"
    data["document"]["author"] = f"Dr Example {number % 97}"
    for benefit in data.get("benefits", {}).get("items", ()):
        value = benefit.get("value", {})
        if isinstance(value.get("volume"), (int, float)):
            value["volume"] = round(value["volume"] * chance.uniform(0.5, 2), 1)
    if chance.random() < 0.4:
        for section in chance.sample(MAY_LACK, chance.randint(1, 3)):
            data.pop(section, None)
    if chance.random() < 0.03:
        data["documents"] = {}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


def write_folder(folder: Path, count: int, seed: int = 1) -> None:
    """Writes so many submissions, in folders by ward."""
    for number in range(count):
        path = folder / WARDS[number % len(WARDS)] / f"idea {number:04}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(submission(number, seed), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write_folder(chosen.folder, chosen.count, chosen.seed)


if __name__ == "__main__":
    main()
