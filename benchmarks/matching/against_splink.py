"""`python -m benchmarks.matching.against_splink`: `quipu match --train` beside Splink on DuckDB.

Both match the same two made-up lists, each in a process of its own, from the files to the pairs.
Splink is set up as its documentation does it: u from random pairs, m by expectation-maximisation
under two blocking rules, six blocking rules for the pairs. Processor time counts, of all threads.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import logging
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.matching.measures import Accuracy
from benchmarks.matching.population import Population, Resident

HEADINGS = ("id", "given_name", "surname", "dob", "street", "postcode", "city")
AIM_TIMES = 5.0


def main() -> int:
    """Make the lists, let both match them, and print accuracy, times and memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.against_splink")
    parser.add_argument("--rows", type=int, default=50_000, help="of each list")
    parser.add_argument("--only", choices=("quipu", "splink"), help="measure one alone")
    parser.add_argument("--run", nargs=4, metavar=("WHO", "A", "B", "OUT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.run:
        _run(*args.run)
        return 0
    with TemporaryDirectory(prefix="quipu-against-splink-") as folder:
        lists = write_lists(Path(folder), args.rows)
        seconds = {
            who: _measure(who, *lists) for who in ("quipu", "splink") if args.only in {None, who}
        }
    if len(seconds) == 2:
        times = seconds["splink"] / seconds["quipu"]
        print(f"quipu needs 1/{times:.1f} of Splink's processor time (aim 1/{AIM_TIMES:.0f})")
        return 0 if times >= AIM_TIMES else 1
    return 0


def write_lists(folder: Path, rows: int) -> tuple[Path, Path, int]:
    """Write two lists with half of their persons in common; return them and that number."""
    population, rng = Population(42), Random(42)
    paths = folder / "a.csv", folder / "b.csv"
    both = rows // 2
    left = {(0, 1): both, (0,): rows - both, (1,): rows - both}
    with contextlib.ExitStack() as stack:
        writers = [
            csv.writer(stack.enter_context(path.open("w", encoding="utf-8", newline="")))
            for path in paths
        ]
        for writer in writers:
            writer.writerow(HEADINGS)
        while any(left.values()):
            for resident in population.families(1_000):
                sides = rng.choices([*left], [*left.values()])[0] if any(left.values()) else ()
                if sides:
                    left[sides] -= 1
                for side in sides:
                    writers[side].writerow(_row(resident, population, rng))
    return (*paths, both)


def _row(resident: Resident, population: Population, rng: Random) -> list[str]:
    person = population.write(resident).person
    names = [person.get("given_names") or "", person.get("first_surname") or ""]
    if person.get("name"):
        names = [" ".join(resident.given), resident.surnames[0]]
    number = resident.family * 7919 % 100_000
    street = f"Calle {resident.family * 31 % 997} {number % 500}"
    moved = rng.random() < 0.15
    return [
        str(resident.number),
        *names,
        person.get("birth_date") or "",
        "" if moved else street,
        str(10_000 + number) if not moved else str(10_000 + rng.randrange(90_000)),
        resident.place if rng.random() < 0.9 else "",
    ]


def _measure(who: str, a: Path, b: Path, both: int) -> float:
    out = a.parent / f"{who}.csv"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.matching.against_splink"]
    subprocess.run([*command, "--run", who, str(a), str(b), str(out)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    accuracy = _accuracy(out, both)
    memory = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))["memory_mb"]
    print(
        f"{who}: {seconds:.1f} s of processor, {time.monotonic() - start:.1f} s of clock,"
        f" {memory:.0f} MB; {accuracy.line()}",
        flush=True,
    )
    return seconds


def _accuracy(out: Path, both: int) -> Accuracy:
    with out.open(encoding="utf-8", newline="") as stream:
        pairs = {(row["id_a"], row["id_b"]) for row in csv.DictReader(stream)}
    right = sum(a == b for a, b in pairs)
    return Accuracy(right, len(pairs) - right, both - right)


def _run(who: str, a: str, b: str, out: str) -> None:
    if who == "quipu":
        from infra.cli.root import main as quipu

        quipu(["match", a, b, "--train", "--out", out], standalone_mode=False)
    else:
        _splink(a, b, out)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(out).with_suffix(".json").write_text(json.dumps({"memory_mb": memory}), encoding="utf-8")


def _splink(a: str, b: str, out: str) -> None:
    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    columns = ", ".join(f"nullif({name}, '') AS {name}" for name in HEADINGS[1:])
    api = DuckDBAPI(connection)
    tables = [
        api.register(
            connection.sql(
                f"SELECT id AS unique_id, {columns} FROM read_csv('{path}', all_varchar = true)"
            )
        )
        for path in (a, b)
    ]
    rules = [
        block_on("given_name", "surname"),
        block_on("dob"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("surname", "city", "substr(given_name, 1, 2)"),
        block_on("street", "postcode"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("given_name", [0.9, 0.8]),
            cl.JaroWinklerAtThresholds("surname", [0.9, 0.8]),
            cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
            cl.JaroWinklerAtThresholds("street", [0.92, 0.8]),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            cl.ExactMatch("city"),
        ],
        blocking_rules_to_generate_predictions=[*rules],
    )
    linker = Linker(tables, settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("given_name", "surname", "dob")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=1_000_000)
    training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "surname"))
    training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    predicted = linker.inference.predict(threshold_match_probability=0.5).as_duckdbpyrelation()
    predicted.project(
        "unique_id_l AS id_a, unique_id_r AS id_b, match_probability AS probability"
    ).write_csv(out, header=True)


if __name__ == "__main__":
    sys.exit(main())
