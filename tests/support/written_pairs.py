"""Pairs of records of two countries, written as officers write them (tests/cases/pairs/pairs.csv).

Both records of a pair have the reference of the pair. EXPECTED says what is to be found between
them: `certain`, `possible`, `none`, or `uncertain` (anything but certain). REASON says why.
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from producers.mapping.file_mapping import FileMapping
from producers.mapping.loader import load_file_mapping
from tests.support.cases import CASES

FOLDER = CASES / "pairs"
FILE = FOLDER / "pairs.csv"
MAPPINGS = ("weapons.toml", "cases.toml", "accounts.toml")
NODES = ("co-ponal", "ec-policia")
KINDS = frozenset({"weapon", "document", "phone", "imei", "account", "plate"})
_STRENGTH = {"none": 0, "possible": 1, "certain": 2}
_ALLOWED = {
    "certain": {"certain"},
    "possible": {"possible"},
    "none": {"none"},
    "uncertain": {"none", "possible"},
}


class FoundPair(NamedTuple):
    """An indicator: its grade, and the pairs to which its evidence belongs."""

    grade: str
    pairs: frozenset[str]


def rows_of_pairs() -> list[dict[str, str]]:
    """Read both records of each pair, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def mapping_of_pairs() -> FileMapping:
    """Load the mappings of the file, each for its kinds."""
    return load_file_mapping(*(str(FOLDER / name) for name in MAPPINGS))


def write_export(node: str, folder: Path) -> Path:
    """Write the export of one country: its record of each pair."""
    path = folder / f"{node}-pairs.csv"
    rows = [row for row in rows_of_pairs() if row["NODE"] == node]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def differences(indicators: Iterable[FoundPair]) -> list[str]:
    """List what is not as expected: pairs of another grade, and findings between two pairs."""
    grades: dict[str, str] = {}
    problems: list[str] = []
    for indicator in indicators:
        if len(indicator.pairs) > 1:
            problems.append(f"{indicator.grade} between {', '.join(sorted(indicator.pairs))}")
            continue
        (pair,) = indicator.pairs
        grades[pair] = max(grades.get(pair, "none"), indicator.grade, key=_STRENGTH.__getitem__)
    for row in rows_of_pairs():
        grade = grades.get(row["PAIR"], "none")
        if row["NODE"] == "co-ponal" and grade not in _ALLOWED[row["EXPECTED"]]:
            problems.append(f"{row['PAIR']}: {grade}, not {row['EXPECTED']} ({row['REASON']})")
    return problems
