"""Order does not matter, once on real Kafka and the real engine: the same records in another order,
interleaved otherwise, or all doubled, end in the same indicators, positions and recorded times
apart; and what is rebuilt from the log equals what was. The same holds of each form of rule over
many records; these also end with a retraction, are as they were in a question as of before, and
show to each reader what follows from released records alone.

Every line of this file has the same keys, so the same record has the same event id, thing and
indicator in each.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from consumers.maintenance.rebuild import RebuildOutcome
from consumers.maintenance.reconcile import VERDICTS
from infra.registry.nodes import open_epoch
from infra.settings import Settings
from producers.node import CountryNode
from producers.scenario.generate import generate
from producers.scenario.networks.generate import generate_networks
from schemas.release.reader_text import parse_reader
from tests.support import exchange
from tests.support.exchange_lease import ExchangeLease
from tests.support.national_files import Sheet, chunks, sheets
from tests.support.network_findings import (
    FORMS,
    Found,
    computed_findings,
    findings_of,
    hide,
    references_of_plots,
    retract,
    rows_of,
)

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

RECORDS = 360
NETWORK_RECORDS = 340
READERS = [parse_reader(f"{country}/analyst/AMBER") for country in ("BO", "CO", "EC", "PE")]
LINKS = """
    SELECT DISTINCT event, person, other, other_person, probability, features FROM (
        SELECT event_text AS event, person, other_text AS other, other_person, op, probability, features
        FROM links FINAL
        ORDER BY recorded_at DESC, topic DESC, partition DESC, offset DESC, item DESC
        LIMIT 1 BY event_id, person, other_event, other_person, place
    )
    WHERE op = 'add'
    ORDER BY event, person, other, other_person
