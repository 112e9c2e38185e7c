"""What rules over many records find: in released current records alone, as of any moment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from consumers.query.empty_lookups import hash_lookups
from consumers.query.identifiers import Identifiers
from consumers.query.known_names import UnknownNameError
from consumers.query.noise.noise_queries import NoiseQueries
from consumers.query.noise.noise_views import LeftOut, WithoutValues
from consumers.query.noise.warning_list import read_warning_list
from consumers.query.rule_findings.known_records import KnownRecords
from consumers.query.rule_findings.rule_finding_views import RuleFindings
from consumers.query.views import to_epoch_ms
from consumers.sink.table_rows import Batch, Payload
from consumers.sink.tables import Row
from schemas.event.event_type import event_type
from schemas.ids import thing_key, to_uuid_text
from schemas.model import Reader
from schemas.release import label_codec
from schemas.release.reader_text import parse_reader
from schemas.rule_changes import RuleChange
from streams.rules import AnyRule, RuleBook, library_texts, parse_rule, read_dated_rule_book
from tests.support import derived
from tests.support.fact_store import KNOWN_RATES, RULES, FactStore
from tests.support.native_servers import EmbeddedServer
from tests.support.query_layers import query_layer
from tests.support.signed_bundles import example

pytestmark = pytest.mark.integration
SECRET = b"s" * 32
NUMBERS = count(1)
REMEMBERED = KnownRecords()
"""What earlier answers saw, as the API keeps it."""
TOPIC = "quipu.accepted.co.g1"
DAY_MS = 86_400_000
ANALYST = parse_reader("CO/analyst/AMBER")
PERU = parse_reader("PE/analyst/AMBER")
HIDDEN: Mapping[str, Any] = {"recipients": ["CO"]}
WEAPON: Mapping[str, Any] = example("weapon_record").payload["weapon"]


class RuleTables:
    """Tables of one generation, written as the sink writes them."""

    def __init__(self, store: FactStore) -> None:
        self.store = store
        for table in ("events", "items", "observations", "replaced", "facts", "disclosures"):
            store.client.execute(f"TRUNCATE TABLE {table}")

    def publish(self, type_: str, payload: Mapping[str, Any], **envelope: Any) -> str:
        """Write an event with its observations; return its id."""
        self.number = next(NUMBERS)
        whole = {**example(type_).payload, **payload}
        head = derived.envelope(self.number, **{"type": type_, **envelope})
        batch = self._batch(derived.accepted_item(0, head), whole)
        label = {"country": head["country"], "recipients": head["recipients"]}
        rows = [
            derived.observation(
                thing_key(SECRET, item.kind, item.issuer, item.value),
                head["id"],
                place,
                kind=item.kind,
                certainty=item.certainty,
                traits=dict(item.traits),
                type=type_,
                country=head["country"],
                label=label_codec.write({**derived.LABEL, **label}),
            )
            for place, item in enumerate(event_type(type_).observe(whole))
        ]
        if rows:
            batch.add_observations(derived.observations(self.number, rows))
        self.store.writer.write(batch)
        return to_uuid_text(head["id"])

    def correct(self, event: str, **envelope: Any) -> None:
        """Write another version of a transfer's event, the same but for its envelope."""
        self.number = next(NUMBERS)
        ((version, payload, type_),) = self.store.client.execute(
            "SELECT version, payload, type FROM events WHERE id = UUIDStringToNum({id:String})",
            {"id": event},
        )
        head = derived.envelope(
            self.number,
            **{"id": UUID(event).bytes, "supersedes": version, "type": type_, **envelope},
        )
        self.store.writer.write(self._batch(derived.accepted_item(0, head), json.loads(payload)))

    def retract(self, event: str) -> None:
        """Write the retraction of an event."""
        self.number = next(NUMBERS)
        head = derived.envelope(self.number, type="retraction")
        target = bytes.fromhex(event.replace("-", ""))
        self.store.writer.write(self._batch(derived.accepted_item(0, head, target=target), {}))

    def _batch(self, item: Any, payload: Mapping[str, Any]) -> Batch:
        def decrypt(_index: int, _event: Row) -> Payload:
            return Payload(json.dumps(payload).encode())

        batch, record = Batch(), derived.accepted(self.number, [item])
        batch.add_accepted(derived.message(TOPIC, "accepted", record, self.number), record, decrypt)
        return batch

    def ask(
        self,
        rule: str,
        reader: Reader = ANALYST,
        as_of: int | None = None,
        book: RuleBook = RULES,
    ) -> RuleFindings:
        """Return what a rule finds for a reader, with a memory as without. `book`: of the rules."""
        fresh, remembering = (
            query_layer(self.store.client, book, SECRET, rates=KNOWN_RATES, records=records)
            for records in (None, REMEMBERED)
        )
        findings = remembering.rule_findings.findings(reader, as_of, rule)
        assert findings == fresh.rule_findings.findings(reader, as_of, rule)
        return findings

    def noise(self) -> NoiseQueries:
        """Return what answers questions about noise."""
        return query_layer(self.store.client, RULES, SECRET, rates=KNOWN_RATES).noise

    def evidence(
        self, rule: str, reader: Reader = ANALYST, as_of: int | None = None
    ) -> list[set[str]]:
        """Return the events of each finding."""
        findings = self.ask(rule, reader, as_of).findings
        return [{record.event for record in finding.evidence} for finding in findings]

    def transfer(self, source: str, target: str, amount: float, day: int, **envelope: Any) -> str:
        """Publish a report of one transfer between two accounts of a bank, in dollars."""
        parties = [
            {"account": {"institution": "Banco X", "country": "EC", "number": number, "type": None}}
            for number in (source, target)
        ]
        names = ("person", "entity", "entity_document", "country")
        sides = [{**dict.fromkeys(names), **party} for party in parties]
        transaction = {
            **{"number": None, "date": f"2026-03-{day:02}", "transmode": "transfer"},
            **{"amount": amount, "currency": "USD", "from": sides[0], "to": sides[1]},
        }
        return self.publish("suspicious_flow", {"transactions": [transaction]}, **envelope)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactStore]:
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as server:
        yield FactStore(server, {})
        server.stop()


