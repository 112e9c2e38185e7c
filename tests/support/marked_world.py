"""A made-up log of marked events of four countries and an exercise, said twice: as bundles for the
real pipeline, and as `Said` for the oracle.

Seeded. It holds corrections that move a thing or change a marking, retractions, erasures,
conditions, legal trade, unknown calibres, and a thing that more share than link.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from consumers.ledger.entries import acceptance_record
from consumers.sink.table_rows import TYPE, VERSION, Batch, Payload, payload_json
from consumers.sink.tables import Row
from consumers.sink.writer import TableWriter
from consumers.store.person_keys import person_keys
from consumers.store.record_words import words_of_content
from schemas import ids, topics
from schemas.avro.codec import Record, log_format, raw_log_format
from schemas.model import EpochMs, Message, Offset, PartitionNumber, Reader, ReaderCondition
from streams.matching import person_records
from tests.support.need_to_know import LEVELS, Asker, Oracle, Statement
from tests.support.pipeline import Pipeline
from tests.support.signed_bundles import (
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    control,
    ecuador,
    example,
    peru,
    seizure,
    weapon,
)

DAY = 86_400_000
RECIPIENTS = (
    *(("ALL",),) * 6,
    *(("CO",), ("PE", "EC"), ("BO",), ("AR",), ("MEC",)),
    *(
        ("CO/PONAL",),
        ("EC/POLICIA", "@frontera"),
        ("BO/FELCN", "PE/SUCAMEC"),
        ("@frontera",),
        ("@ana",),
    ),
)
TLPS = ("CLEAR", "GREEN", "GREEN", "GREEN", "AMBER", "AMBER", "AMBER+STRICT", "RED")
CONDITIONS = ("llamar antes", "no citar la fuente")
HANDLING = (*((),) * 6, ("H0",), ("H1",), ("H1", "H2"), ("H3",), ("H0", "H3"))
STATUSES = (
    "REGISTERED",
    "REGISTERED",
    "EXPORTED",
    "LOST",
    "STOLEN",
    "STOLEN",
    "SEIZED",
    "DESTROYED",
    "TRAFFICKED",
    "FOUND",
)
CALIBRES = ("9 mm", "9 mm", "9 mm", ".38 SPL", None)
PLACES: tuple[Record, ...] = (
    {"place_country": "CO", "subdivision": "CO-NAR"},
    {"place_country": "PE", "subdivision": "PE-PUN"},
    {"subdivision": None},
)
"""A department lies in its country, else intake rejects the record; without one: the owner's."""
AUTHORITIES = {"BO": "FELCN", "CO": "PONAL", "EC": "POLICIA", "PE": "SUCAMEC"}
SERIALS = 14
CROWDED = 66
CROWDED_SERIAL = "TKL99999"
OPEN = {"recipients": ["ALL"], "handling": [], "condition": None, "exercise": None}


