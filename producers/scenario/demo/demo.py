"""`make demo`: the whole line on one machine.

Four countries' nodes publish real and realistic records; what crossed borders comes out.

Everything is the product's own: the engines of `quipu up`, `CountryNode`, the HTTP API. Only the
comparison with the truth is the demo's.
"""

import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from infra.api_client import open_api
from infra.clickhouse.client import Client
from infra.data_folder import in_use
from infra.errors import HomeError
from infra.exchange_log.serving_tables import open_serving_tables
from infra.file_lock import file_lock
from infra.keys import keyring
from infra.registry import founding
from infra.registry.nodes import NodeRegistration, add_nodes
from infra.settings import Settings
from producers.events.draft import reference_source
from producers.ingest.report import RunReport
from producers.node import CountryNode
from producers.scenario.demo import demo_plots, demo_story
from producers.scenario.files.national import NODES
from producers.scenario.generate import generate
from producers.scenario.networks.generate import TRUTH
from producers.scenario.truth import person_truth, score, truth
from schemas import ids
from schemas.i18n import _

REAL = Path(__file__).parents[1] / "data" / "co-seizures-2018.json"
REAL_NODE, REAL_MAPPING = "co-ponal", "co-ponal-incautaciones"
READER = "demo-co"
"""The token that the demo asks with: an analyst of Colombia."""
PAGE = 1000
PLOTS = "plots"
"""The folder of the plots' files, beside those of the year."""
SETTLED_S = 120.0

Say = Callable[[str, Sequence[RunReport]], None]
Manifest = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """The records that the nodes received, and how long it took in seconds."""

    counts: Counter[str]
    refused: list[RunReport]
    seconds: float


@dataclass(slots=True)
class Outcome:
    """What the demo saw.

    `events`: (country, type) -> stored; `visible_s`: from the last answer to the nodes until all is
    stored.

    `comparison`, `exercise`: what is seen in the real world, and by those in the exercise,
    compared with the truth; `leaked`: indicators of the real world that rest on a record of the
    exercise; `story`: ten striking indicators; `persons`: findings on persons compared with the
    truth, and `person_story`: four of them that no equal number joins; `plots`: what rules over
    many records find of the plots.
    """

    events: dict[tuple[str, str], int] = field(default_factory=dict)
    indicators: list[dict[str, Any]] = field(default_factory=list)
    comparison: score.Comparison | None = None
    exercise: score.Comparison | None = None
    leaked: int = 0
    story: list[Mapping[str, Any]] = field(default_factory=list)
    persons: person_truth.PersonFindings | None = None
    person_story: list[Mapping[str, Any]] = field(default_factory=list)
    plots: demo_plots.PlotOutcome | None = None
    visible_s: float = 0.0
    canary_s: float = 0.0


def forget(settings: Settings) -> None:
    """Empty the folder of an earlier demo; leave any other alone.

    Raises HomeError where something runs for the folder (HOME_IN_USE), where it is no demo's
    (HOME_FOREIGN), and where it has nodes that are not the demo's (DEMO_HAS_NODES).
    """
    mark, lock = settings.run_dir / "demo", settings.run_dir / "lock"
    if settings.home.exists() and any(settings.home.iterdir()):
        if not mark.exists():
            raise _no_demo(settings)
        _check_nodes(settings)
    try:
        with file_lock(lock):
            _remove_all_but(settings.home, settings.run_dir)
            _remove_all_but(settings.run_dir, lock)
            mark.write_text("The demo makes this folder anew each time.\n", encoding="utf-8")
    except BlockingIOError as error:
        raise in_use(settings) from error


def _check_nodes(settings: Settings) -> None:
    """Raise HomeError where somebody has added a node: its keys and outbox exist only here."""
    own = {*(node.name for node in NODES), *demo_plots.NODES}
    folder = settings.home / "nodes"
    others = sorted(path.name for path in folder.glob("*") if path.name not in own)
    if others:
        raise HomeError(
            _(
                "{home} has nodes that are not the demonstration's: {nodes}.",
                home=settings.home,
                nodes=", ".join(others),
            ),
            _("Nothing was deleted. Choose another folder: quipu --home DIR demo"),
            "DEMO_HAS_NODES",
        )


def _no_demo(settings: Settings) -> HomeError:
    return HomeError(
        _("{home} has files that are not the demonstration's.", home=settings.home),
        _("Nothing was deleted. Choose another folder: quipu --home DIR demo"),
        "HOME_FOREIGN",
    )


def _remove_all_but(folder: Path, exception: Path) -> None:
    for path in folder.iterdir():
        if path == exception:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def found_demo_mechanism(settings: Settings) -> None:
    """Found the mechanism of the demo."""
    founding.found_mechanism(settings)


def admit(settings: Settings, manifest: Manifest) -> None:
    """The nodes of the scenario, and the end of the founding."""
    nodes = [
        NodeRegistration(node["node"], node["country"], node["authority"])
        for node in manifest["nodes"]
    ]
    add_nodes(settings, nodes)
    founding.close_founding(settings)