def test_a_path_of_money_is_found_by_who_sees_all_of_it_and_ends(store: FactStore) -> None:
    tables = RuleTables(store)
    first = tables.transfer("2200111101", "2200111102", 50_000.0, 1)
    second = tables.transfer("2200111102", "2200111103", 49_000.0, 3, country="EC")
    third = tables.transfer("2200111103", "2200111104", 48_000.0, 5, **HIDDEN)
    complete = derived.T0 + tables.number
    assert tables.evidence("money-passed-on") == [{first, second, third}]
    assert tables.evidence("money-passed-on", PERU) == [], "the last transfer is hidden from Peru"
    (finding,) = tables.ask("money-passed-on").findings
    assert finding.grade == "certain"
    assert "50\xa0000 dólares" in finding.sentence["es"]
    assert "2200111101" not in "".join(finding.brief.values())
    assert finding.quantities["transfers"] == 3
    assert finding.assessment is not None
    weighed = {factor.name: factor.value for factor in finding.assessment.factors}
    assert weighed["records"] == "3" and weighed["countries"] == "2"
    assert weighed["sources"].startswith(("admiralty", "4x4")), weighed
    rule = next(rule for rule in RULES.detectors if rule.id == "money-passed-on")
    stricter = replace(rule, countries=3)
    layer = query_layer(tables.store.client, RULES, SECRET, rates=KNOWN_RATES)
    queries, candidates = layer.rule_findings, layer.candidates
    trial = candidates.trial(stricter, None, ANALYST)
    assert (trial.findings, trial.raised, trial.withdrawn, trial.records) == (0, 0, 1, 3)
    same = candidates.trial(rule, derived.T0, ANALYST)
    assert (same.findings, same.raised, same.withdrawn) == (1, 0, 0)
    assert sum(same.by_month.values()) == 1
    reasons = queries.explain(rule, [first, second, third], ANALYST)
    assert reasons.findings == 1 and all(clause.holds for clause in reasons.clauses)
    hidden = queries.explain(rule, [first, second, third], PERU)
    assert {state.event for state in hidden.conditions} == {first, second}
    assert hidden.findings == 0
    tables.retract(second)
    assert tables.evidence("money-passed-on") == []
    assert tables.evidence("money-passed-on", as_of=complete) == [{first, second, third}]
    assert tables.evidence("money-passed-on", as_of=complete - 1) == []


def test_what_rules_saw_for_one_reader_is_remembered_for_no_other(store: FactStore) -> None:
    tables = RuleTables(store)
    events = [
        tables.transfer(f"330011110{step}", f"330011110{step + 1}", 50_000.0 - step, 1 + step)
        for step in range(3)
    ]
    for asker in (ANALYST, PERU, ANALYST):
        assert tables.evidence("money-passed-on", asker) == [set(events)]
    complete = derived.T0 + tables.number
    tables.correct(events[1], **HIDDEN)
    assert tables.evidence("money-passed-on") == [set(events)]
    assert tables.evidence("money-passed-on", PERU) == [], "its version of today is hidden"
    assert tables.evidence("money-passed-on", PERU, complete) == []
    tables.retract(events[0])
    assert tables.evidence("money-passed-on") == []


