"""outbox_to_event_p99_ms, outbox_to_indicator_p99_ms: from a node's outbox to the API's answer,
everything on one machine.

Kafka, ClickHouse, worker, sink and API run as `quipu up` runs them. Four nodes, a thread each in a
process of their own, take in 500 events a second in all: each node 25 every 0.2 s, as one bundle,
through its outbox (two commits to the disk) and its own sender, receipts read back. The clock
starts when the bundle's transaction in the outbox is committed, for an indicator when that of the
last event of its evidence is. It stops when the API's answer that shows it has arrived: `GET
/v1/events` (one node's events, a quarter of all) and `GET /v1/indicators` (one rule's, certain) are
asked again 0.1 s after each answer, so the wait for the next question is in the figure. Every event
and indicator that was to appear must have appeared, or the bench fails.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice
from threading import Event
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from benchmarks.exchange import drafts, up, workers
from benchmarks.figures import Figure, load
from benchmarks.population import STATIONS, Station, generate_sentences
from consumers.identity.demo_accounts import demo_account_name, make_demo_accounts
from consumers.identity.identity import open_identity
from infra.keys.credentials import read_password
from infra.settings import Settings
from producers.ingest.ingest_counts import IngestCounts, IngestRun
from producers.ingest.ingester import Ingester
from producers.model import Draft
from producers.node import CountryNode
from schemas.ids import NODE_TAG_BYTES, node_tag

RATE = 500
SECONDS = 60
WARM_UP_S = 5.0
BUNDLE = 25
POLL_S = 0.1
PAGE = 200
PATIENCE_S = 60.0
AIM_MS = 1000
SAMPLED = STATIONS[1]
RULE = "weapon-in-two-countries"
OVERLAP_S = 1.0
LATE = frozenset({429, 503})
"""Answers that say when to ask again."""
READER: dict[str, str] = {}
"""Headers of the analyst of Colombia who asks; `sign_in` fills them."""

Moments = dict[str, float]
"""By id, seconds since 1970."""


class Committed(NamedTuple):
    """An event in its outbox: since when, s since 1970, and where it happened (ISO 3166-2)."""

    at: float
    place: str


@dataclass
class Sightings:
    """When the API first showed what. `evidence`: by indicator, the events that stood behind it
    then.
    """

    events: Moments = field(default_factory=dict)
    indicators: Moments = field(default_factory=dict)
    evidence: dict[str, list[str]] = field(default_factory=dict)
    questions: int = 0
    slowest_s: float = 0.0


def measure(settings: Settings, rate: int = RATE, seconds: int = SECONDS) -> list[Figure]:
    """Both figures, with their medians beside them."""
    before, stop, seen = load(), Event(), Sightings()
    with (
        up(settings, "worker", "clickhouse", "migrations", "sink", "api") as stack,
        workers() as pool,
        ThreadPoolExecutor(2) as watchers,
    ):
        sign_in(stack.settings)
        base = f"http://{stack.settings.api_host}:{stack.settings.api_port}"
        committed: Future[dict[str, Committed]] = pool.submit(
            publish, stack.settings, rate, seconds
        )
        asking = [watchers.submit(ask, base, seen, stop) for ask in (ask_events, ask_indicators)]
        try:
            present = committed.result()
            expected = wait_for_all(seen, present, crossings(len(present)), asking)
        finally:
            stop.set()
        for future in asking:
            future.result()
    moments = {id_: item.at for id_, item in present.items()}
    since = min(moments.values()) + WARM_UP_S
    events = [(seen.events[id_] - moments[id_]) * 1000 for id_ in expected if moments[id_] >= since]
    ready = {id_: max(moments[text] for text in behind) for id_, behind in seen.evidence.items()}
    indicators = [(seen.indicators[id_] - at) * 1000 for id_, at in ready.items() if at >= since]
    spent = max(moments.values()) - min(moments.values())
    detail = {
        "events_per_s": round(len(moments) / spent),
        "seconds": round(spent),
        "questions": seen.questions,
        "load": [before, load()],
    }
    return [*_figures("event", events, detail), *_figures("indicator", indicators, detail)]


def sign_in(settings: Settings) -> None:
    """Make the demonstration's accounts, and ask as the one of Colombia from now on."""
    with open_identity(settings) as identity:
        make_demo_accounts(settings, identity)
    token = read_password(settings.token_file(demo_account_name("CO")))
    READER["Authorization"] = f"Bearer {token}"


