"""`python -m benchmarks.fill FOLDER --events N`: make an exchange with a large log, and its tables.

The log is a true one: eight nodes, admitted as any other, seal and sign bundles of 100 records of
`benchmarks.large_records` by the nodes' own code. Processes seal in parallel and write to Kafka
themselves. Then the real worker and the real sink make state and tables of it.

It may be stopped by Ctrl-C or SIGTERM at any time, and goes on where it was when it is called
again; with a larger N it adds to what is there. The folder stays, for `python -m benchmarks
queries --folder FOLDER`; delete it when it is not needed any more. `--rebuild` measures a rebuild
of all tables from the log as well.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from threading import Event

from benchmarks.exchange import CORES, LOG_UNITS, NOTICE_MS, admit, produce, settings_of, up
from benchmarks.figures import OUT, Figure, load, write
from benchmarks.large_records import STATIONS, Step, control, mapped, steps, type_of
from benchmarks.watch import Eyes, eyes
from consumers.maintenance.rebuild import rebuild
from consumers.runtime.consumer_lag import groups
from consumers.store.sql import sql
from infra import logging_setup
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.data_folder import write_atomically
from infra.exchange_log.generation import current_generation
from infra.kafka_access import ProcessName
from infra.keys import keyring
from infra.keys.keyring import NodeKeys
from infra.orchestration.stack import running
from infra.registry import founding
from infra.settings import Settings
from producers.events.draft import EventOrigin, build_draft, resolve_version
from producers.events.sealing import GENESIS_HASH, SealedBundle, Signing, erase_keys, seal_all
from producers.model import Draft
from schemas import topics
from schemas.event.event_type import event_type
from schemas.ids import event_id
from schemas.model import Cord

PIECE = 40_000
"""Numbers of the population that a process seals at once, of one node: 5,000 records."""
ERASED_KEPT = 50
"""Key lists that a node remembers, to erase keys in them; an erasure is of a recent record."""
TABLES = ("worker", "clickhouse", "migrations", "sink")
LOOK_S = 2.0
STUCK_S = 300.0

Message = tuple[str, int, bytes, bytes]
"""Topic, partition, key, value."""


@dataclass
class NodeProgress:
    """How far a node's cord is. `key_lists`: by number, sequence, index and key list in hex."""

    end: int = 0
    sequence: int = 0
    previous: str = GENESIS_HASH.hex()
    events: int = 0
    key_lists: dict[str, tuple[int, int, str]] = field(default_factory=dict)


@dataclass
class FillProgress:
    """What is in the log. `seconds`: that the sealing took, and the tables.

    `recent_from`: the number from which on records are of the last days; None: there are none.
    """

    nodes: dict[str, NodeProgress] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    recent_from: int | None = None

    @property
    def events(self) -> int:
        """Events in the log, of all nodes."""
        return sum(node.events for node in self.nodes.values())

    @property
    def numbers(self) -> int:
        """Numbers of the population that every node has published."""
        return min((node.end for node in self.nodes.values()), default=0)


def read_progress(folder: Path) -> FillProgress:
    """Read how far a folder is; nothing where it is new."""
    path = folder / "fill.json"
    if not path.exists():
        return FillProgress()
    content = json.loads(path.read_text(encoding="utf-8"))
    nodes = {name: NodeProgress(**node) for name, node in content["nodes"].items()}
    return FillProgress(nodes, content["seconds"], content["recent_from"])


def write_progress(folder: Path, progress: FillProgress) -> None:
    """Note how far a folder is."""
    write_atomically(folder / "fill.json", json.dumps(asdict(progress)))


def seal_piece(
    settings: Settings,
    station: int,
    progress: NodeProgress,
    end: int,
    recent_from: int | None = None,
) -> tuple[NodeProgress, list[Message], list[Message]]:
    """Seal a node's records up to a number: its progress then, key lists, and bundles."""
    writer = _CordWriter(settings, station, progress, recent_from)
    drafts = list(writer.drafts(progress.end, end))
    return writer.seal(drafts, end)


