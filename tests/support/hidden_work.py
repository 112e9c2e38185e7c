"""Work of analysts in a `HiddenWorld`: what readers of the test see, and what is hidden from them.

The hidden part is on the same cases and things: items of a shared case that only some members see,
notes on hidden records, verdicts on hidden findings, watch-lists and cases of others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from consumers.ledger.entries import work_record
from consumers.query.work.acts import (
    Audience,
    AudienceScope,
    CaseMember,
    Reference,
    ReferenceKind,
    Role,
    WorkAct,
    WorkDraft,
    WorkKind,
)
from consumers.query.work.drafts import mark_draft, opening, texts, verdict_draft
from consumers.sink.table_rows import Batch
from consumers.sink.writer import TableWriter
from schemas.avro.codec import log_format, raw_log_format
from schemas.model import EpochMs, Message, Offset, PartitionNumber, Reader
from schemas.release.reader_text import parse_reader
from schemas.topics import DISCLOSURES
from tests.support.hidden_world import HiddenWorld
from tests.support.query_layers import query_layer

ANALYST = parse_reader("EC/analyst/AMBER")
COLLEAGUE = parse_reader("EC/POLICIA/prosecutor/RED")
OTHER = parse_reader("PE/VICTIMA/analyst/RED")
COUNTRY = Audience(AudienceScope.COUNTRY)
OF_CASE = Audience(AudienceScope.CASE)
OWN = Audience(AudienceScope.SELF)


@dataclass
class WorkWriter:
    """Writes acts as the sink does. `begin`: of the first act, ms since 1970 UTC."""

    store: TableWriter
    begin: int
    offset: int = 0

    def do(self, reader: Reader, draft: WorkDraft) -> str:
        """Write an act; return the id of its object."""
        self.offset += 1
        record = work_record(reader, draft, b"sealed" if draft.content else None, "api", 0)
        chain = {"writer": bytes(16), "sequence": 0, "previous": bytes(32), "follows": None}
        body = log_format("disclosure").write({**chain, **record})
        moment = EpochMs(self.begin + 1000 * self.offset)
        offset = Offset(1_000_000 + self.offset)
        message = Message(DISCLOSURES, PartitionNumber(0), offset, moment, None, b"")
        content = orjson.dumps(dict(draft.content)) if draft.content else None
        batch = Batch()
        batch.add_disclosure(message, raw_log_format("disclosure").read(body), content)
        self.store.write(batch)
        return draft.object

    def on_case(
        self, reader: Reader, case: str, act: WorkAct, about: Sequence[Reference] = ()
    ) -> None:
        """Write an act on a case."""
        self.do(reader, WorkDraft(case, WorkKind.CASE, act, about=tuple(about)))


@dataclass
class HiddenWork:
    """The work of a world."""

    world: HiddenWorld
    writer: WorkWriter
    ids: dict[str, list[str]] = field(default_factory=dict)
    findings: frozenset[str] = frozenset()
    """Those that were there before anything hidden: a reader may see them."""

    def do_visible(self) -> Mapping[str, list[str]]:
        """Do what readers of the test see; return the ids of the objects by the name of a list."""
        do, world = self.writer.do, self.world
        self.findings = frozenset(world.all_indicators())
        content = texts(title="Ruta del norte", text="Armas")
        case = do(ANALYST, opening(WorkKind.CASE, content, COUNTRY))
        for reader, role in ((COLLEAGUE, Role.VIEWER), (OTHER, Role.EDITOR)):
            member = CaseMember(reader.person, reader.country, role)
            do(ANALYST, WorkDraft(case, WorkKind.CASE, WorkAct.MEMBER_ADDED, member=member))
        record = Reference(ReferenceKind.RECORD, world.ids["crossed"])
        finding = Reference(ReferenceKind.FINDING, self._finding())
        thing = Reference(ReferenceKind.THING, world.things()[0])
        self.writer.on_case(ANALYST, case, WorkAct.ITEM_ADDED, [record, finding, thing])
        of_case = Reference(ReferenceKind.CASE, case)
        note = opening(WorkKind.NOTE, texts(text="Llamar"), OF_CASE, of_case, record)
        do(ANALYST, note)
        do(ANALYST, opening(WorkKind.NOTE, texts(text="Ojo"), COUNTRY, record))
        watch_list = do(ANALYST, opening(WorkKind.WATCH_LIST, texts(title="Mis datos"), OWN))
        for serial in ("HID10001", "HID10002"):
            mark = {"kind": "weapon", "number": serial, "make": "Taurus", "type": "PISTOL"}
            do(ANALYST, mark_draft(watch_list, mark))
        do(ANALYST, mark_draft(watch_list, {"kind": "name", "name": "Quispe Mamani, Juan"}))
        search = texts(title="Armas", page="/events", query="country=PE")
        saved_search = do(ANALYST, opening(WorkKind.SAVED_SEARCH, search, COUNTRY))
        do(ANALYST, verdict_draft(finding.id, "rejected", "COINCIDENCE", "Otra arma"))
        self.ids = {
            "cases": [case],
            "watch-lists": [watch_list],
            "saved-searches": [saved_search],
            "verdicts": [finding.id],
        }
        return self.ids

    def _finding(self) -> str:
        """Return a finding that the readers of the test see."""
        queries = query_layer(self.world.client, self.world.rules, self.world.secret)
        seen = (
            id_ for id_ in self.world.all_indicators() if queries.indicators.indicator(id_, ANALYST)
        )
        return next(seen)

    def do_hidden(self) -> list[str]:
        """Do what nobody of the readers sees; return the ids of the objects of others."""
        do, (case,) = self.writer.do, self.ids["cases"]
        hidden = [Reference(ReferenceKind.RECORD, id_) for id_ in self.world.hidden_ids()]
        self.writer.on_case(OTHER, case, WorkAct.ITEM_ADDED, hidden)
        self.writer.on_case(OTHER, case, WorkAct.ITEM_REMOVED, hidden[:1])
        about = (Reference(ReferenceKind.CASE, case), hidden[1])
        do(OTHER, opening(WorkKind.NOTE, texts(text="Oculto"), OF_CASE, *about))
        do(OTHER, opening(WorkKind.NOTE, texts(text="Oculto"), COUNTRY, *hidden[:1]))
        others = []
        for kind, content in (
            (WorkKind.CASE, texts(title="Ruta oculta")),
            (WorkKind.WATCH_LIST, texts(title="Oculta")),
            (WorkKind.SAVED_SEARCH, texts(title="Oculta", page="/events")),
        ):
            audience = OWN if kind is WorkKind.WATCH_LIST else COUNTRY
            others.append(do(OTHER, opening(kind, content, audience)))
        findings = set(self.world.all_indicators()) - self.findings
        for finding in sorted(findings)[-3:]:
            do(OTHER, verdict_draft(finding, "confirmed", "CHECKED"))
        return others