def publish(settings: Settings, folder: Path, manifest: Manifest, say: Say) -> Published:
    """All files, the nodes side by side; within a node the corrections come last.

    The plots come after the year: a rule over many records looks at the newest of them.
    """
    began = time.monotonic()
    files: dict[str, list[tuple[Path, str, str]]] = {node["node"]: [] for node in manifest["nodes"]}
    files[REAL_NODE].append((REAL, REAL_MAPPING, "records"))
    for file in manifest["files"]:
        files[file["node"]].append((folder / file["file"], file["mapping"], file["kind"]))
    of_year = [node for node in files if node not in demo_plots.NODES]
    of_plots = [node for node in files if node in demo_plots.NODES]
    with ThreadPoolExecutor(len(files)) as pool:
        reports = [
            report
            for nodes in (of_year, of_plots)
            for own in pool.map(lambda node: _publish_node(settings, node, files[node], say), nodes)
            for report in own
        ]
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(report.counts())
    refused = [report for report in reports if not report.all_fine()]
    return Published(counts, refused, time.monotonic() - began)


def _publish_node(
    settings: Settings, node: str, files: Sequence[tuple[Path, str, str]], say: Say
) -> list[RunReport]:
    reports = []
    with CountryNode(settings, node) as country:
        for path, mapping, kind in files:
            if kind == "corrections":
                reports.append(country.correct(path, mapping, "TYPING_ERROR"))
            else:
                reports.append(country.publish(path, mapping))
    say(node, reports)
    return reports


def look(settings: Settings, folder: Path, manifest: Manifest, accepted: int) -> Outcome:
    """Wait until everything accepted is stored and its evidence stands still.

    Then fetch, count and compare.
    """
    outcome, began = Outcome(), time.monotonic()
    with open_serving_tables(settings) as tables:
        while sum(outcome.events.values()) < accepted and time.monotonic() - began < SETTLED_S:
            rows = tables.execute(
                "SELECT country, type, uniqExact(id, version) FROM events GROUP BY country, type"
            )
            outcome.events = {(country, kind): count for country, kind, count in rows}
            outcome.visible_s = time.monotonic() - began
            time.sleep(0.1)
        rules = _settled_rules(tables)
    path, exercise = folder / "truth.jsonl", manifest["exercise"]
    known, played = references(settings, path), truth.read_exercise(path)
    indicators = fetch_indicators(settings, rules)
    outcome.indicators = [item for item in indicators if not demo_plots.is_of_plots(item)]
    came = by_reference(outcome.indicators, known)
    outcome.comparison = score.compare(
        truth.read(path), came, truth.read_hidden(path), truth.read_traps(path)
    )
    drill = by_reference(list(fetch_indicators(settings, rules, exercise)), known)
    outcome.exercise = score.compare(truth.read(path, exercise), drill)
    outcome.leaked = sum(bool(played & finding[2]) for finding in came)
    outcome.story = story(settings, outcome.indicators)
    _look_at_persons(settings, folder / person_truth.FILE, known, outcome)
    plots = folder / PLOTS
    outcome.plots = demo_plots.compare_plots(
        plots, fetch_rule_findings(settings), references(settings, plots / TRUTH)
    )
    return outcome


def _look_at_persons(
    settings: Settings, path: Path, known: Mapping[str, truth.Reference], outcome: Outcome
) -> None:
    """Fetch the findings on persons, compare them with the truth, and choose four stories.

    Those that are only possible are not compared: they say themselves that they may be wrong.
    """
    known = {**known, **references(settings, path)}
    findings = [
        item
        for item in fetch_person_findings(settings)
        if item["grade"] == "certain" and not demo_plots.is_of_plots(item)
    ]
    of_finding = {
        item["id"]: frozenset(
            known.get(row["event"], ("?", row["event"])) for row in item["evidence"]
        )
        for item in findings
    }
    owed = person_truth.owed_pairs(person_truth.read_persons(path))
    outcome.persons = person_truth.compare_persons(
        owed, ((item["rule"], of_finding[item["id"]]) for item in findings)
    )
    outcome.person_story = demo_story.choose_persons(
        [item for item in findings if owed.is_unequal(item["rule"], of_finding[item["id"]])]
    )