def fill_piece(
    settings: Settings,
    station: int,
    progress: NodeProgress,
    end: int,
    recent_from: int | None,
) -> NodeProgress:
    """Seal a node's records up to a number and write them to the log, in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a piece that has begun is written to its end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    after, lists, bundles = seal_piece(settings, station, progress, end, recent_from)
    asyncio.run(send_messages(settings, lists, bundles))
    return after


async def send_messages(
    settings: Settings, lists: Iterable[Message], bundles: Iterable[Message]
) -> None:
    """Write key lists, then bundles; return when Kafka has them."""
    await produce(settings.kafka, lists)
    await produce(settings.kafka, bundles)


class _CordWriter:
    """Makes the drafts and bundles of one node's piece."""

    def __init__(
        self, settings: Settings, station: int, progress: NodeProgress, recent_from: int | None
    ) -> None:
        self._station, self._progress = STATIONS[station], progress
        self._recent_from = recent_from
        self._index = station
        self._keys: NodeKeys = keyring.load_node_keys(settings, self._station.node)
        recipient = keyring.load_mechanism_keys(settings).unwrap.public_key()
        self._signing = Signing(
            self._keys.key_id,
            self._keys.signing,
            self._station.country,
            {keyring.RECIPIENT: recipient},
        )
        self._origin = EventOrigin(
            self._station.node,
            self._station.country,
            self._station.authority,
            self._keys.id_secret,
        )
        self._now = int(time.time() * 1000)
        self._partition = station // 4

    def drafts(self, first: int, end: int) -> Iterator[tuple[Step, Draft]]:
        """Give the node's events. Raises RuntimeError for one that it would refuse."""
        for step in steps(self._index, first, end):
            match self._draft(step):
                case Draft() as draft:
                    yield step, draft
                case refusals:
                    raise RuntimeError(f"{step} would be refused: {refusals}")

    def _draft(self, step: Step) -> object:
        if step.act in ("retraction", "erasure"):
            row = control(step, self._id_of(step.number))
            return build_draft(row, self._origin, event_type(step.act), self._now)
        kind = event_type(type_of(step.number))
        is_recent = self._recent_from is not None and step.number >= self._recent_from
        former = build_draft(
            mapped(step.number, is_recent=is_recent), self._origin, kind, self._now
        )
        if step.act == "record":
            return former
        newer = build_draft(
            mapped(step.number, True, is_recent=is_recent), self._origin, kind, self._now
        )
        if not isinstance(former, Draft) or not isinstance(newer, Draft):
            return [former, newer]
        return resolve_version(newer, [former.version], "WRONG", self._keys.id_secret)

    def _id_of(self, number: int) -> bytes:
        source = b"reference\0" + str(mapped(number).reference).encode()
        return event_id(self._station.node, self._keys.id_secret, type_of(number), source)

    def seal(
        self, numbered: list[tuple[Step, Draft]], end: int
    ) -> tuple[NodeProgress, list[Message], list[Message]]:
        """Seal the drafts; erase the keys of those that an erasure names."""
        progress, country = self._progress, self._station.country
        cord = Cord(self._station.node, "routine", 1)
        sealed = seal_all(
            cord,
            progress.sequence,
            bytes.fromhex(progress.previous),
            [draft for _, draft in numbered],
            self._signing,
        )
        key_lists = dict(progress.key_lists)
        lists, bundles = list[Message](), list[Message]()
        for bundle in sealed:
            key = f"{cord}/{bundle.sequence}".encode()
            lists.append((topics.keys(country), self._partition, key, bundle.key_list))
            bundles.append(
                (topics.bundles(country), self._partition, str(cord).encode(), bundle.bundle)
            )
        key_lists |= _erasable(numbered, sealed)
        for step, _draft in numbered:
            if step.act == "erasure" and str(step.number) in key_lists:
                lists.append(self._erased(cord, *key_lists.pop(str(step.number))))
        recent = dict(list(key_lists.items())[-ERASED_KEPT:])
        last = sealed[-1]
        after = NodeProgress(
            end, last.sequence + 1, last.hash.hex(), progress.events + len(numbered), recent
        )
        return after, lists, bundles

    def _erased(self, cord: Cord, sequence: int, index: int, key_list: str) -> Message:
        topic = topics.keys(self._station.country)
        changed = erase_keys(
            topic,
            bytes.fromhex(key_list),
            {index: ("accepted", "", "")},
            self._keys.key_id,
            self._keys.signing,
        )
        return topic, self._partition, f"{cord}/{sequence}".encode(), changed