def test_a_rule_of_pairs_says_clause_by_clause_what_holds_for_released_records(
    store: FactStore,
) -> None:
    tables = RuleTables(store)
    vehicle = {**example("crime_incident").payload["vehicles"][0], "plate": "KLM482"}
    stolen = tables.publish("crime_incident", {"vehicles": [vehicle], "persons": []})
    passage = {"conveyance": {**vehicle, "involvement": None}, "person": None}
    seen = tables.publish("movement", passage, country="EC")
    unseen = tables.publish("movement", passage, country="EC", recipients=["EC"])
    queries = query_layer(tables.store.client, RULES, SECRET, rates=KNOWN_RATES).rule_findings
    rule = RULES.by_id["stolen-plate-at-crossing"]
    reasons = queries.explain(rule, [stolen, seen, unseen], ANALYST)
    assert {state.event for state in reasons.conditions} == {stolen, seen}
    assert {clause.group for clause in reasons.clauses} == {f"{stolen} · {seen}"}
    assert [clause.holds for clause in reasons.clauses].count(False) == 0, reasons.clauses
    assert reasons.findings == 1
    alone = queries.explain(rule, [stolen, unseen], ANALYST)
    assert (alone.clauses, alone.findings) == ([], 0)


def test_vehicles_that_meet_again_and_again_are_a_convoy(store: FactStore) -> None:
    tables = RuleTables(store)
    moment = 1_772_000_000_000
    events = set()
    for turn in range(5):
        for minutes, plate, country in ((0, "ABC123", "CO"), (9, "PBX4451", "EC")):
            at = moment + 3 * turn * DAY_MS + minutes * 60_000
            vehicle = {**example("movement").payload["conveyance"], "kind": "car"}
            conveyance = {**vehicle, "country": country, "plate": plate}
            payload = {"crossing": "Rumichaca", "conveyance": conveyance, "person": None}
            dated = {"occurred_from": at, "occurred_until": at + 1, "occurred_precision": "minute"}
            events.add(tables.publish("movement", payload, country=country, **dated))
    assert tables.evidence("vehicles-in-convoy") == [events]
    (finding,) = tables.ask("vehicles-in-convoy").findings
    assert "5 times" in finding.sentence["en"], finding.sentence
    assert [tables.ask("vehicle-crosses-often").findings] == [[]]


def test_a_list_of_known_values_says_which_findings_would_go(store: FactStore) -> None:
    tables = RuleTables(store)
    tables.transfer("2200111101", "2200111102", 50_000.0, 1)
    tables.transfer("2200111102", "2200111103", 49_000.0, 3, country="EC")
    tables.transfer("2200111103", "2200111104", 48_000.0, 5, **HIDDEN)
    heading = "clase;numero;entidad;pais"

    def without(*lines: str, reader: Reader = ANALYST) -> WithoutValues:
        content = "\n".join((heading, *lines)).encode()
        return tables.noise().without(read_warning_list(content), reader)

    answer = without("cuenta;2200111102;Banco X;EC", "nave;7;;", "cuenta;2200999999;Banco X;EC")
    assert [(item.rule, item.removed) for item in answer.removed] == [("money-passed-on", 1)]
    assert (answer.values, answer.total) == (1, 1)
    assert [line.line for line in answer.refused] == [3]
    assert without("cuenta;2200111102;Banco X;EC", reader=PERU).removed == [], "Peru has no finding"
    other = without("cuenta;2200999999;Banco X;EC")
    assert (other.values, other.removed) == (0, [])
    queries = query_layer(store.client, RULES, SECRET)
    unknown = read_warning_list(b"kind;number\nphone;+51900000000")
    assert queries.noise.without(unknown, ANALYST).values == 0
    (lookup,) = hash_lookups(queries.answer.empty_lookups, SECRET)
    assert lookup.question == "noise", "a guess leaves a trace"
    assert tables.evidence("money-passed-on") != [], "a question changes nothing"
    (thing,) = query_layer(store.client, RULES, SECRET).things.identified_by(
        Identifiers("account", "2200111102", "EC", institution="Banco X"), ANALYST
    )
    by_id = tables.noise().without(read_warning_list(f"thing\n{thing.id}".encode()), ANALYST)
    assert by_id.removed == answer.removed


def test_an_account_with_too_many_partners_is_said_and_comes_back(store: FactStore) -> None:
    tables = RuleTables(store)
    house = "2200555500"

    def of_paths(reader: Reader = ANALYST, as_of: int | None = None) -> list[LeftOut]:
        """What rules on paths leave out; networks set the house aside earlier."""
        noise = tables.noise().noise(reader, as_of)
        return [item for item in noise.left_out if item.rule.startswith("money-")]

    for number in range(30):
        tables.transfer(house, f"22007700{number:02}", 100.0, 1 + number % 20)
    assert of_paths() == []
    last = tables.transfer(house, "2200880000", 100.0, 9, **HIDDEN)
    since = derived.T0 + tables.number
    left_out = of_paths()
    assert {(item.reason, item.rule, item.records, item.limit) for item in left_out} == {
        ("hub", "money-passed-on", 31, 30),
        ("hub", "money-returns", 31, 30),
    }
    assert {to_epoch_ms(item.since) for item in left_out} == {since}
    assert all(house in item.group["es"] for item in left_out)
    assert of_paths(PERU) == [], "Peru sees thirty"
    tables.retract(last)
    assert of_paths() == []
    assert len(of_paths(as_of=since)) == 2


