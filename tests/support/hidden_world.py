"""An exchange in two states: what everybody may see, and the same with records that are hidden.

The second state is the first one with more messages, so every answer to a reader to whom they are
not released must stay the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from consumers.hits.decide import OwnerHit, changes_to_send, live_hits
from consumers.hits.notifier import disclosed_hits
from consumers.ledger.entries import ledger_records
from consumers.query.disclosed import Disclosed
from consumers.sink.table_rows import Batch, payload_json
from consumers.sink.writer import TableWriter
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts
from consumers.store.stored_evidence import to_evidence_row
from infra.clickhouse.client import Client
from schemas import ids, topics
from schemas.avro.codec import Record, log_format, raw_log_format
from schemas.event.event_type import event_type
from schemas.examples import example
from schemas.model import EpochMs, Message, Offset, PartitionNumber, Reader
from schemas.release.reader_text import parse_reader
from streams.rules import RuleBook, read_rule_book
from tests.support.course_items import (
    ASKED,
    FAR,
    GOAL_OWNERS,
    OPEN,
    PLAN,
    course_item,
    handed_to_peru,
    hidden_steps,
)
from tests.support.marked_world import store_line
from tests.support.query_layers import query_layer
from tests.support.signed_bundles import (
    START,
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    control,
    ecuador,
    notice,
    peru,
    weapon,
)

DAY = 86_400_000
CROSSED, PROBED, CORRECTED, CROWDED, HIDDEN_ONLY, FRESH = (
    f"HID{number}0001" for number in range(1, 7)
)
SERIALS = (CROSSED, PROBED, CORRECTED, CROWDED, HIDDEN_ONLY, FRESH)
CONDITION = "Solo con orden del fiscal"
HIDDEN: Mapping[str, Record] = {
    "red": {"recipients": ["@nadie"], "tlp": "RED"},
    "strict": {"recipients": ["CO/OTRA"], "tlp": "AMBER+STRICT"},
    "elsewhere": {"recipients": ["AR"], "tlp": "GREEN"},
    "exercise": {**OPEN, "exercise": "condor"},
    "condition": {**OPEN, "tlp": "RED", "handling": ["H3"], "condition": CONDITION},
    "hits": {"recipients": ["@hit:ALL", "@hit:EC"], "tlp": "GREEN"},
}
"""Ways in which a record of Peru is not released to Ecuador, Bolivia or Colombia."""
QUISPE: Record = {
    "given_names": "Juan Carlos",
    "first_surname": "Quispe",
    "second_surname": "Mamani",
    "birth_date": "1984-03-14",
    "birth_precision": "day",
}
PERSONS: Mapping[str, Record] = {
    "ec-policia": QUISPE,
    "co-ponal": {**QUISPE, "first_surname": "Kispe"},
    "pe-sucamec": {**QUISPE, "given_names": "Juan", "second_surname": None},
}
"""Records of one person, alike but not equal, by the node that reports them."""
HIDDEN_PERSONS: tuple[Record, ...] = (
    {**QUISPE, "documents": [{"country": "PE", "type": "national_id", "number": "45678912"}]},
    {**QUISPE, "documents": [{"country": "PE", "type": "national_id", "number": "45678913"}]},
    {**QUISPE, "given_names": "Juana"},
)
"""What would join, part or follow the visible records, if it were seen."""
OWNER = parse_reader("PE/VICTIMA/analyst/RED")
VISITOR = parse_reader("PE/analyst/AMBER")

TRACED: Record = {**example("trace_request").payload["weapon"], "serial": PROBED}


@dataclass
class HiddenWorld:
    """The log, the store it goes to, and who was told what so far."""

    secret: bytes
    client: Client
    store: TableWriter
    rules: RuleBook = field(default_factory=read_rule_book)
    nodes: dict[str, Node] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    _world: ExchangeBuilder = field(init=False)
    _payloads: dict[bytes, bytes] = field(default_factory=dict)
    _entries: int = 0
    _sent: dict[Any, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        victim = Node("pe-victima", "PE", "VICTIMA", 2)
        nodes = [colombia(), ecuador(), peru(), victim]
        self.nodes = {node.name: node for node in nodes}
        self._world = ExchangeBuilder(*nodes)
        self._world.opening = self._world.opening_with(self.secret)

    # -- the two states

    def publish_visible(self) -> None:
        """Records of all countries that every reader of the test sees, and who was shown them."""
        stolen = self._weapon("V-1", "STOLEN", CROSSED)
        self._say("ec-policia", "crossed", 0, stolen)
        self._say("co-ponal", "crossed-co", 1, self._weapon("V-2", "SEIZED", CROSSED))
        self._say("pe-sucamec", "crossed-pe", 2, self._weapon("V-3", "SEIZED", CROSSED))
        self._say("ec-policia", "probed", 3, self._weapon("V-4", "STOLEN", PROBED))
        former = self._weapon("V-5", "REGISTERED", CORRECTED)
        self._say("ec-policia", "corrected", 4, former)
        later = replace(self._weapon("V-5", "STOLEN", CORRECTED), supersedes=former)
        self._say("ec-policia", "corrected", 5, later)
        for number, (node, person) in enumerate(PERSONS.items()):
            self._say(
                node, f"person-{number}", 5.5 + number / 10, notice(f"V-P{number}", person, OPEN)
            )
        for number in range(49):
            node = ("ec-policia", "co-ponal")[number % 2]
            item = self._weapon(f"V-C{number}", "STOLEN", CROWDED)
            self._say(node, f"crowded-{number}", 6 + number, item)
        self._publish_courses()
        self._to_store()
        self._send_hits(day=0)
        self.open_indicators(VISITOR, day=0)
        self.open_indicators(OWNER, day=3)

    def _publish_courses(self) -> None:
        """An alert that waits for Colombia, which has read it, and whom to call there."""
        self._say("ec-policia", "course", 56, course_item("alert", "V-A1", OPEN))
        read = {"event": self.ids["course"], "act": "READ"}
        self._say("co-ponal", "course-step", 57, course_item("acknowledgement", "V-A2", OPEN, read))
        self._say("co-ponal", "course-contact", 58, course_item("contact_point", "V-A3", OPEN))
        goal: Record = {"owners": GOAL_OWNERS, "measured_by": "RECORDS_SHARED"}
        self._say("ec-policia", "goal", 59, course_item("goal", "V-A4", OPEN, goal))
        self._publish_joint_work()

    def _publish_joint_work(self) -> None:
        """A trace of a weapon that Peru has hidden records of, two plans, and an exhibit."""
        traced = course_item("trace_request", "V-A5", ASKED, {"weapon": TRACED})
        self._say("ec-policia", "trace", 59.2, traced)
        self._say("co-ponal", "plan", 59.3, course_item("operation_plan", "V-A6", OPEN, PLAN))
        own = course_item("operation_plan", "V-A7", OPEN, FAR)
        self._say("ec-policia", "plan-own", 59.4, own)
        shared = course_item("investigation", "V-A8", OPEN, handed_to_peru())
        self._say("ec-policia", "investigation", 59.5, shared)

    def _publish_hidden_courses(self, moment: float) -> None:
        """Steps of the visible courses, and courses beside them, that nobody else sees."""
        for name, envelope in HIDDEN.items():
            for number, (type_, payload) in enumerate(hidden_steps(self.ids, TRACED)):
                moment += 0.1
                reference = f"H-{name}-{type_}-{number}"
                item = course_item(type_, reference, envelope, payload)
                self._say("pe-victima", f"hidden-{reference}", moment, item)

    def publish_hidden(self) -> None:
        """Records of Peru that nobody else sees, on the same things and on one of their own."""
        moment = 0.5
        self._publish_hidden_courses(60)
        for name, envelope in HIDDEN.items():
            for serial in (CROSSED, PROBED, CORRECTED, CROWDED, HIDDEN_ONLY):
                moment += 1
                spelling = f"{serial[:3]}-{serial[3:]}"  # of the same thing, in no visible record
                item = self._weapon(f"H-{name}-{serial}", "SEIZED", spelling, envelope)
                self._say("pe-victima", f"hidden-{name}-{serial}", moment, item)
            for number, person in enumerate(HIDDEN_PERSONS):
                moment += 0.1
                item = notice(f"H-{name}-P{number}", person, dict(envelope))
                self._say("pe-victima", f"hidden-{name}-person-{number}", moment, item)
        for type_ in ("retraction", "erasure"):
            moment += 1
            item = self._weapon(f"H-{type_}", "SEIZED", PROBED, HIDDEN["red"])
            self._say("pe-victima", f"hidden-{type_}", moment, item)
            target = self.nodes["pe-victima"].id_of(item)
            act = replace(control(type_, f"A-{type_}", target), envelope=dict(HIDDEN["red"]))
            self._say("pe-victima", f"hidden-act-{type_}", moment + 0.1, act)
        self._to_store()
        self._send_hits(day=3)
        self.open_indicators(OWNER, day=3)

    def hidden_ids(self) -> list[str]:
        return [id_ for name, id_ in self.ids.items() if name.startswith("hidden")]

    def visible_ids(self) -> list[str]:
        return [id_ for name, id_ in self.ids.items() if not name.startswith(("hidden", "crowded"))]

    def visible_courses(self) -> list[str]:
        return [self.ids["course"], self.ids["course-step"]]

    def visible_investigations(self) -> list[str]:
        return [self.ids["investigation"]]

    def visible_traces(self) -> list[str]:
        return [self.ids["trace"]]

    def visible_plans(self) -> list[str]:
        return [self.ids["plan"], self.ids["plan-own"]]

    def visible_persons(self) -> list[str]:
        return [f"{id_}.0" for name, id_ in self.ids.items() if name.startswith("person")]

    def things(self) -> list[str]:
        """The things' ids by serial."""
        observed = [
            event_type("weapon_record").observe(self._weapon("", "SEIZED", serial).payload)
            for serial in SERIALS
        ]
        return [
            ids.to_uuid_text(ids.thing_key(self.secret, "weapon", "", observations[0].value))
            for observations in observed
        ]

    def all_indicators(self) -> list[str]:
        rows = self.client.execute("SELECT DISTINCT UUIDNumToString(indicator) FROM evidence")
        return sorted(row[0] for row in rows)

    # -- saying it

    def _weapon(
        self, reference: str, status: str, serial: str, envelope: Mapping[str, Any] = OPEN
    ) -> Item:
        return weapon(reference, status, serial, envelope=dict(envelope))

    def _say(self, name: str, label: str, second: float, item: Item) -> None:
        node, world = self.nodes[name], self._world
        world.now = START + 10 * DAY + int(second * 1000)
        world.publish(node, item)
        self._payloads[node.version_of(item)] = payload_json(item.payload)
        self.ids[label] = ids.to_uuid_text(node.id_of(item))

    def _to_store(self) -> None:
        store_line(self._world.run(), self._payloads, self.store, self.secret)

    # -- showing it

    def _evidence(self) -> Iterable[Mapping[str, Any]]:
        parameters = {"ids": self.all_indicators(), "as_of": FAR_FUTURE_MS, "most": 10_000}
        parameters |= {"labels": [], "all_labels": 1}
        return rows_as_dicts(self.client, "evidence", parameters)

    def _send_hits(self, day: int) -> None:
        rows = [to_evidence_row(row) for row in self._evidence()]
        hits: Sequence[OwnerHit] = changes_to_send(live_hits(rows, self.rules), self._sent)
        self._sent |= {(hit.indicator, hit.owner): hit.content for hit in hits}
        for disclosed in disclosed_hits(hits):
            self._record(disclosed, "hit", day)

    def open_indicators(self, reader: Reader, day: int) -> None:
        """Let a reader of Peru open every indicator that it sees, one by one."""
        for id_ in self.all_indicators():
            queries = query_layer(self.client, self.rules, self.secret)
            queries.indicators.indicator(id_, reader)
            for disclosed in queries.answer.disclosed:
                if disclosed:
                    self._record(disclosed, "page", day)

    def _record(self, disclosed: Disclosed, channel: str, day: int) -> None:
        batch = Batch()
        for record in ledger_records(disclosed, channel, 0):
            chain = {"writer": bytes(16), "sequence": 0, "previous": bytes(32), "follows": None}
            body = log_format("disclosure").write({**chain, **record})
            message = Message(
                topics.DISCLOSURES,
                PartitionNumber(0),
                Offset(self._entries),
                EpochMs(START + (10 + day) * DAY + 3_600_000 + self._entries),
                None,
                b"",
            )
            self._entries += 1
            batch.add_disclosure(message, raw_log_format("disclosure").read(body))
        self.store.write(batch)