def _erasable(
    numbered: list[tuple[Step, Draft]], sealed: list[SealedBundle]
) -> dict[str, tuple[int, int, str]]:
    """Find where the records are that an erasure names later."""
    place: dict[str, tuple[int, int, str]] = {}
    flat = iter(numbered)
    for bundle in sealed:
        for index, _draft in enumerate(bundle.drafts):
            step, _ = next(flat)
            if step.act == "record" and (step.number + 480) % 1000 == 77:
                place[str(step.number)] = (bundle.sequence, index, bundle.key_list.hex())
    return place


def found_exchange(settings: Settings) -> None:
    """Found the exchange and admit the eight nodes, two partitions a country."""
    founding.found_mechanism(settings, NOTICE_MS)
    admit(settings, STATIONS[:4])
    admit(settings, STATIONS[4:], partition=1)
    founding.close_founding(settings)


def fill_log(settings: Settings, folder: Path, events: int, stop: Event) -> FillProgress:
    """Write the log up to about so many events; return when Kafka has them, or `stop` is set."""
    progress = read_progress(folder)
    with running(settings, only=LOG_UNITS) as stack:
        if not progress.nodes:
            found_exchange(stack.settings)
            progress.nodes = {station.node: NodeProgress() for station in STATIONS}
            write_progress(folder, progress)
        with _processes() as pool:
            writer = stack.settings.acting_as(ProcessName.BROKER)
            _seal_all(writer, folder, progress, events, pool, stop)
    return progress


def _seal_all(
    settings: Settings,
    folder: Path,
    progress: FillProgress,
    events: int,
    pool: ProcessPoolExecutor,
    stop: Event,
) -> None:
    """Have the pieces sealed, each node's one after the other; note each that is done."""
    running_now: dict[Future[NodeProgress], str] = {}
    numbers = int(events / 1.026)  # with its corrections and the like
    since, before = time.monotonic(), progress.events
    earlier = progress.seconds.get("sealing", 0.0)
    while True:
        for index, station in enumerate(STATIONS):
            node = progress.nodes[station.node]
            busy = station.node in running_now.values()
            if not busy and not stop.is_set() and node.end < numbers and len(running_now) < CORES:
                end = min(numbers, node.end + PIECE)
                future = pool.submit(fill_piece, settings, index, node, end, progress.recent_from)
                running_now[future] = station.node
        if not running_now:
            return
        for future in wait(running_now, return_when=FIRST_COMPLETED).done:
            progress.nodes[running_now.pop(future)] = future.result()
            seconds = time.monotonic() - since
            progress.seconds["sealing"] = earlier + seconds
            write_progress(folder, progress)
            rate = (progress.events - before) / seconds
            _say(f"log: {progress.events:,} of {events:,} events, {rate:,.0f} events/s")


def fill_tables(settings: Settings, folder: Path, progress: FillProgress, stop: Event) -> None:
    """Run worker and sink until they have all there is."""
    since = time.monotonic()
    with up(settings, *TABLES) as stack, eyes(stack.settings.kafka) as look:
        generation = current_generation(stack.settings)
        done = _until_level(look, generation, stop)
        level = time.monotonic() - since
        done = done and until_derived(stack.settings, generation, stop)
    seconds = time.monotonic() - since
    if done:
        progress.seconds["tables"] = progress.seconds.get("tables", 0.0) + level
        progress.seconds["sums"] = progress.seconds.get("sums", 0.0) + seconds - level
        write_progress(folder, progress)


def _until_level(look: Eyes, generation: int, stop: Event) -> bool:
    """Show how far worker and sink are until nothing is left; False where it was stopped.

    Raises RuntimeError where nothing moves for five minutes.
    """
    best, moved, level = None, time.monotonic(), 0
    while level < 3 and not stop.is_set():
        left = {group: look.lag(group, names) for group, names in groups(generation).items()}
        level = 0 if any(left.values()) else level + 1
        if left != best:
            best, moved = left, time.monotonic()
        elif time.monotonic() - moved > STUCK_S and level == 0:
            raise RuntimeError(f"fill: {left} messages are left and do not move")
        _say(f"tables: messages left {left}")
        stop.wait(LOOK_S)
    return level >= 3