def test_a_rule_that_is_switched_off_finds_nothing_any_more_and_all_as_of_before(
    store: FactStore,
) -> None:
    tables, rule = RuleTables(store), "money-passed-on"
    tables.transfer("2200111101", "2200111102", 50_000.0, 1)
    tables.transfer("2200111102", "2200111103", 49_000.0, 3, country="EC")
    tables.transfer("2200111103", "2200111104", 48_000.0, 5)
    moment = to_epoch_ms(tables.ask(rule).findings[0].last_recorded)
    texts = library_texts()
    off = {name: text for name, text in texts.items() if name != rule}
    book = read_dated_rule_book([(0, texts), (moment + 1, off)])
    assert tables.ask(rule, as_of=moment, book=book) == tables.ask(rule, as_of=moment)
    assert not tables.ask("", book=book).findings
    with pytest.raises(UnknownNameError, match=f"no rule `{rule}`"):
        tables.ask(rule, book=book)
    change = RuleChange(rule, "", moment + 1, "ana", "fees look like it")
    with pytest.raises(UnknownNameError, match=r"off since .*, by ana, because: fees look"):
        tables.ask(rule, book=book.decided([change]))
    later = read_dated_rule_book([(0, off), (moment + 1, texts)])
    assert not tables.ask("", as_of=moment, book=later).findings
    assert tables.ask(rule, book=later).findings == tables.ask(rule).findings


def weapon(tables: RuleTables, country: str, status: str, serial: str) -> str:
    """Publish a record of a pistol; return its id."""
    mark = {"serial": serial, "make": "Taurus", "model": "PT 92", "calibre": "9 mm"}
    return tables.publish(
        "weapon_record", {"status": status, "weapon": {**WEAPON, **mark}}, country=country
    )


def test_a_rule_of_each_form_is_tried_before_it_counts(store: FactStore) -> None:
    tables = RuleTables(store)
    pair = {
        weapon(tables, "CO", "STOLEN", "TRY800101"),
        weapon(tables, "EC", "SEIZED", "TRY800101"),
    }
    weapon(tables, "CO", "STOLEN", "TRY800102")
    layer = query_layer(store.client, RULES, SECRET, rates=KNOWN_RATES)
    others: list[AnyRule] = [*RULES.bursts, *RULES.identities, *RULES.detectors]
    rules = {rule.id: rule for rule in (*RULES.by_id.values(), *others)}
    trials = {name: layer.candidates.trial(rule, None, ANALYST) for name, rule in rules.items()}
    stolen = trials["stolen-weapon-seized-abroad"]
    assert [{record.event for record in item.evidence} for item in stolen.examples] == []
    assert (stolen.findings, stolen.raised, stolen.withdrawn, stolen.records) == (1, 0, 0, 2)
    assert not any(trial.raised or trial.withdrawn for trial in trials.values())
    renamed = parse_rule("on-trial", library_texts()["stolen-weapon-seized-abroad"])
    fresh = layer.candidates.trial(renamed, None, ANALYST)
    assert [{record.event for record in item.evidence} for item in fresh.examples] == [pair]
    assert fresh.examples[0].sentence["en"] and fresh.examples[0].confidence["es"]


def test_a_rule_on_trial_is_shown_to_its_author_alone(store: FactStore) -> None:
    tables = RuleTables(store)
    weapon(tables, "CO", "STOLEN", "TRY800201")
    weapon(tables, "EC", "SEIZED", "TRY800201")
    renamed = parse_rule("on-trial", library_texts()["stolen-weapon-seized-abroad"])
    shadows = [(ANALYST.person, renamed)]
    layer = query_layer(store.client, RULES, SECRET, rates=KNOWN_RATES, shadows=shadows)
    assert [item.rule for item in layer.candidates.shadow_findings(ANALYST).findings] == [
        "on-trial"
    ]
    other = replace(ANALYST, person="somebody else")
    assert layer.candidates.shadow_findings(other).findings == []
    for rule in ("on-trial", "none"):
        with pytest.raises(UnknownNameError, match=f"no rule `{rule}`"):
            layer.candidates.shadow_findings(other, rule=rule)
        with pytest.raises(UnknownNameError):
            layer.rule_findings.findings(ANALYST, rule=rule)
    assert not layer.rule_findings.findings(ANALYST).findings
