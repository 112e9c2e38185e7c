"""hit_index_p99_us, hit_lookups_per_s, hit_lookup_p99_ms: how fast hit or no hit is answered.

The index is made with observations of as many events, one thing each, by its own fold, under 100
labels of which half are released. Then it is asked for things of which a tenth are known. The
second part asks the whole service: who may ask, the index, and the entry in the disclosure ledger,
which a real Kafka acknowledges before each answer. HTTP is not in it. A tenth of what is asked is
known there, too, and each answer is compared with what it must be. First it is asked as hard as
some threads can, then at the rate of the aim. There the time of an answer begins when the question
was due, so that a question that had to wait counts as slow.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from benchmarks.exchange import up
from benchmarks.figures import Figure, load
from consumers.query.hit_lookup.lines import HitLine, read_hit_line
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
FIRST_PACED = 50_000_000
"""Questions at a rate have numbers of their own, and so readers with a quota of their own."""
KNOWN_EVERY, KNOWN_LINES = 10, 20_000
"""Each tenth line asks for a document that the index knows, of so many documents."""
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
    return _observed(thing(number) for number in range(events))


def _observed(keys: Iterable[bytes]) -> Iterator[bytes]:
    """Write observations, an event for each thing."""
    labels, numbered, start = [_label(number) for number in range(LABELS)], enumerate(keys), 0
    while batch := list(islice(numbered, ROWS_OF_MESSAGE)):
        rows = [
            {
                **{"op": "add", "index": index, "kind": "document"},
                **{"key": key, "event_id": hashlib.blake2b(key, digest_size=16).digest()},
                **{"certainty": "certain", "type": "person_notice", "country": "PE"},
                **{"label": None, "label_index": number // 7 % LABELS, "occurred": None},
                **{"subdivision": None, "traits": {}, "sealed": None},
            }
            for index, (number, key) in enumerate(batch)
        ]
        place = {"appended_at": start + 1, "topic": "quipu.bundles.pe", "partition": 0}
        yield log_format("observations").write(
            {**place, "offset": start, "labels": labels, "rows": rows}
        )
        start += len(batch)


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
    """Ask the service by one line and by lists of ten: as hard as it can be, and at a rate.

    Raises RuntimeError where an answer is not what it must be.
    """
    with (
        up(settings, "clickhouse", "migrations") as stack,
        closing(open_pool(stack.settings)) as pool,
    ):
        _make_known(index, pool.thing_secret() or b"")
        lookups = HitLookups(pool, _Ready(index))
        for size, aim in ((1, None), (10, AIM_PER_S)):
            ask = partial(_ask, lookups, size)
            detail = {"lines_of_request": size, "threads": THREADS, "events": events}
            times, seconds = _pressed(ask)
            rate = round(len(times) * size / seconds)
            pressed = {**detail, **_shares(times), "load": load()}
            yield Figure(f"hit_lookups_per_s_by_{size}", rate, "lines/s", aim, True, pressed)
            times = _paced(ask, AIM_PER_S / size)
            paced = {**detail, **_shares(times), "lines_per_s": AIM_PER_S, "load": load()}
            p99 = paced["p99_ms"]
            yield Figure(f"hit_lookup_p99_ms_by_{size}", p99, "ms", AIM_P99_MS, False, paced)


def _make_known(index: HitIndex, secret: bytes) -> None:
    """Let the index know the documents of each tenth line, as the service computes their keys."""
    questions = (
        read_hit_line(_line(number * KNOWN_EVERY), secret) for number in range(KNOWN_LINES)
    )
    for message in _observed(UUID(line.things[0]).bytes for line in questions):
        index.apply([read_observations(message)], 0, 1)


def _ask(lookups: HitLookups, size: int, number: int) -> None:
    numbers = [number * size + place for place in range(size)]
    reader = Reader(f"bench-{number // 500}", "CO", "PONAL", purpose="investigation")
    lines = [_line(number) for number in numbers]
    answer = lookups.answer(HitRequest(lines, "CAN-589", "api"), reader)
    wrong = [
        number
        for number, item in zip(numbers, answer.answers, strict=True)
        if (item.answer == "hit") is not _is_released(number)
    ]
    if wrong:
        raise RuntimeError(f"lines {wrong[:5]} are answered wrongly")


def _line(number: int) -> HitLine:
    document = 10_000_000 + number % (KNOWN_LINES * KNOWN_EVERY)
    return HitLine(number=f"{document}", country="PE", type="national_id")


def _is_released(number: int) -> bool:
    """Say whether the index knows the document of a line under a label for the reader."""
    known, rest = divmod(number % (KNOWN_LINES * KNOWN_EVERY), KNOWN_EVERY)
    return rest == 0 and known // 7 % LABELS % 2 == 1


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


def _paced(ask: Callable[[int], None], per_s: float) -> Sequence[float]:
    """Ask at a rate for some seconds; the seconds from when each question was due."""
    numbers, begin = count(), time.perf_counter() + 0.1

    def work(_thread: int) -> list[float]:
        times: list[float] = []
        while (number := next(numbers)) < SECONDS * per_s:
            due = begin + number / per_s
            time.sleep(max(0.0, due - time.perf_counter()))
            ask(FIRST_PACED + number)
            times.append(time.perf_counter() - due)
        return times

    with ThreadPoolExecutor(THREADS) as threads:
        return [took for times in threads.map(work, range(THREADS)) for took in times]


def _shares(times: Sequence[float]) -> dict[str, float]:
    return {f"p{share}_ms": round(_share(times, share / 100) * 1000, 1) for share in (50, 99)}


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
