"""lists_p95_ms, things_p95_ms, figures_p95_ms, lookups_per_s, lookups_p99_ms: questions at size.

Over an exchange that `benchmarks.fill` made. Everything runs as `quipu up` runs it, while the
eight nodes go on with their logs at a steady rate. Eight readers of different rights each ask all
questions in an order of their own, with a pause after each answer as a person makes one. Then
the same readers look up items by key, one after the other, without a pause.

p50, p95 and p99 of each question are in the detail, with the answers that were refused as late
(503, 429): a refusal is no answer, and is counted beside them.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import httpx

from benchmarks.exchange import settings_of, up, workers
from benchmarks.figures import Figure, load
from benchmarks.fill import (
    FillProgress,
    Message,
    fill,
    read_progress,
    seal_piece,
    send_messages,
    until_derived,
    write_progress,
)
from benchmarks.large_records import STATIONS
from benchmarks.questions import (
    FIGURE,
    LIST,
    THING,
    HttpQuestion,
    lookups,
    make_accounts,
    questions,
    sample_ids,
)
from infra.exchange_log.generation import current_generation
from infra.settings import Settings

UNITS = ("worker", "clickhouse", "migrations", "sink", "api")
EVENTS = 50_000
RATE = 200
REFUSED = frozenset({429, 503})
AIMS = {LIST: 300, THING: 300, FIGURE: 500}
LOOKUPS_AIM, LOOKUP_AIM_MS = 600, 50
BUNDLE = 100
"""Events of a bundle that is sent while readers ask."""


@dataclass(frozen=True, slots=True)
class Pressure:
    """How hard the exchange is pressure.

    `seconds`: of each phase; `rate`: events/s that arrive meanwhile; `pause_s`: of a reader, after
    each answer.
    """

    seconds: int = 60
    rate: int = RATE
    pause_s: float = 1.0


@dataclass
class Answers:
    """What came back, by the question's name: milliseconds, and how often what was refused."""

    ms: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def add(self, other: Answers) -> None:
        """Add the answers of another reader."""
        for name, values in other.ms.items():
            self.ms[name] += values
        self.refused.update(other.refused)
        self.failed.update(other.failed)


def measure(folder: Path | None, events: int | None, pressure: Pressure) -> list[Figure]:
    """The figures, over the exchange in a folder; None: a new one, of so many events."""
    if folder is not None:
        progress = read_progress(folder)
        if not progress.nodes or (events and progress.events < events * 0.99):
            progress = fill(folder, events or EVENTS)
        return _measure(folder, progress, pressure)
    with TemporaryDirectory(prefix="quipu-bench-") as name:
        return _measure(Path(name), fill(Path(name), events or EVENTS), pressure)


def _measure(folder: Path, progress: FillProgress, pressure: Pressure) -> list[Figure]:
    settings, before = settings_of(folder), load()
    size = progress.events
    arriving = _seal(settings, folder, progress, pressure)
    with up(settings, *UNITS) as stack, ThreadPoolExecutor(1) as sender, workers() as pool:
        base = f"http://{stack.settings.api_host}:{stack.settings.api_port}"
        headers = make_accounts(stack.settings)
        generation, stop = current_generation(stack.settings), Event()
        until_derived(stack.settings, generation, stop)
        samples = sample_ids(stack.settings, generation, progress.numbers)
        sending = sender.submit(_send, stack.settings, arriving, pressure, stop)
        try:
            plan = [questions(samples, Random(number)) for number in range(len(headers))]
            everything = _ask_all(pool, base, headers, plan, pressure)
            keys = [lookups(samples, Random(number)) for number in range(400)]
            flat = [question for group in keys for question in group]
            plan = [flat[number:] + flat[:number] for number in range(len(headers))]
            by_key = _ask_all(pool, base, headers, plan, replace(pressure, pause_s=0.0))
        finally:
            stop.set()
        late_s = sending.result()
    detail = {"events": size, **_detail(pressure), "sent_late_s": late_s, "load": [before, load()]}
    return [*_figures(everything, detail), *_lookup_figures(by_key, pressure, detail)]


def _detail(pressure: Pressure) -> dict[str, Any]:
    return {"seconds": pressure.seconds, "rate": pressure.rate, "pause_s": pressure.pause_s}


def _seal(
    settings: Settings, folder: Path, progress: FillProgress, pressure: Pressure
) -> list[list[Message]]:
    """Seal what arrives while readers ask: key list and bundle, in the order of sending.

    What is sealed counts as published from now on: it must be sent.
    """
    per_node = pressure.rate * (2 * pressure.seconds + 10) // len(STATIONS)
    by_node: list[list[list[Message]]] = []
    if progress.recent_from is None:
        progress.recent_from = max(node.end for node in progress.nodes.values())
    for index, station in enumerate(STATIONS):
        node = progress.nodes[station.node]
        end = node.end + per_node * len(STATIONS)
        after, lists, bundles = seal_piece(settings, index, node, end, progress.recent_from)
        progress.nodes[station.node] = after
        pairs = [[*pair] for pair in zip(lists, bundles, strict=False)]
        pairs[-1] += lists[len(bundles) :]  # with erased keys: after what they belong to
        by_node.append(pairs)
    write_progress(folder, progress)
    rounds = zip_longest(*by_node, fillvalue=list[Message]())
    return [messages for together in rounds for messages in together]


