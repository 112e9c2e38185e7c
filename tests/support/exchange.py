"""The whole pipeline with a scenario's four nodes: how it is founded, when it is at rest, and what
it says then.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from consumers.maintenance.rebuild import RebuildOutcome, RebuildPlan, rebuild
from consumers.maintenance.reconcile import CordReconciliation, reconcile
from consumers.query.indicators import IndicatorView
from consumers.runtime.consumer_lag import lag
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.registry import founding
from infra.registry.nodes import NodeRegistration, add_nodes
from infra.settings import Settings
from infra.supervisor import Child, Supervisor
from producers.scenario.truth import truth
from producers.scenario.truth.score import Comparison, Finding, compare
from schemas.release.reader_text import parse_reader
from streams.rules import read_rule_book
from tests.support.engines import eventually
from tests.support.query_layers import query_layer

LINE = ("kafka", "clickhouse", "topics", "founding", "migrations", "worker", "sink")
"""The units between a node's bundles and the tables; engines that are shared are left out."""
READER = parse_reader("MEC/analyst/RED")


NOTICE_MS = 1000
"""The notice that config gives in an exchange of tests."""


def founder(nodes: Iterable[NodeRegistration], closed: bool = True) -> Callable[[Settings], None]:
    """Founds the mechanism and admits the nodes, with keys that are there where there are some.

    `closed`: whether the founding ends; while it is open, what config says holds at once.
    """

    def found_all(settings: Settings) -> None:
        founding.found_mechanism(settings, NOTICE_MS)
        add_nodes(settings, nodes)
        if closed:
            founding.close_founding(settings)

    return found_all


def scenario_nodes(scenario: Path) -> list[NodeRegistration]:
    """List the nodes of a scenario."""
    nodes = json.loads((scenario / "scenario.json").read_text(encoding="utf-8"))["nodes"]
    return [NodeRegistration(node["node"], node["country"], node["authority"]) for node in nodes]


def own_environ(settings: Settings) -> dict[str, str]:
    """The environment of a process of this exchange that a test starts itself."""
    return {**os.environ, **settings.environ(), "PYTHONUNBUFFERED": "1"}


def wait_at_rest(settings: Settings, generation: int = 1, within: float = 90.0) -> None:
    """Until worker and sink have committed all that is in the log and in the derived topics, twice
    in a row.
    """
    seen: list[int] = []

    def at_rest() -> bool:
        seen.append(sum(lag(settings, generation).values()))
        return len(seen) > 1 and seen[-2:] == [0, 0]

    eventually(at_rest, f"generation {generation} is at the log's end", within)


def proofs(settings: Settings, generation: int = 1) -> list[CordReconciliation]:
    """`quipu reconcile`, cord by cord."""
    with client_of(settings, generation) as client:
        return reconcile(settings, client)


def differences(found_: list[CordReconciliation]) -> list[str]:
    """What does not agree, in words."""
    return [
        f"{proof.cord}: {difference.what!s}: {difference.amount} != {difference.other_amount}"
        for proof in found_
        for difference in proof.differences
    ]


def indicators(settings: Settings, generation: int = 1) -> list[IndicatorView]:
    """All that the mechanism's analyst sees."""
    with client_of(settings, generation) as client:
        return query_layer(client, read_rule_book()).indicators.newest(READER, limit=1_000_000)


def against_truth(settings: Settings, scenario: Path) -> Comparison:
    """What came out beside what is true."""
    path = scenario / "truth.jsonl"
    return compare(truth.read(path), find_indicators(settings), truth.read_hidden(path))


def find_indicators(settings: Settings, generation: int = 1) -> list[Finding]:
    """The live indicators by the references of their evidence."""
    with client_of(settings, generation) as client:
        of = {
            id_: (node, reference)
            for id_, node, reference in client.execute(
                "SELECT id_text, node, reference FROM events"
            )
        }
    return [
        (
            indicator.rule,
            indicator.grade,
            frozenset(of[piece.event] for piece in indicator.evidence),
        )
        for indicator in indicators(settings, generation)
        if indicator.status == "live"
    ]


def timeless(view: IndicatorView) -> dict[str, Any]:
    """An indicator without recorded times, its evidence in an order that does not hang on them."""
    record = asdict(view)
    for name in ("first_recorded", "last_recorded"):
        del record[name]
    pieces = [
        {name: value for name, value in piece.items() if name != "recorded_at"}
        for piece in record["evidence"]
    ]
    return {**record, "evidence": sorted(pieces, key=lambda piece: (piece["event"], piece["role"]))}


def rebuilt(settings: Settings) -> RebuildOutcome:
    """`quipu rebuild`: the same log heard again from its beginning by a worker and a sink that
    nobody disturbs.
    """
    return rebuild(settings, print, RebuildPlan(patience_s=90.0))


def unequal(outcome: RebuildOutcome) -> list[str]:
    """Tables that differ after a rebuild, with the first rows."""
    return [str(table) for table in outcome.tables if not table.equal]


@contextmanager
def client_of(settings: Settings, generation: int) -> Iterator[Client]:
    """A client of the generation's database."""
    client = connect(settings, StoreUser.MIGRATOR, database_of(generation))
    try:
        yield client
    finally:
        client.disconnect()


@contextmanager
def supervised(settings: Settings, children: list[Child]) -> Iterator[Supervisor]:
    """These processes, kept by the product's own supervisor for the time of the block."""
    supervisor = Supervisor(
        children,
        settings.logs_dir,
        own_environ(settings),
        before_spawn=lambda name: settings.ready_file(name).unlink(missing_ok=True),
    )
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()


def child(settings: Settings, name: str, *arguments: str) -> Child:
    """One of our processes, ready when its ready file names it."""
    ready = settings.ready_file(name)
    return Child(
        name,
        (sys.executable, "-m", *arguments),
        lambda pid: ready.exists() and ready.read_text().split()[:1] == [str(pid)],
    )
