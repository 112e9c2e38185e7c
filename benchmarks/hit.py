"""hit_index_p99_us, hit_lookups_per_s, hit_lookup_p99_ms: how fast hit or no hit is answered.

The index is made with observations of as many events, one thing each, by its own fold, under 100
labels of which half are released. Then it is asked for things of which a tenth are known. The
second part asks the whole service: who may ask, the index, and the entry in the disclosure ledger,
which a real Kafka acknowledges before each answer. HTTP is not in it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.exchange import up
from benchmarks.figures import Figure, load
from consumers.query.hit_lookup.lines import HitLine
from consumers.serving.hit_index import HitIndex, read_observations
from consumers.serving.hit_lookups import HitLookups, HitRequest
from consumers.serving.query_pool import open_pool
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.ids import to_uuid_text
from schemas.model import Reader
from schemas.release import label_codec

EVENTS = 10_000_000
ROWS_OF_MESSAGE = 500
LABELS = 100
QUESTIONS = 20_000
AIM_PER_S = 600
AIM_P99_MS = 50
SECONDS = 20
THREADS = 8
READER = Reader("bench", "CO", "PONAL", purpose="investigation", use="hit")


def measure(settings: Settings, events: int = EVENTS) -> Iterator[Figure]:
    """Measure the index, then the service over it."""
    with TemporaryDirectory(prefix="quipu-hit-") as folder:
        path, begin = Path(folder) / "g1", time.monotonic()
        with closing(HitIndex(path)) as index:
            for message in messages(events):
                index.apply([read_observations(message)], 0, 1)
            seconds = time.monotonic() - begin
            size = sum(file.stat().st_size for file in path.iterdir()) / 2**20
            detail = {"events": events, "mebibytes": round(size), "load": load()}
            yield Figure(
                "hit_index_fold_per_s", round(events / seconds), "events/s", None, True, detail
            )
            yield from ask_index(index, events)
            yield from ask_service(settings, index, events)


def thing(number: int) -> bytes:
    """The key of the thing of an event; of a number that no event has, an unknown thing."""
    return hashlib.blake2b(number.to_bytes(8, "big"), digest_size=16).digest()


def messages(events: int) -> Iterator[bytes]:
    """Observations of so many events, as intake writes them."""
    labels = [_label(number) for number in range(LABELS)]
    for start in range(0, events, ROWS_OF_MESSAGE):
        rows = [
            {
                **{"op": "add", "index": number - start, "kind": "document"},
                **{"key": thing(number), "event_id": thing(-number - 1 & 2**63 - 1)},
                **{"certainty": "certain", "type": "person_notice", "country": "PE"},
                **{"label": None, "label_index": number // 7 % LABELS, "occurred": None},
                **{"subdivision": None, "traits": {}, "sealed": None},
            }
            for number in range(start, min(start + ROWS_OF_MESSAGE, events))
        ]
        place = {"appended_at": start + 1, "topic": "quipu.bundles.pe", "partition": 0}
        yield log_format("observations").write(
            {**place, "offset": start, "labels": labels, "rows": rows}
        )


def ask_index(index: HitIndex, events: int) -> list[Figure]:
    """Ask for one thing after the other: a tenth are known, half of these are released."""
    ids = [to_uuid_text(thing(_asked(number, events))) for number in range(QUESTIONS)]
    times, hits = [], 0
    for id_ in ids:
        begin = time.perf_counter()
        hits += bool(index.of_things([id_], READER))
        times.append(time.perf_counter() - begin)
    detail = {"questions": QUESTIONS, "hits": hits, "p50_us": round(_share(times, 0.5) * 1e6)}
    return [Figure("hit_index_p99_us", round(_share(times, 0.99) * 1e6), "us", None, False, detail)]


class _Ready:
    """The index as the service takes it."""

    def __init__(self, index: HitIndex) -> None:
        self.of_things = index.of_things


def ask_service(settings: Settings, index: HitIndex, events: int) -> Iterator[Figure]:
    """Ask the service as hard as some threads can, by one line and by lists of ten."""
    with (
        up(settings, "clickhouse", "migrations") as stack,
        closing(open_pool(stack.settings)) as pool,
    ):
        lookups = HitLookups(pool, _Ready(index))
        for size, aim in ((1, None), (10, AIM_PER_S)):
            times, seconds = _pressed(partial(_ask, lookups, size))
            lines = len(times) * size
            detail = {
                **{"lines_of_request": size, "threads": THREADS, "events": events},
                **{"p50_ms": round(_share(times, 0.5) * 1000, 1), "load": load()},
            }
            yield Figure(
                f"hit_lookups_per_s_by_{size}", round(lines / seconds), "lines/s", aim, True, detail
            )
            p99 = round(_share(times, 0.99) * 1000, 1)
            yield Figure(f"hit_lookup_p99_ms_by_{size}", p99, "ms", AIM_P99_MS, False, detail)


def _ask(lookups: HitLookups, size: int, number: int) -> None:
    lines = [_line(number * size + place) for place in range(size)]
    reader = Reader(f"bench-{number // 500}", "CO", "PONAL", purpose="investigation")
    lookups.answer(HitRequest(lines, "CAN-589", "api"), reader)


def _line(number: int) -> HitLine:
    return HitLine(number=f"{10_000_000 + number}", country="PE", type="national_id")


def _pressed(ask: Callable[[int], None]) -> tuple[Sequence[float], float]:
    """Ask in several threads for some seconds; the seconds of each answer, and of all."""
    begin = time.perf_counter()

    def work(thread: int) -> list[float]:
        times, number = [], thread * 1_000_000
        while time.perf_counter() - begin < SECONDS:
            before = time.perf_counter()
            ask(number)
            times.append(time.perf_counter() - before)
            number += 1
        return times

    with ThreadPoolExecutor(THREADS) as threads:
        every = [took for times in threads.map(work, range(THREADS)) for took in times]
    return every, time.perf_counter() - begin


def _asked(number: int, events: int) -> int:
    return number * 7919 % events if number % 10 == 0 else events + number


def _label(number: int) -> bytes:
    return label_codec.write(
        {
            **{"country": "PE", "authority": f"A{number}", "tlp": "GREEN", "handling": ()},
            **{"recipients": ("CO",) if number % 2 else ("BO",), "condition": None},
            **{"purpose": "investigation", "exercise": None},
        }
    )


def _share(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