@dataclass
class MarkedExchange:
    """The log so far. `payloads`: by version, what the sink opens; `accepted`: who accepted which
    condition.
    """

    seed: int
    secret: bytes
    events: int = 170
    oracle: Oracle = field(default_factory=Oracle)
    payloads: dict[bytes, bytes] = field(default_factory=dict)
    world: ExchangeBuilder = field(init=False)
    chance: random.Random = field(init=False)
    _heads: dict[str, tuple[Node, Item]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.world = ExchangeBuilder(Node("bo-felcn", "BO", "FELCN"), colombia(), ecuador(), peru())
        self.world.opening = self.world.opening_with(self.secret)
        for number in range(self.events):
            self._happen(number)
        for number in range(CROWDED):
            item = self._weapon(
                1000 + number, CROWDED_SERIAL, self.chance.choice(("STOLEN", "SEIZED")), "9 mm"
            )
            marked = {
                **item.envelope,
                **OPEN,
                "tlp": self.chance.choice(("GREEN", "GREEN", "AMBER")),
            }
            self._publish(self._node(), replace(item, envelope=marked))

    # -- what happens

    def _happen(self, number: int) -> None:
        texts = sorted(self._heads)
        turn = self.chance.random()
        if texts and turn < 0.15:
            node, former = self._heads[self.chance.choice(texts)]
            self._publish(node, replace(self._event(number, former), supersedes=former))
        elif texts and turn < 0.24:
            self._act("retraction" if turn < 0.20 else "erasure", number, self.chance.choice(texts))
        else:
            self._publish(self._node(), self._event(number))

    def _node(self) -> Node:
        return self.chance.choice(list(self.world.nodes.values()))

    def _event(self, number: int, former: Item | None = None) -> Item:
        seized = former.type == "seizure" if former else self.chance.random() < 0.3
        reference = former.reference if former else f"REF-{number:05}-XQ"
        serial = self._serial()
        if seized:
            return self._seizure(number, reference, [serial, *({self._serial()} - {serial})])
        return self._weapon(
            number, serial, self.chance.choice(STATUSES), self.chance.choice(CALIBRES), reference
        )

    def _serial(self) -> str:
        return f"TKL{10_000 + self.chance.randrange(SERIALS) * 37}"

    def _weapon(
        self, number: int, serial: str, status: str, calibre: str | None, reference: str = ""
    ) -> Item:
        item = weapon(
            reference or f"REF-{number:05}-XQ",
            status,
            serial,
            calibre=calibre,
            envelope=self._envelope(number),
        )
        return replace(item, payload={**item.payload, "possessor": None, "note": _note(number)})

    def _seizure(self, number: int, reference: str, serials: list[str]) -> Item:
        item = seizure(
            reference,
            serials,
            calibre=self.chance.choice(CALIBRES),
            envelope=self._envelope(number),
        )
        vehicle = {
            **example("seizure").payload["vehicles"][0],
            "country": "PE",
            "plate": f"ABC{400 + self.chance.randrange(4)}",
        }
        return replace(
            item,
            payload={
                **item.payload,
                "persons": [],
                "phones": [],
                "vehicles": [vehicle],
                "note": _note(number),
            },
        )

    def _envelope(self, number: int) -> Record:
        handling = list(self.chance.choice(HANDLING))
        occurred = (
            None
            if self.chance.random() < 0.2
            else 1_514_764_800_000 + self.chance.randrange(280) * DAY + number
        )
        return {
            "recipients": list(self.chance.choice(RECIPIENTS)),
            "tlp": self.chance.choice(TLPS),
            "handling": handling,
            "condition": self.chance.choice(CONDITIONS) if "H3" in handling else None,
            "exercise": "cóndor" if self.chance.random() < 0.12 else None,
            "occurred_from": occurred,
            "occurred_until": None,
            "occurred_precision": "unknown" if occurred is None else "day",
            **PLACES[number % len(PLACES)],
        }

    # -- saying it twice

    def _publish(self, node: Node, item: Item) -> None:
        self.world.now += self.chance.randrange(3 * DAY)
        self.world.publish(node, item)
        id_ = ids.to_uuid_text(node.id_of(item))
        self._heads[id_] = node, item
        self.payloads[node.version_of(item)] = payload_json(item.payload)
        self.oracle.log.append(self._said(node, item))

    def _act(self, type_: str, number: int, target: str) -> None:
        node, _ = self._heads.pop(target)
        item = control(type_, f"ACT-{number:05}", _bytes(target))
        self.world.now += self.chance.randrange(DAY)
        self.world.publish(node, item)
        self.payloads[node.version_of(item)] = payload_json(item.payload)
        statement = Statement(
            ids.to_uuid_text(node.id_of(item)),
            "",
            node.country,
            node.authority,
            self.world.now,
            act=type_,
            target=target,
        )
        self.oracle.log.append(statement)

    def _said(self, node: Node, item: Item) -> Statement:
        envelope, weapons = item.envelope, list(_weapons(item))
        marked = {name: envelope[name] for name in ("tlp", "condition", "exercise")}
        return Statement(
            ids.to_uuid_text(node.id_of(item)),
            ids.to_uuid_text(node.version_of(item)),
            node.country,
            node.authority,
            self.world.now,
            recipients=tuple(envelope["recipients"]),
            handling=tuple(envelope["handling"]),
            **marked,
            type=item.type,
            status=item.payload.get("status", ""),
            calibre=weapons[0]["calibre"],
            occurred=envelope["occurred_from"],
            things=tuple(self._things(item)),
            words=(
                item.payload["source_reference"],
                item.payload["note"],
                *(record["serial"] for record in weapons),
            ),
        )

    def _things(self, item: Item) -> Iterator[tuple[str, str]]:
        for serial in dict.fromkeys(record["serial"] for record in _weapons(item)):
            yield "weapon", self.thing("weapon", "", f"{serial}|TAURUS|PISTOL")
        for vehicle in item.payload.get("vehicles", ()):
            yield "plate", self.thing("plate", vehicle["country"], vehicle["plate"])

    def thing(self, kind: str, issuer: str, value: str) -> str:
        return ids.to_uuid_text(ids.thing_key(self.secret, kind, issuer, value))

    # -- into the store, by the own code of the pipeline

    def store(self, store: TableWriter) -> Pipeline:
        """Intake and correlate in memory, then the sink's rows into the tables."""
        line = self.world.run()
        store_line(line, self.payloads, store, self.secret)
        return line

    # -- readers

    def askers(self, count: int) -> list[Asker]:
        """Readers of every kind; some of them accepted conditions."""
        return [self._asker(number) for number in range(count)]

    def _asker(self, number: int) -> Asker:
        pick = self.chance.choice
        country, authority = pick(("BO", "CO", "EC", "PE", "PE", "AR", "MEC")), None
        if self.chance.random() < 0.5:
            authority = AUTHORITIES.get(country, "X")
        role, clearance = (
            pick(("analyst",) * 6 + ("prosecutor", "officer", "operator", "auditor")),
            pick(LEVELS[1:]),
        )
        every = frozenset((owner, condition) for owner in AUTHORITIES for condition in CONDITIONS)
        accepted = (
            every
            if number % 9 == 0
            else frozenset(pair for pair in sorted(every) if self.chance.random() < 0.4)
        )
        return Asker(
            "ana" if number % 9 == 0 else f"{claim(country, authority, role, clearance)} {number}",
            *(country, authority, role, clearance),
            frozenset({"frontera"} if self.chance.random() < 0.4 else ()),
            pick(("investigation", "investigation", "prevention", "prosecution", None)),
            "cóndor" if self.chance.random() < 0.2 else None,
            accepted,
        )


def store_line(
    line: Pipeline, payloads: Mapping[bytes, bytes], store: TableWriter, secret: bytes
) -> None:
    """Write what a line derived into the tables, by the sink's code. `payloads`: by version."""

    def decrypt(_index: int, event: Row) -> Payload:
        content = payloads[event[VERSION]]
        persons = person_records(event[TYPE].decode(), json.loads(content))
        keys = person_keys((person.record for person in persons), secret)
        return Payload(content, person_keys=keys, words=words_of_content(content))

    for (topic, _), messages in sorted(line.written.items()):
        batch, kind = Batch(), topic.split(".")[1]
        for message in messages:
            if kind == "accepted":
                record = raw_log_format("accepted").read(message.value)
                batch.add_accepted(message, record, decrypt)
            elif kind == "observations":
                batch.add_observations(message.value)
            elif kind == "evidence":
                batch.add_evidence(message.value)
        store.write(batch)


def claim(country: str, authority: str | None, role: str, clearance: str) -> str:
    """As who asks is written in a header or after --as."""
    return "/".join([country, *([authority] if authority else []), role, clearance])


def claimed(who: Asker) -> Asker:
    """The same as a claim: its text is the person, and nothing was accepted by that name; a purpose
    is always said.
    """
    text = claim(who.country, who.authority, who.role, who.clearance)
    return replace(who, person=text, purpose=who.purpose or "investigation", accepted=frozenset())


def reader(who: Asker) -> Reader:
    """As the query layer is asked: what was accepted is in the record, not with the reader."""
    return Reader(
        who.person,
        who.country,
        who.authority,
        frozenset({who.role}),
        who.clearance,
        who.groups,
        who.purpose,
        who.exercise,
        use=who.use,  # type: ignore[arg-type]
    )


def accept(store: TableWriter, askers: list[Asker]) -> None:
    """Each one's acceptances, as the ledger has them."""
    batch, form = Batch(), log_format("disclosure")
    chain: dict[str, Any] = {
        "writer": bytes(16),
        "sequence": 0,
        "previous": bytes(32),
        "follows": None,
    }
    for number, (who, owned) in enumerate(
        (asker, owned) for asker in askers for owned in sorted(asker.accepted)
    ):
        entry = form.write(
            {**chain, **acceptance_record(reader(who), ReaderCondition(*owned), None, "api", 1)}
        )
        message = Message(
            topics.DISCLOSURES,
            PartitionNumber(0),
            Offset(number),
            EpochMs(1_600_000_000_000 + number),
            None,
            b"",
        )
        batch.add_disclosure(message, raw_log_format("disclosure").read(entry))
    store.write(batch)


def _weapons(item: Item) -> Iterator[Record]:
    if item.type == "weapon_record":
        yield item.payload["weapon"]
    for entry in item.payload.get("items", ()):
        yield entry["weapon"]


def _note(number: int) -> str:
    return f"nota reservada {number:05}"


def _bytes(id_: str) -> bytes:
    return bytes.fromhex(id_.replace("-", ""))
