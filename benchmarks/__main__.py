"""`python -m benchmarks [pipeline quix sink growth latency import]`: measure all, or those named.

They are printed, and written to benchmarks/out/latest.json. `soak`, `flooding`, `hidden` and
`bursts` are measured only where they are named: the first takes twenty minutes, the others change
rarely.

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
    import_,
    latency,
    pipeline,
    sink,
    soak,
)
from benchmarks.exchange import fresh, settings_of
from benchmarks.figures import OUT, Figure, load, machine, write
from infra import logging_setup

NAMES = ("pipeline", "quix", "sink", "growth", "latency", "import")
LONG = ("soak", "flooding", "hidden", "bursts")
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
        "--events", type=int, default=pipeline.EVENTS, help="of pipeline, quix and sink"
    )
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
        return _run(args.names or NAMES, args.events)


def _run(names: Collection[str], events: int) -> int:
    """Measure each figure, print it and write it down."""
    print("machine: " + ", ".join(f"{name} {value}" for name, value in machine().items()))
    if load() > QUIET:
        print(f"load {load()}: this machine is not idle; figures taken now are too low")
    try:
        for figure in _figures(names, events):
            print(figure.line(), flush=True)
            write([figure])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told with its kind, and fails the bench
        print(f"FAILED: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"written to {OUT.relative_to(OUT.parent.parent.parent)}")
    return 0


def _figures(names: Collection[str], events: int) -> Iterator[Figure]:
    if {"pipeline", "quix", "sink"} & set(names):
        yield from _on_one_log(names, events)
    alone: Mapping[str, Callable[..., Iterable[Figure]]] = {
        "growth": growth.measure,
        "latency": latency.measure,
        "soak": soak.measure,
        "hidden": hidden.measure,
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