def story(settings: Settings, indicators: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The ten indicators: their events are asked from the API, as the reader may see them."""
    with _api(settings) as api:

        def fetch(id_: str) -> Mapping[str, Any] | None:
            answer = api.get(f"/v1/events/{id_}")
            return (
                None
                if answer.status_code == httpx.codes.NOT_FOUND
                else answer.raise_for_status().json()["current"]
            )

        return demo_story.choose(indicators, fetch)


def _settled_rules(tables: Client) -> list[str]:
    """The rules that evidence speaks of, once there is no more of it than a second ago."""
    before, deadline = -1, time.monotonic() + SETTLED_S
    while time.monotonic() < deadline:
        ((count,),) = tables.execute("SELECT count() FROM evidence")
        if count and count == before:
            break
        before = count
        time.sleep(1.0)
    return [rule for (rule,) in tables.execute("SELECT DISTINCT rule FROM evidence ORDER BY rule")]


def _api(settings: Settings, exercise: str = "") -> httpx.Client:
    headers = {"X-Quipu-Exercise": exercise} if exercise else {}
    return open_api(settings, settings.token_file(READER), timeout=60, headers=headers)


def _get(api: httpx.Client, address: str | httpx.URL) -> httpx.Response:
    """Get an answer; ask again, up to SETTLED_S, while the API is too busy to give one."""
    deadline = time.monotonic() + SETTLED_S
    answer = api.get(address)
    while answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and time.monotonic() < deadline:
        time.sleep(float(answer.headers.get("Retry-After", 1)))
        answer = api.get(address)
    return answer.raise_for_status()


def fetch_indicators(
    settings: Settings, rules: Sequence[str], exercise: str = ""
) -> Iterator[dict[str, Any]]:
    """All indicators of these rules in the real world, or in an exercise, by the API.

    A far page costs all before it: so rule by rule.
    """
    with _api(settings, exercise) as api:
        for rule in rules:
            offset = 0
            while True:
                page: dict[str, str | int] = {"rule": rule, "limit": PAGE, "offset": offset}
                query = {**page, "every": "true"}
                answer = _get(api, httpx.URL("/v1/indicators", params=query)).json()
                yield from answer
                if len(answer) < PAGE:
                    break
                offset += PAGE


def fetch_person_findings(settings: Settings) -> Iterator[dict[str, Any]]:
    """Findings on persons in the real world, by the API, to the end of the list."""
    with _api(settings) as api:
        address: str | httpx.URL = "/v1/persons/findings?limit=250"
        while True:
            answer = _get(api, address)
            yield from answer.json()
            if "next" not in answer.links:
                break
            address = answer.links["next"]["url"]


def fetch_rule_findings(settings: Settings) -> list[dict[str, Any]]:
    """All findings of rules over many records in the real world, by the API."""
    with _api(settings) as api:
        answer: dict[str, Any] = _get(api, "/v1/rule-findings").json()
        return list(answer["findings"])


def by_reference(
    indicators: Sequence[Mapping[str, Any]], known: Mapping[str, truth.Reference]
) -> list[score.Finding]:
    """The live ones by the references of their evidence.

    An event that the truth does not tell of keeps its id.
    """
    return [
        (
            indicator["rule"],
            indicator["grade"],
            frozenset(
                known.get(row["event"], ("?", row["event"])) for row in indicator["evidence"]
            ),
        )
        for indicator in indicators
        if indicator["status"] == "live"
    ]


def references(settings: Settings, path: Path) -> dict[str, truth.Reference]:
    """Event id -> (node, reference) of every record in the truth.

    Event ids are those that the nodes give.
    """
    known: dict[str, truth.Reference] = {}
    secrets: dict[str, bytes] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            for record in json.loads(line)["records"]:
                node, reference = record["node"], record["reference"]
                if node not in secrets:
                    secrets[node] = keyring.load_node_keys(settings, node).id_secret
                id_ = ids.event_id(node, secrets[node], record["type"], reference_source(reference))
                known[ids.to_uuid_text(id_)] = (node, reference)
    return known


def canary(settings: Settings, folder: Path) -> float:
    """Seconds from handing one record to a node on a quiet line until the API shows it."""
    row = json.loads(REAL.read_text(encoding="utf-8"))[0] | {"cantidad": "123456"}
    path = folder / "canary.json"
    path.write_text(json.dumps([row]), encoding="utf-8")
    with CountryNode(settings, REAL_NODE) as node, _api(settings) as api:
        node.send(wait=5)
        began, since = time.monotonic(), time.time()
        node.publish(path, REAL_MAPPING, wait=0)
        texts = {
            "node": REAL_NODE,
            "since": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(since - 2)),
            "limit": "5",
        }
        while time.monotonic() - began < SETTLED_S:
            seen = api.get("/v1/events", params=texts).raise_for_status().json()
            if any(
                (event["payload"] or {}).get("items", [{}])[0].get("quantity") == 123456
                for event in seen
            ):
                seconds = time.monotonic() - began
                node.send(wait=30)  # its receipt, so that the outbox knows the result too
                return seconds
            time.sleep(0.01)
    return float("nan")


def make_scenario(settings: Settings, records: int, seed: str) -> tuple[Path, Manifest]:
    """The files of the year and of the plots, in the demo's folder."""
    folder = settings.home / "scenario"
    manifest = generate(records, seed, folder)
    plots = demo_plots.draw_plots(seed, folder / PLOTS)
    files = [{**file, "file": f"{PLOTS}/{file['file']}"} for file in plots["files"]]
    return folder, {
        **manifest,
        "records": manifest["records"] + sum(file["rows"] for file in files),
        "nodes": [*manifest["nodes"], *plots["nodes"]],
        "files": [*manifest["files"], *files],
    }