def _figures(what: str, latencies: Sequence[float], detail: Mapping[str, Any]) -> list[Figure]:
    ordered = sorted(latencies)
    at = {
        share: round(ordered[min(len(ordered) - 1, int(len(ordered) * share))])
        for share in (0.5, 0.99)
    }
    told_too = {**detail, "measured": len(ordered), "most_ms": round(ordered[-1])}
    return [
        Figure(f"outbox_to_{what}_p99_ms", at[0.99], "ms", AIM_MS, False, told_too),
        Figure(f"outbox_to_{what}_p50_ms", at[0.5], "ms"),
    ]


def publish(
    settings: Settings, rate: int, seconds: int, after: int = 0, as_due: bool = False
) -> dict[str, Committed]:
    """Take in and send, every node in a thread of its own; when each event was committed to its
    outbox. In a process of its own.

    `after`: how many of the population's first events are left out; `as_due`: draft the events as
    they fall due, not all beforehand.
    """
    return publish_course(settings, [Stretch(rate, seconds)], after, as_due)


class Stretch(NamedTuple):
    """A time in which events fall due at a steady rate, a second."""

    rate: int
    seconds: int


def publish_course(
    settings: Settings, course: Sequence[Stretch], after: int = 0, as_due: bool = False
) -> dict[str, Committed]:
    """Take in and send as `publish` does, at rates that follow each other without a pause."""
    count = after + sum(rate * seconds for rate, seconds in course)
    result = {station.node: _ready(drafts(settings, station, count, after)) for station in STATIONS}
    ready: dict[str, Iterable[tuple[int, Draft]]] = {
        node: of if as_due else list(of) for node, of in result.items()
    }
    start = time.time() + 1.0
    with ThreadPoolExecutor(len(STATIONS)) as pool:
        parts = [
            pool.submit(
                _publish_node,
                settings,
                station,
                ready[station.node],
                lambda number: start + due_s(course, number - after),
            )
            for station in STATIONS
        ]
        return {id_: at for part in parts for id_, at in part.result().items()}


def due_s(course: Sequence[Stretch], number: int) -> float:
    """When the event of this number falls due, in seconds from the start of the course."""
    begin, left = 0.0, number
    for rate, seconds in course:
        if left < rate * seconds:
            return begin + left / rate
        begin, left = begin + seconds, left - rate * seconds
    return begin


def _ready(pairs: Iterator[tuple[int, Draft]]) -> Iterator[tuple[int, Draft]]:
    """With its first in hand: to pass over what is left out takes seconds."""
    return chain(list(islice(pairs, 1)), pairs)


def _publish_node(
    settings: Settings,
    station: Station,
    ready: Iterable[tuple[int, Draft]],
    due: Callable[[int], float],
) -> dict[str, Committed]:
    """A node's events, each bundle when the last of its events is due."""
    committed: dict[str, Committed] = {}
    pairs = iter(ready)
    with CountryNode(settings, station.node) as node:
        standing = node.require_connection()
        taker = Ingester(node.outbox, station.node, standing, node.keys, node.now)
        while group := list(islice(pairs, BUNDLE)):
            time.sleep(max(0.0, due(group[-1][0]) - time.time()))
            taker.commit(
                [draft for _, draft in group], [], IngestRun("bench", "routine"), IngestCounts()
            )
            now = time.time()
            committed |= {
                str(UUID(bytes=draft.id)): Committed(now, draft.envelope["subdivision"])
                for _, draft in group
            }
            node.send(wait=0)
    return committed