def _send(
    settings: Settings, arriving: Sequence[list[Message]], pressure: Pressure, stop: Event
) -> float:
    """Send each bundle when it is due; return the most that one was late, in seconds.

    After `stop`, what is left is sent at once, since the next run goes on behind it.
    """
    began, late = time.monotonic(), 0.0
    for number, messages in enumerate(arriving):
        due = began + number * BUNDLE / pressure.rate
        if stop.wait(max(0.0, due - time.monotonic())):
            rest = [message for group in arriving[number:] for message in group]
            asyncio.run(send_messages(settings, rest, ()))
            return round(late, 2)
        late = max(late, time.monotonic() - due)
        asyncio.run(send_messages(settings, messages, ()))
    return round(late, 2)


def _ask_all(
    pool: Any,
    base: str,
    headers: Sequence[dict[str, str]],
    plan: Sequence[Sequence[HttpQuestion]],
    pressure: Pressure,
) -> Answers:
    """Have every reader ask its questions, in one process beside this one."""
    future: Future[Answers] = pool.submit(ask_as_readers, base, headers, plan, pressure)
    return future.result()


def ask_as_readers(
    base: str,
    headers: Sequence[dict[str, str]],
    plan: Sequence[Sequence[HttpQuestion]],
    pressure: Pressure,
) -> Answers:
    """Ask as every reader at a time, a thread each, until the time is over."""
    answers, until = Answers(), time.monotonic() + pressure.seconds
    with ThreadPoolExecutor(len(headers)) as threads:
        readers = [
            threads.submit(_ask, base, header, own, (until, pressure.pause_s))
            for header, own in zip(headers, plan, strict=True)
        ]
        for reader in readers:
            answers.add(reader.result())
    return answers


def _ask(
    base: str,
    header: dict[str, str],
    own: Sequence[HttpQuestion],
    times: tuple[float, float],
) -> Answers:
    """Ask again and again, in an order that is the reader's own and changes with each round."""
    answers, rng = Answers(), Random(header["Authorization"])
    until, pause_s = times
    with httpx.Client(base_url=base, headers=header, timeout=60) as client:
        while True:
            for question in rng.sample(own, len(own)):
                if time.monotonic() >= until:
                    return answers
                _ask_one(client, question, answers)
                time.sleep(pause_s)


def _ask_one(client: httpx.Client, question: HttpQuestion, answers: Answers) -> None:
    began = time.perf_counter()
    answer = client.get(question.path, params=dict(question.parameters))
    ms = (time.perf_counter() - began) * 1000
    if answer.status_code in REFUSED:
        answers.refused[question.name] += 1
    elif answer.status_code not in (200, 404):
        answers.failed[f"{question.name}: {answer.status_code} {answer.text[:200]}"] += 1
    else:
        answers.ms[f"{question.kind}/{question.name}"].append(ms)


def _figures(answers: Answers, detail: dict[str, Any]) -> list[Figure]:
    """A figure for each kind, its questions in the detail. Raises RuntimeError on a failure."""
    if answers.failed:
        raise RuntimeError(f"queries: {dict(answers.failed)}")
    result = []
    for kind, aim in AIMS.items():
        own = {
            name.partition("/")[2]: spread(values)
            for name, values in sorted(answers.ms.items())
            if name.startswith(f"{kind}/")
        }
        every = [
            value
            for name, values in answers.ms.items()
            if name.startswith(f"{kind}/")
            for value in values
        ]
        if every:
            more = {**detail, "refused": dict(answers.refused), "all": spread(every), **own}
            p95 = spread(every)["p95"]
            result.append(Figure(f"{kind}s_p95_ms", p95, "ms", aim, False, more))
    return result


def _lookup_figures(answers: Answers, pressure: Pressure, detail: dict[str, Any]) -> list[Figure]:
    if answers.failed:
        raise RuntimeError(f"queries: {dict(answers.failed)}")
    every = [value for values in answers.ms.values() for value in values]
    own = {name.partition("/")[2]: spread(values) for name, values in sorted(answers.ms.items())}
    more = {**detail, "refused": dict(answers.refused), **own}
    rate = round(len(every) / pressure.seconds)
    return [
        Figure("lookups_per_s", rate, "1/s", LOOKUPS_AIM, True, more),
        Figure("lookups_p99_ms", spread(every)["p99"], "ms", LOOKUP_AIM_MS, False),
    ]


def spread(values: Iterable[float]) -> dict[str, float]:
    """The percentiles of milliseconds, and how many there are."""
    ordered = sorted(values)
    at = {
        name: round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    }
    return {**at, "count": len(ordered)}


def detail_lines(figures: Sequence[Figure]) -> list[str]:
    """A line for each question, for the terminal."""
    lines = []
    for figure in figures:
        for name, value in figure.detail.items():
            if isinstance(value, dict) and "p50" in value:
                numbers = "  ".join(f"{part} {value[part]:>9,}" for part in value)
                lines.append(f"  {name:<28} {numbers}")
    return lines