def until_derived(settings: Settings, generation: int, stop: Event) -> bool:
    """Wait until what figures read is computed, facts and pairs; False where it was stopped."""
    client = connect(settings, StoreUser.READER, database_of(generation))
    best, moved = (-1, -1), time.monotonic()
    try:
        while not stop.is_set():
            runs = [row[4] for row in client.execute(sql("month_states"))]
            changed = sum(row[2] for row in client.execute(sql("changed_batches")))
            rules = client.execute("SELECT count() FROM paired_rules")[0][0]
            done = sum(map(bool, runs)), rules - changed
            _say(
                f"figures: {done[0]} of {len(runs)} months, {rules} rules, {changed} findings left"
            )
            if done[0] == len(runs) and rules and not changed:
                return True
            if done != best:
                best, moved = done, time.monotonic()
            if time.monotonic() - moved > STUCK_S:
                raise RuntimeError("fill: what figures read is not computed")
            stop.wait(LOOK_S)
    finally:
        client.disconnect()
    return False


def sizes(settings: Settings) -> dict[str, int]:
    """Return the bytes on disk of Kafka, the worker's state and ClickHouse."""
    places = {
        "kafka": settings.kafka_dir,
        "state": settings.state_dir,
        "clickhouse": settings.clickhouse_dir,
    }
    return {name: _size(path) for name, path in places.items()}


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_blocks * 512 if path.is_file() else 0
        except FileNotFoundError:
            continue  # an engine cleans up meanwhile
    return total


def measure_rebuild(settings: Settings, progress: FillProgress) -> Figure:
    """Rebuild all tables from the log, compare and switch: seconds a million events."""
    before = load()
    with up(settings, *TABLES) as stack:
        outcome = rebuild(stack.settings, lambda text: _say(str(text)))
    detail = {"events": progress.events, "seconds": round(outcome.seconds), "equal": outcome.equal}
    seconds = outcome.seconds / progress.events * 1e6
    figure = Figure(
        "rebuild_s_per_million", round(seconds), "s", detail={**detail, "load": [before, load()]}
    )
    if not outcome.equal:
        raise RuntimeError(f"rebuild: the tables differ: {outcome.tables}")
    return figure


def fill(folder: Path, events: int, stop: Event | None = None) -> FillProgress:
    """Fill log, state and tables of a folder; return how far it is."""
    folder.mkdir(parents=True, exist_ok=True)
    settings, stopped = settings_of(folder), stop or Event()
    progress = fill_log(settings, folder, events, stopped)
    if not stopped.is_set():
        fill_tables(settings, folder, progress, stopped)
    return progress


def figures_of(folder: Path, progress: FillProgress) -> list[Figure]:
    """The figures of what is in the folder: rates, and bytes an event."""
    count = max(1, progress.events)
    detail = {"events": progress.events, "seconds": progress.seconds, "load": load()}
    result = [
        Figure(f"{name}_bytes_per_event", round(size / count), "bytes", detail=detail)
        for name, size in sizes(settings_of(folder)).items()
    ]
    for name, seconds in progress.seconds.items():
        result.append(
            Figure(f"fill_{name}_events_per_s", round(count / seconds), "events/s", detail=detail)
        )
    return result


@contextmanager
def stopped_by_signal() -> Iterator[Event]:
    """An event that Ctrl-C or SIGTERM sets: what has begun is ended in order."""
    stop = Event()
    former = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def _processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        yield pool


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fill", description="Make an exchange with a large log."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=2_000_000)
    parser.add_argument("--rebuild", action="store_true", help="measure a rebuild as well")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with (args.folder / "fill.log").open("a", encoding="utf-8") as stream:
        logging_setup.configure(as_json=True, stream=stream)
        with stopped_by_signal() as stop:
            progress = fill(args.folder, args.events, stop)
        if stop.is_set():
            _say("stopped; the same command goes on from here")
            return 130
        figures = figures_of(args.folder, progress)
        if args.rebuild:
            figures.append(measure_rebuild(settings_of(args.folder), progress))
    for figure in figures:
        print(figure.line())
    write(figures)
    print(f"written to {OUT.relative_to(OUT.parent.parent.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
