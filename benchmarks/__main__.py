"""`python -m benchmarks [pipeline quix sink growth latency import]`: measure all, or those named.

They are printed, and written to benchmarks/out/latest.json. `soak`, `flooding`, `hidden`, `bursts`,
`queries`, `overload`, `persons`, `hit` and `workers` are measured only where they are named: they
take long, or change rarely. `queries` asks the exchange that `python -m benchmarks.fill` made, with
`--folder`, or a small one of its own. `queries` and `overload` are named alone.

Exit code 1 when a measurement failed (two pipelines that differ, events lost, something stuck); a
missed aim is printed, and is no failure.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks import (
    against_quix,
    bursts,
    flooding,
    growth,
    hidden,
    hit,
    import_,
    latency,
    overload,
    persons,
    pipeline,
    queries,
    sink,
    soak,
    workers,
)
from benchmarks.exchange import fresh, settings_of
from benchmarks.figures import OUT, Figure, load, machine, write
from infra import logging_setup

NAMES = ("pipeline", "quix", "sink", "growth", "latency", "import")
LONG = (
    "soak",
    "flooding",
    "hidden",
    "bursts",
    "queries",
    "overload",
    "persons",
    "hit",
    "workers",
)
QUIET = 0.7


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure the line, one figure a line."
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"of {', '.join((*NAMES, *LONG))}; default: all but {', '.join(LONG)}",
    )
    parser.add_argument(
        "--events",
        type=int,
        help="of pipeline, quix, sink, persons, queries, hit, workers; default: as documented",
    )
    parser.add_argument("--folder", type=Path, help="of queries: what benchmarks.fill made")
    parser.add_argument(
        "--seconds", type=int, default=60, help="of queries and overload: of each phase"
    )
    parser.add_argument("--rate", type=int, help="of queries and overload: events/s that arrive")
    parser.add_argument("--pause", type=float, default=1.0, help="of queries: s after an answer")
    args = parser.parse_args()
    unknown = set(args.names) - {*NAMES, *LONG}
    if unknown:
        parser.error(
            f"there is no {', '.join(sorted(unknown))}; choose among {', '.join((*NAMES, *LONG))}"
        )
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # as Ctrl-C: what was started is stopped, temporary folders go
    OUT.parent.mkdir(exist_ok=True)
    with (OUT.parent / "bench.log").open("w", encoding="utf-8") as stream:
        logging_setup.configure(as_json=True, stream=stream)
        if "queries" in args.names:
            pressure = queries.Pressure(args.seconds, args.rate or queries.RATE, args.pause)
            return _tell(lambda: _queries(args.folder, args.events, pressure))
        if "overload" in args.names:
            return _tell(lambda: _overload(args.rate or overload.RATE, args.seconds))
        names = args.names or NAMES
        return _tell(lambda: _figures(names, args.events))


def _queries(
    folder: Path | None, events: int | None, pressure: queries.Pressure
) -> Iterator[Figure]:
    """Measure the questions, and print each."""
    measured = queries.measure(folder, events, pressure)
    print("\n".join(queries.detail_lines(measured)), flush=True)
    yield from measured


def _overload(rate: int, seconds: int) -> Iterator[Figure]:
    """Measure an overload at a rate of its own."""
    with fresh() as settings:
        yield from overload.measure(settings, rate, seconds)


def _tell(measure: Callable[[], Iterable[Figure]]) -> int:
    """Measure each figure, print it and write it down."""
    print("machine: " + ", ".join(f"{name} {value}" for name, value in machine().items()))
    if load() > QUIET:
        print(f"load {load()}: this machine is not idle; figures taken now are too low")
    try:
        for figure in measure():
            print(figure.line(), flush=True)
            write([figure])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told with its kind, and fails the bench
        print(f"FAILED: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"written to {OUT.relative_to(OUT.parent.parent.parent)}")
    return 0


def _figures(names: Collection[str], events: int | None) -> Iterator[Figure]:
    if {"pipeline", "quix", "sink"} & set(names):
        yield from _on_one_log(names, events or pipeline.EVENTS)
    alone: Mapping[str, Callable[..., Iterable[Figure]]] = {
        "growth": growth.measure,
        "latency": latency.measure,
        "soak": soak.measure,
        "hidden": hidden.measure,
        "hit": lambda settings: hit.measure(settings, events or hit.EVENTS),
        "persons": lambda settings: persons.measure(settings, events or persons.EVENTS),
        "workers": lambda settings: workers.measure(settings, events or workers.EVENTS),
    }
    if "bursts" in names:
        yield from bursts.measure()
    if "flooding" in names:
        yield from flooding.measure()
    if "import" in names:
        with tempfile.TemporaryDirectory(prefix="quipu-bench-") as folder:
            yield from import_.measure(settings_of(Path(folder)))
    for name, measure in alone.items():
        if name in names:
            with fresh() as settings:
                yield from measure(settings)


def _on_one_log(names: Collection[str], events: int) -> Iterator[Figure]:
    """Pipeline, and what needs its run: Quix over the same events, the sink over its outputs."""
    with fresh() as settings:
        pipeline.prepare(settings, events)
        list_key = against_quix.prepare(settings, events) if "quix" in names else None
        run = pipeline.measure(settings, events)
        yield run.figure
        if "sink" in names:
            yield from sink.measure(settings, events)
        if list_key is not None:
            yield from against_quix.measure(settings, list_key, run, events)


if __name__ == "__main__":
    sys.exit(main())