def wait_for_all(
    sightings: Sightings,
    committed: Mapping[str, Committed],
    indicators: int,
    asking: Sequence[Future[None]],
    place: str = "",
) -> list[str]:
    """Ids of the sampled node's events (of that place), once all of them, and so many indicators,
    were seen. Raises RuntimeError.
    """
    own = node_tag(SAMPLED.node)
    expected = [
        id_
        for id_, item in committed.items()
        if UUID(id_).bytes[:NODE_TAG_BYTES] == own and place in ("", item.place)
    ]
    deadline = time.monotonic() + PATIENCE_S
    while True:
        missing = (
            len(expected) - sum(id_ in sightings.events for id_ in expected),
            indicators - len(sightings.indicators),
        )
        if max(missing) <= 0:
            return expected
        for future in asking:
            if future.done():
                future.result()
        if time.monotonic() > deadline:
            raise RuntimeError(
                f"latency: {missing[0]} of {len(expected)} events and "
                f"{missing[1]} of {indicators} indicators were never shown"
            )
        time.sleep(0.2)


def crossings(count: int) -> int:
    """Weapons recorded by two countries among the first `count` records."""
    countries: dict[int, set[int]] = {}
    for sentence in generate_sentences(count):
        countries.setdefault(sentence.weapon, set()).add(sentence.station)
    return sum(len(country) > 1 for country in countries.values())


@dataclass(frozen=True, slots=True)
class Manner:
    """How the API is asked: seconds between an answer and the next question, how many at most, how
    far before the newest seen, where.
    """

    pause_s: float = POLL_S
    page: int = PAGE
    overlap_s: float = OVERLAP_S
    place: str = ""


def ask_events(base: str, sightings: Sightings, stop: Event, manner: Manner = Manner()) -> None:
    """Until `stop`: when the API first showed each event of the sampled node."""
    newest = time.time()

    def note(answer: list[dict[str, Any]], now: float) -> bool:
        nonlocal newest
        for event in answer:
            sightings.events.setdefault(event["id"], now)
            newest = max(newest, datetime.fromisoformat(event["recorded_at"]).timestamp())
        return True

    def parameters() -> dict[str, str]:
        since = datetime.fromtimestamp(newest - manner.overlap_s, UTC).isoformat()
        return {"node": SAMPLED.node, "place": manner.place, "since": since}

    keep_asking(f"{base}/v1/events", parameters, note, sightings, stop, manner)


def ask_indicators(base: str, sightings: Sightings, stop: Event, manner: Manner = Manner()) -> None:
    """Until `stop`: when the API first showed each indicator of the rule, and its evidence."""

    def note(answer: list[dict[str, Any]], now: float) -> bool:
        new = [indicator for indicator in answer if indicator["id"] not in sightings.indicators]
        for indicator in new:
            sightings.indicators[indicator["id"]] = now
            sightings.evidence[indicator["id"]] = [
                evidence_row["event"] for evidence_row in indicator["evidence"]
            ]
        return len(new) == len(answer)

    keep_asking(
        f"{base}/v1/indicators",
        lambda: {"rule": RULE, "grade": "certain"},
        note,
        sightings,
        stop,
        manner,
    )


def keep_asking(
    url: str,
    parameters: Callable[[], dict[str, str]],
    note: Callable[[list[dict[str, Any]], float], bool],
    sightings: Sightings,
    stop: Event,
    manner: Manner,
) -> None:
    """Ask again and again; further pages while a page was full and `note` says that there may be
    more that is new.
    """
    with httpx.Client(headers=READER, timeout=30) as client:
        while not stop.is_set():
            place: str | None = ""
            texts = {**parameters(), "limit": str(manner.page)}
            while place is not None:
                began = time.time()
                answer = client.get(url, params={**texts, **({"after": place} if place else {})})
                if answer.status_code in LATE:
                    stop.wait(float(answer.headers["Retry-After"]))
                    continue
                answer.raise_for_status()
                now = time.time()
                sightings.slowest_s = max(sightings.slowest_s, now - began)
                place = _next_place(answer) if note(answer.json(), now) else None
                sightings.questions += 1
            stop.wait(manner.pause_s)


def _next_place(answer: httpx.Response) -> str | None:
    """The cursor of the page that follows; None after the last one."""
    link = answer.links.get("next")
    return None if link is None else httpx.URL(link["url"]).params["after"]
