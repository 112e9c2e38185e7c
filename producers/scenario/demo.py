"""`make demo`: the whole line on one machine. Four countries' nodes publish real and realistic records; what crossed borders comes out.

Everything is the product's own: the engines of `quipu up`, `CountryNode`, the HTTP API. Only the comparison with the truth is the demo's.
"""

import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from clickhouse_driver import Client

from infra import generation, keyring
from infra.clickhouse.client import connect
from infra.clickhouse.migrate import database_of
from infra.settings import Settings
from producers import founding
from producers.event import of_reference
from producers.node import CountryNode
from producers.report import Report
from producers.scenario import check, truth
from producers.scenario.generate import generate
from schemas import ids

REAL = Path(__file__).parents[1] / "data" / "co-seizures-2018.json"
REAL_NODE, REAL_MAPPING = "co-ponal", "co-ponal-incautaciones"
READER = {"X-Quipu-Reader": "CO/analyst/AMBER"}
PAGE = 1000
SETTLED_S = 120.0
TYPES = ("weapon_record", "seizure")

Say = Callable[[str, str], None]
Manifest = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """What the nodes were told, and how long it took in seconds."""

    counts: Counter[str]
    refused: list[Report]
    seconds: float


@dataclass(slots=True)
class Outcome:
    """What the demo saw. `events`: (country, type) -> stored; `visible_s`: from the last answer to the nodes until all is stored."""

    events: dict[tuple[str, str], int] = field(default_factory=dict)
    indicators: list[dict[str, Any]] = field(default_factory=list)
    comparison: check.Comparison | None = None
    visible_s: float = 0.0
    canary_s: float = 0.0


def forget(settings: Settings) -> None:
    """The folder of an earlier demo goes; any other is left alone (FileExistsError)."""
    mark = settings.run_dir / "demo"
    if settings.home.exists() and any(settings.home.iterdir()) and not mark.exists():
        raise FileExistsError(f"{settings.home} holds something that is no demo's: choose another folder with --home")
    shutil.rmtree(settings.home, ignore_errors=True)
    settings.run_dir.mkdir(parents=True)
    mark.write_text("The demo makes this folder anew each time.\n", encoding="utf-8")


def found(settings: Settings) -> None:
    """The mechanism."""
    founding.found(settings)


def admit(settings: Settings, manifest: Manifest) -> None:
    """The nodes of the scenario, and the end of the founding."""
    for node in manifest["nodes"]:
        founding.add_node(settings, node["node"], node["country"], node["authority"], None, ())
    founding.close(settings)


def publish(settings: Settings, folder: Path, manifest: Manifest, say: Say) -> Published:
    """All files, the nodes side by side; within a node the corrections come last."""
    began = time.monotonic()
    files: dict[str, list[tuple[Path, str, str]]] = {node["node"]: [] for node in manifest["nodes"]}
    files[REAL_NODE].append((REAL, REAL_MAPPING, "records"))
    for one in manifest["files"]:
        files[one["node"]].append((folder / one["file"], one["mapping"], one["kind"]))
    counts: Counter[str] = Counter()
    refused: list[Report] = []
    with ThreadPoolExecutor(len(files)) as pool:
        for reports in pool.map(lambda item: _publish_node(settings, item[0], item[1], say), files.items()):
            for report in reports:
                counts.update(report.counts())
                if not report.all_fine():
                    refused.append(report)
    return Published(counts, refused, time.monotonic() - began)


def _publish_node(settings: Settings, node: str, files: Sequence[tuple[Path, str, str]], say: Say) -> list[Report]:
    reports = []
    with CountryNode(settings, node) as country:
        for path, mapping, kind in files:
            if kind == "corrections":
                reports.append(country.correct(path, mapping, "TYPING_ERROR"))
            else:
                reports.append(country.publish(path, mapping))
            say(node, f"{path.name}: {_counted(reports[-1])}")
    return reports


def _counted(report: Report) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in report.counts().items() if count)