"""
"""The links that hold now, from both ends."""
Publish = Callable[[Settings, list[Sheet], Path], None]


@dataclass(frozen=True)
class ExchangeResult:
    """What the pipeline said at last. `log`: the accepted events in the order of their positions;
    `recorded_at`: when the last of them was recorded (ms); `findings`: of rules over many records.
    """

    indicators: list[dict[str, Any]]
    verdicts: dict[str, int]
    log: list[str]
    links: list[tuple[Any, ...]]
    findings: Found
    recorded_at: int


class Worlds:
    """Lines of the same keys and the same records."""

    def __init__(self, lease: ExchangeLease, folder: Path) -> None:
        self.lease, self.folder = lease, folder
        self.scenario = folder / "scenario"
        generate(RECORDS, "laws", self.scenario)
        self.networks = folder / "networks"
        generate_networks(NETWORK_RECORDS, "laws", self.networks, only=tuple(FORMS))
        self.network_sheets = sheets(self.networks)
        self.sheets = [*sheets(self.scenario), *self.network_sheets]
        self._keys: Path | None = None

    @contextmanager
    def pipeline(self, name: str) -> Iterator[Settings]:
        """A whole pipeline, founded, with nothing in its log. Its founding stays open: an epoch
        holds at once.
        """
        home = self.folder / name / "home"
        nodes = [*map(exchange.scenario_nodes, (self.scenario, self.networks))]
        found_exchange = exchange.founder(chain.from_iterable(nodes), closed=False)

        def founder(settings: Settings) -> None:
            """Found with the keys of the first pipeline, which come when the topics are there.

            Keys without their log would be a log that was lost.
            """
            for part in ("keys", "nodes") if self._keys else ():
                shutil.copytree(
                    (self._keys or home) / part,
                    home / part,
                    ignore=shutil.ignore_patterns("outbox*", "lock"),
                    dirs_exist_ok=True,
                )
            found_exchange(settings)

        with self.lease.running(home, exchange.LINE, founder) as stack:
            self._keys = self._keys or home
            yield stack.settings

    def result_of(self, name: str, publish: Publish) -> ExchangeResult:
        """What the pipeline says when the records are published so."""
        with self.pipeline(name) as settings:
            publish(settings, self.sheets, self.folder / name)
            return self.at_rest(settings)

    def rows_of_plots(self, place: int) -> list[Sheet]:
        """The row of one record of each plot, as sheets."""
        chosen = references_of_plots(self.networks, place)
        return list(rows_of(self.network_sheets, chosen))

    def at_rest(self, settings: Settings) -> ExchangeResult:
        exchange.wait_at_rest(settings)
        proofs = exchange.proofs(settings)
        assert exchange.differences(proofs) == []
        verdicts = {
            name: sum(getattr(proof.mechanism, name) for proof in proofs) for name in VERDICTS
        }
        with exchange.client_of(settings, 1) as client:
            log = [
                row[0]
                for row in client.execute(
                    "SELECT id_text FROM events ORDER BY recorded_at, topic, partition, offset, "
                    "item"
                )
            ]
            links = client.execute(LINKS)
            ((recorded_at,),) = client.execute(
                "SELECT toUnixTimestamp64Milli(max(recorded_at)) FROM events"
            )
            findings = findings_of(client, exchange.READER)
        return ExchangeResult(indicators(settings, 1), verdicts, log, links, findings, recorded_at)


def indicators(settings: Settings, generation: int) -> list[dict[str, Any]]:
    """Positions and recorded times apart."""
    return sorted(
        (exchange.timeless(view) for view in exchange.indicators(settings, generation)),
        key=lambda record: str(record["id"]),
    )


def publish_all(settings: Settings, given: Sequence[Sheet], folder: Path) -> None:
    """File by file in this order, the nodes in turn as the files are; then until all is answered."""
    files = folder / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(parents=True)
    with ExitStack() as stack:
        nodes = {
            name: stack.enter_context(CountryNode(settings, name))
            for name in sorted({sheet.node for sheet in given})
        }
        for sheet in given:
            node, path = nodes[sheet.node], sheet.write(files)
            if sheet.corrections:
                node.correct(path, sheet.mapping, "WRONG", wait=0)
            else:
                node.publish(path, sheet.mapping, wait=0)
        for node in nodes.values():
            report = node.send(60.0)
            assert report.unsent == 0
            assert all(cord["unanswered"] == 0 for cord in answered(node))


def answered(node: CountryNode) -> list[dict[str, object]]:
    """The node's cords once every item has its answer, or what is left after a minute."""
    for _ in range(30):
        cords = node.reconcile_counts()
        if not any(cord["unanswered"] for cord in cords):
            break
        node.send(2.0)
    return cords


def shuffled(settings: Settings, given: list[Sheet], folder: Path) -> None:
    """The rows of every file in another order, cut into small files, and the nodes by chance: one
    is far ahead, another has hardly begun.

    Corrections stay behind what they correct, as at any node.
    """
    rng = random.Random("shuffled")
    left: dict[str, list[Sheet]] = {}
    for sheet in given:
        others = sheet.with_rows(rng.sample(sheet.rows, len(sheet.rows)))
        left.setdefault(sheet.node, []).extend(chunks(others, 20))
    for files in left.values():
        rng.shuffle(files)
        files.sort(key=lambda sheet: sheet.corrections)
    turns = [name for name in sorted(left) for _ in left[name]]
    rng.shuffle(turns)
    publish_all(settings, [left[name].pop(0) for name in turns], folder)


def publish_again(settings: Settings, given: list[Sheet], folder: Path) -> None:
    """Let every record be twice in the log: each node loses its outbox, is let into a new epoch,
    and publishes all once more.
    """
    for node in sorted({sheet.node for sheet in given}):
        for path in settings.node_dir(node).glob("outbox*"):
            path.rename(path.with_name(f"lost-{path.name}"))
        open_epoch(settings, node, "routine")
    publish_all(settings, given, folder)


