"""The whole pipeline as `quipu up` runs it, with country nodes and, beside them, hands that write
to Kafka whatever they like.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from consumers.query.identifiers import Identifiers
from consumers.query.indicators import IndicatorView
from consumers.query.query_layer import QueryLayer
from consumers.query.things import Thing
from consumers.query.views import EventHistory
from infra.cli.root import main
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.exchange_log import generation
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_producer
from infra.keys import keyring
from infra.orchestration.stack import RunningStack
from infra.registry.nodes import NodeRegistration
from infra.settings import Settings
from producers.ingest.report import ReportItem as Told
from producers.ingest.report import RunReport
from producers.mapping.mapping import RowMapping
from producers.node import CountryNode
from schemas import ids, topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import ReceiptRecord
from schemas.errors import QuipuFormatError
from schemas.model import Cord, Message
from schemas.release.reader_text import parse_reader
from streams.rules import read_rule_book
from tests.support.engines import eventually
from tests.support.exchange import LINE, founder
from tests.support.exchange_lease import ExchangeLease
from tests.support.identity import let_ask
from tests.support.node import HEADER, weapons
from tests.support.query_layers import query_layer
from tests.support.receipts import opened
from tests.support.signed_bundles import ExchangeBuilder, Item, Node

COUNTRY_NODES = {
    "co-ponal": ("CO", "PONAL"),
    "ec-policia": ("EC", "POLICIA"),
    "pe-sucamec": ("PE", "SUCAMEC"),
}
"""On partition 0."""
HANDS = {"co-mano": ("CO", "MANO"), "ec-mano": ("EC", "MANO")}
"""On partition 1: their bundles are made by the test, one by one."""
MECHANISM = parse_reader("MEC/analyst/RED")
WITHIN_S = 120.0


@dataclass
class HandmadeNode(Node):
    """A node of the exchange whose bundles a test makes by hand."""

    key: str = ""

    @property
    def key_id(self) -> str:
        return self.key


@contextmanager
def open_pipeline(lease: ExchangeLease) -> Iterator[Pipeline]:
    """Run the pipeline on the engines of this test process."""
    nodes = [
        NodeRegistration(name, country, authority, partition, ())
        for partition, nodes_of_partition in enumerate((COUNTRY_NODES, HANDS))
        for name, (country, authority) in nodes_of_partition.items()
    ]
    with lease.running("pipeline", only=LINE, founder=founder(nodes)) as stack:
        files, settings = stack.settings.home.with_name("files"), stack.settings
        files.mkdir(exist_ok=True)
        hands = {name: _hand(settings, name) for name in HANDS}
        with closing(Pipeline(settings, files, hands, lease.engines)) as pipeline:
            yield pipeline


@dataclass
class Pipeline:
    """What runs, and how a test speaks to it. `files`: where national systems leave theirs, outside
    the data folder; `engines`: the broker and the engine below it, with a data folder of their own.
    """

    settings: Settings
    files: Path
    hands: Mapping[str, HandmadeNode]
    engines: RunningStack
    _world: ExchangeBuilder = field(init=False)
    _receipts: dict[tuple[str, int], tuple[PartitionReader, list[ReceiptRecord]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self._world = ExchangeBuilder(*self.hands.values())
        self._world.private = keyring.load_mechanism_keys(self.settings).unwrap

    # -- saying

    def publish(
        self, node: str, *rows: str, name: str = "register.csv", wait: float = WITHIN_S
    ) -> RunReport:
        """Rows of a register (tests.support.node.row), published by a country node."""
        return self.publish_bytes(node, (HEADER + "".join(rows)).encode(), name, wait)

    def publish_bytes(
        self,
        node: str,
        content: bytes,
        name: str = "register.csv",
        wait: float = WITHIN_S,
        **options: Any,
    ) -> RunReport:
        """A file as it is. `options`: of CountryNode."""
        path = self.files / name
        path.write_bytes(content)
        with CountryNode(self.settings, node, **options) as country:
            return country.publish(path, self.mapping(), wait=wait)

    def correct(self, node: str, *rows: str) -> RunReport:
        """Publish corrected rows of a register."""
        path = self.files / "corrections.csv"
        path.write_text(HEADER + "".join(rows), encoding="utf-8")
        with CountryNode(self.settings, node) as country:
            return country.correct(path, self.mapping(), "WRONG", WITHIN_S)

    def id_of(self, node: str, reference: str) -> bytes:
        """The event id of a row of a country node."""
        with CountryNode(self.settings, node) as country:
            return country.id_of_reference("weapon_record", reference)

    def by_hand(self, hand: str, *items: Item | bytes, **changes: Any) -> int:
        """A bundle with its key list; `changes` as of World.publish. The bundle's offset."""
        node, alone = self.hands[hand], changes.get("with_keys", True) is False
        message = self._world.publish(node, *items, **changes)
        if not alone:
            self.send_list(hand, _place(message))
        return self.send(message.topic, message.partition, message.value)

    def send_list(self, hand: str, place: tuple[Cord, int]) -> None:
        """The key list made for a bundle."""
        cord, sequence = place
        self.send(
            topics.keys(self.hands[hand].country),
            self.hands[hand].partition,
            self._world.key_lists[place].value,
            f"{cord}/{sequence}",
        )

    def make(self, hand: str, *items: Item | bytes, **changes: Any) -> Message:
        """A bundle and its key list; only the list is sent."""
        message = self._world.publish(self.hands[hand], *items, **changes)
        self.send_list(hand, _place(message))
        return message

    def send(self, topic: str, partition: int, value: bytes | None, key: str | None = None) -> int:
        """Straight into a topic; the offset."""
        with closing(open_producer(self.settings.kafka, max_request_size=1_500_000)) as producer:
            sent = producer.send(topic, value=value, key=key and key.encode(), partition=partition)
            return int(sent.get(timeout=30).offset)

    def mapping(self) -> RowMapping:
        """Make the mapping of the register that `row` writes."""
        return weapons(self.files)

    # -- hearing

    @property
    def generation(self) -> int:
        """The number of the generation that serves now."""
        return generation.current_generation(self.settings)

    def receipts(self, hand: str, offset: int) -> list[ReceiptRecord]:
        """What the node was told so far of the bundle at this offset of its partition."""
        node = self.hands[hand]
        place = topics.receipts(self.generation, node.country, node.name), 0
        reader, records = self._receipts.setdefault(
            place, (PartitionReader(self.settings.kafka, *place), [])
        )
        if not reader.exists():
            return []
        for message in reader.read(reader.end()):
            records += _read(self.settings, message)
        return [record for record in records if record["offset"] == offset]

    def receipt(self, hand: str, offset: int) -> ReceiptRecord:
        """The newest receipt of the bundle at this offset, waited for."""
        eventually(
            lambda: bool(self.receipts(hand, offset)),
            f"a receipt for {hand}'s bundle at {offset}",
            WITHIN_S,
        )
        return self.receipts(hand, offset)[-1]

    def verdicts(self, hand: str, offset: int) -> list[tuple[str, str]]:
        """Verdict and code of each item of the bundle at this offset, waited for."""
        return [(item["verdict"], item["code"]) for item in self.receipt(hand, offset)["items"]]

    def rejects(self) -> set[tuple[str, int, int, str]]:
        """(topic, partition, offset, code) of all that an operator sees refused."""
        with self.client() as client:
            return set(client.execute("SELECT topic, partition, offset, code FROM rejects"))

    def wait_rejected(self, *rejects_expected: tuple[str, int, int, str]) -> None:
        """Until the operator sees all of these. Fails with those that never come, and what else
        there is at their places.
        """
        missing: set[tuple[str, int, int, str]] = set()

        def seen() -> bool:
            missing.clear()
            missing.update(set(rejects_expected) - self.rejects())
            return not missing

        try:
            eventually(seen, "", WITHIN_S)
        except AssertionError:
            places = {row[:3] for row in missing}
            rows = [reject for reject in self.rejects() if reject[:3] in places]
            raise AssertionError(
                f"never rejected: {sorted(missing)}; there instead: {rows}"
            ) from None

    def close(self) -> None:
        """Close the connections to Kafka and the engine."""
        for reader, _ in self._receipts.values():
            reader.close()

    @contextmanager
    def client(self) -> Iterator[Any]:
        """Of the serving generation's tables."""
        client = connect(self.settings, StoreUser.MIGRATOR, database_of(self.generation))
        try:
            yield client
        finally:
            client.disconnect()

    @contextmanager
    def queries(self) -> Iterator[QueryLayer]:
        """The query layer over them."""
        with self.client() as client:
            yield query_layer(
                client, read_rule_book(), keyring.load_mechanism_keys(self.settings).thing_secret
            )

    def weapon(self, serial: str, as_of: int | None = None) -> Thing | None:
        """Who knows the pistol of this serial (of the make that `row` writes)."""
        with self.queries() as queries:
            return next(
                iter(
                    queries.things.identified_by(
                        Identifiers("weapon", serial, type="PISTOL", make="GLOCK"), MECHANISM, as_of
                    )
                ),
                None,
            )

    def indicators(self, serial: str, as_of: int | None = None) -> list[IndicatorView]:
        """What hangs on that pistol."""
        thing = self.weapon(serial, as_of)
        return (
            [indicator for indicator in thing.indicators if indicator.status == "live"]
            if thing
            else []
        )

    def history(self, id_: bytes, as_of: int | None = None) -> EventHistory | None:
        """An event with its versions and acts."""
        with self.queries() as queries:
            return queries.events.event(ids.to_uuid_text(id_), MECHANISM, as_of)

    def eventually(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until the condition holds, or fail."""
        eventually(holds, what, WITHIN_S)

    def quipu(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command line, as people use it; whom --as names has an account and a token.

        It runs in this process: an interpreter of its own would take a second of CPU time.
        """
        if "--as" in arguments:
            let_ask(self.settings, arguments[arguments.index("--as") + 1])
        command = ["--home", str(self.settings.home), "--lang", "en", *arguments]
        done = CliRunner().invoke(main, command)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(command, done.exit_code, done.stdout, done.stderr)


def codes(report: RunReport) -> list[tuple[int, str, str]]:
    """(line, outcome, code) of what was not simply accepted."""
    return [
        (report_item.line, report_item.outcome, report_item.code)
        for report_item in sorted(report.items(), key=_line)
    ]


def now() -> int:
    """Give the time in ms since 1970 UTC."""
    return int(time.time() * 1000)


def _line(report_item: Told) -> int:
    return report_item.line


def _hand(settings: Settings, name: str) -> HandmadeNode:
    keys = keyring.load_node_keys(settings, name)
    return HandmadeNode(name, *HANDS[name], 1, keys.id_secret, keys.signing, key=keys.key_id)


def _place(message: Message) -> tuple[Cord, int]:
    body = log_format("bundle").read(log_format("signed").read(message.value)["body"])
    return Cord(**body["cord"]), body["sequence"]


def _read(settings: Settings, message: Message) -> list[ReceiptRecord]:
    try:
        return [log_format("receipt").read(opened(settings, message.topic, message.value))]
    except QuipuFormatError:
        return []  # a poison message that some test put there