def look(settings: Settings, folder: Path, accepted: int) -> Outcome:
    """Wait until everything accepted is stored and the indicators stand still; then fetch, count and compare."""
    outcome, began = Outcome(), time.monotonic()
    with closing_tables(settings) as tables:
        while sum(outcome.events.values()) < accepted and time.monotonic() - began < SETTLED_S:
            rows = tables.execute("SELECT country, type, uniqExact(id, version) FROM events GROUP BY country, type")
            outcome.events = {(country, kind): count for country, kind, count in rows}
            outcome.visible_s = time.monotonic() - began
            time.sleep(0.1)
    outcome.indicators = list(_settled_indicators(settings))
    outcome.comparison = compare(settings, folder, outcome.indicators)
    return outcome


@contextmanager
def closing_tables(settings: Settings) -> Iterator[Client]:
    """The serving generation's tables."""
    client = connect(settings, database_of(generation.current(settings)))
    try:
        yield client
    finally:
        client.disconnect()


def _settled_indicators(settings: Settings) -> list[dict[str, Any]]:
    """Asked until two answers a second apart are the same."""
    before: list[dict[str, Any]] = []
    deadline = time.monotonic() + SETTLED_S
    while time.monotonic() < deadline:
        now = list(fetch_indicators(settings))
        if now and now == before:
            break
        before = now
        time.sleep(1.0)
    return before


def fetch_indicators(settings: Settings) -> Iterator[dict[str, Any]]:
    """All live indicators, by the API."""
    with httpx.Client(base_url=f"http://{settings.api_host}:{settings.api_port}", headers=READER, timeout=60) as api:
        offset = 0
        while True:
            answer = api.get("/v1/indicators", params={"limit": PAGE, "offset": offset}).raise_for_status().json()
            yield from answer
            if len(answer) < PAGE:
                return
            offset += PAGE


def compare(settings: Settings, folder: Path, indicators: Sequence[Mapping[str, Any]]) -> check.Comparison:
    """The indicators against the truth: event ids are those that the nodes give to the truth's references."""
    path = folder / "truth.jsonl"
    known = _references(settings, path)
    came = (
        (one["rule"], one["grade"], frozenset(known.get(row["event"], ("?", row["event"])) for row in one["evidence"]))
        for one in indicators
        if one["status"] == "live"
    )
    return check.compare(truth.read(path), came, truth.read_hidden(path))


def _references(settings: Settings, path: Path) -> dict[str, truth.Reference]:
    """Event id -> (node, reference) of every record of a weapon in the truth."""
    known: dict[str, truth.Reference] = {}
    secrets: dict[str, bytes] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            for record in json.loads(line)["records"]:
                node, reference = record["node"], record["reference"]
                if node not in secrets:
                    secrets[node] = keyring.node_keys(settings, node).id_secret
                id_ = ids.event_id(node, secrets[node], record["type"], of_reference(reference))
                known[ids.text(id_)] = (node, reference)
    return known


def canary(settings: Settings, folder: Path) -> float:
    """Seconds from handing one record to a node on a quiet line until the API shows it."""
    row = json.loads(REAL.read_text(encoding="utf-8"))[0] | {"cantidad": "123456"}
    path = folder / "canary.json"
    path.write_text(json.dumps([row]), encoding="utf-8")
    url = f"http://{settings.api_host}:{settings.api_port}/v1/events"
    with CountryNode(settings, REAL_NODE) as node, httpx.Client(headers=READER, timeout=10) as api:
        node.send(wait=5)
        began, since = time.monotonic(), time.time()
        node.publish(path, REAL_MAPPING, wait=0)
        asked = {"node": REAL_NODE, "since": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(since - 2)), "limit": "5"}
        while time.monotonic() - began < SETTLED_S:
            seen = api.get(url, params=asked).raise_for_status().json()
            if any((one["payload"] or {}).get("items", [{}])[0].get("quantity") == 123456 for one in seen):
                seconds = time.monotonic() - began
                node.send(wait=30)  # its receipt, so that the outbox too knows what came of it
                return seconds
            time.sleep(0.01)
    return float("nan")


def make_scenario(settings: Settings, records: int, seed: str) -> tuple[Path, Manifest]:
    """The scenario's files, in the demo's folder."""
    folder = settings.home / "scenario"
    return folder, generate(records, seed, folder)