@pytest.fixture(scope="module")
def worlds(lease: ExchangeLease, tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(lease, tmp_path_factory.mktemp("laws"))


@dataclass(frozen=True)
class Plain:
    """The records as the files have them: what came out; what came out once all were in the log
    twice; when one record of each plot was retracted, and as of before; when another one was
    hidden; and what came of rebuilding that from the log.
    """

    result: ExchangeResult
    doubled: ExchangeResult
    retracted: ExchangeResult
    findings_before: Found
    hidden: ExchangeResult
    findings_by_reader: list[tuple[Found, Found]]
    rebuild: RebuildOutcome
    indicators_again: list[dict[str, Any]]
    findings_again: Found


@pytest.fixture(scope="module")
def plain(worlds: Worlds) -> Plain:
    with worlds.pipeline("plain") as settings:
        publish_all(settings, worlds.sheets, worlds.folder / "plain")
        once = worlds.at_rest(settings)
        publish_again(settings, worlds.sheets, worlds.folder / "plain")
        twice = worlds.at_rest(settings)
        retract(settings, worlds.rows_of_plots(1), worlds.folder)
        retracted = worlds.at_rest(settings)
        with exchange.client_of(settings, 1) as client:
            before = findings_of(client, exchange.READER, twice.recorded_at)
        hide(settings, worlds.rows_of_plots(2), worlds.folder)
        hidden = worlds.at_rest(settings)
        with exchange.client_of(settings, 1) as client:
            by_reader = [
                (findings_of(client, reader), computed_findings(client, reader))
                for reader in (*READERS, exchange.READER)
            ]
        outcome = exchange.rebuilt(settings)
        with exchange.client_of(settings, outcome.new) as client:
            again = findings_of(client, exchange.READER)
        return Plain(
            *(once, twice, retracted, before, hidden, by_reader),
            *(outcome, indicators(settings, outcome.new), again),
        )


def test_the_records_make_enough_indicators_to_compare(plain: Plain) -> None:
    assert plain.result.verdicts["rejected"] == plain.result.verdicts["pending"] == 0
    assert len(plain.result.indicators) > RECORDS // 20
    assert plain.result.links, "some persons are alike"
    forms = {finding["form"] for finding in plain.result.findings}
    assert forms >= set(FORMS.values()), "each form of rule finds something"


def test_what_is_rebuilt_from_the_log_equals_what_was(plain: Plain) -> None:
    assert exchange.unequal(plain.rebuild) == []
    assert plain.indicators_again == plain.hidden.indicators
    assert plain.findings_again == plain.hidden.findings


def test_rows_shuffled_and_nodes_interleaved_otherwise_give_the_same_indicators(
    worlds: Worlds, plain: Plain
) -> None:
    exchange_result = worlds.result_of("shuffled", shuffled)
    assert exchange_result.indicators == plain.result.indicators
    assert exchange_result.links == plain.result.links
    assert exchange_result.findings == plain.result.findings
    assert exchange_result.verdicts == plain.result.verdicts
    assert exchange_result.log != plain.result.log, "the order in the log is another one"


def test_every_record_doubled_gives_the_same_indicators(plain: Plain) -> None:
    once = plain.result
    assert plain.doubled.indicators == once.indicators
    assert plain.doubled.links == once.links
    assert plain.doubled.findings == once.findings
    assert plain.doubled.verdicts == {
        **once.verdicts,
        "duplicate": once.verdicts["accepted"] + 2 * once.verdicts["duplicate"],
    }


def test_a_retraction_ends_what_rested_on_the_record_and_the_past_stays(plain: Plain) -> None:
    before, after = plain.doubled.findings, plain.retracted.findings
    events = {event for finding in after for event in finding["events"]}
    retracted = {event for finding in before for event in finding["events"]} - events
    assert retracted, "some records are in no finding any more"
    changed = {finding["form"] for finding in before if finding not in after}
    assert changed == set(FORMS.values()), "a record of each plot was retracted"
    assert plain.findings_before == before, "as of before"


def test_each_reader_sees_what_follows_from_released_records_alone(plain: Plain) -> None:
    for shown, computed in plain.findings_by_reader:
        assert shown == computed
    assert len({repr(shown) for shown, _computed in plain.findings_by_reader}) > 2
