"""Corrections, retractions and erasures on the running pipeline, from a node's command to the
disk's last byte.

How long an erasure takes with the product's own settings, at most (what the first test adds up):

    a node's command states it; it is accepted, and the keys leave the outbox and Kafka's newest
    lists    seconds the old lists wait in the active segment until it is rolled: ROLL_MS
    61 s compaction must begin within max.compaction.lag.ms of that, and is looked for every 5 s
    65 s the files that it replaced are removed after log.segment.delete.delay.ms
    10 s
                                                                                            measured:
                                                                                            87 s in
                                                                                            all
    meanwhile: RocksDB is compacted COMPACT_AFTER_S after, old parts of ClickHouse go
    old_parts_lifetime after, 20 s and 60 s

This test shortens ROLL_MS, the keys topics' segment.ms and max.compaction.lag.ms, and
old_parts_lifetime, and stores payloads without compression, so that a search of the files would
find them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from consumers.maintenance import rebuild
from consumers.store.sql import MIGRATIONS
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka import topic_admin as kafka_topics
from infra.keys import keyring
from infra.settings import Settings
from producers.delivery import erasure
from producers.mapping.loader import load_mapping
from producers.node import ControlStatement, CountryNode
from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.crypto.sealing import open_key_list, read_signed
from schemas.model import COUNTRIES, THING_PARTITIONS
from streams.matching import BirthDate, PersonRecord, to_bytes
from streams.worker.partition import COMPACT_AFTER_S
from tests.support.engines import eventually
from tests.support.exchange import wait_at_rest
from tests.support.node import NOTICES, row
from tests.support.pipeline_harness import MECHANISM, WITHIN_S, Pipeline, codes, now
from tests.support.signed_bundles import Item, control, example, weapon

pytestmark = pytest.mark.integration

MINUTES_MS = 15 * 60_000
FREE_TEXT = "Testigo protegido Quillahuamán"
SERIAL, WRITTEN = "ZQX7714409", "ZQX-771-4409"
"""One weapon, as Peru writes its serial and as the event that is erased does."""
GONE_WITHIN_S = 90.0
HEADER_OF_NOTICES = "REF,NAMES,SURNAME,SECOND,BIRTH\n"
CO, EC, PE = "co-ponal", "ec-policia", "pe-sucamec"


@dataclass(frozen=True)
class Erased:
    """An event under erasure. `traces`: what must be found nowhere; `found_before`: in which files
    each was, by its name.
    """

    id: bytes
    traces: Mapping[str, bytes]
    found_before: Mapping[str, list[str]]
    accepted: bool


# -- settings


def test_the_product_s_own_settings_erase_within_fifteen_minutes() -> None:
    keys = next(spec for spec in topics.log_topics() if spec.name == topics.keys("CO")).configs
    root = Path(kafka_topics.__file__).parent
    broker = dict(
        line.split("=", 1)
        for line in (root / "node.properties").read_text().splitlines()
        if "=" in line and line[0] != "#"
    )
    tables = (MIGRATIONS / "0001_tables.sql").read_text()
    lifetimes = [int(matches) for matches in re.findall(r"old_parts_lifetime = (\d+)", tables)]
    assert len(lifetimes) == tables.count("CREATE TABLE")
    assert int(keys["segment.ms"]) < erasure.ROLL_MS
    log = (
        erasure.ROLL_MS
        + int(keys["max.compaction.lag.ms"])
        + 2 * int(broker["log.cleaner.backoff.ms"])
    )
    log += int(broker["log.segment.delete.delay.ms"])
    assert max(log, COMPACT_AFTER_S * 1000, max(lifetimes) * 1000) <= MINUTES_MS / 3


@pytest.fixture(scope="module")
def quick(pipeline: Pipeline) -> Iterator[Pipeline]:
    """The pipeline with erasures in seconds."""
    shorter = {"segment.ms": "2000", "max.compaction.lag.ms": "1", "file.delete.delay.ms": "100"}
    specs = [
        replace(spec, configs=spec.configs | shorter)
        for spec in topics.log_topics()
        if spec.name in map(topics.keys, COUNTRIES)
    ]
    number = pipeline.generation
    erasable = {topics.links(number), topics.observations(number), topics.evidence(number)}
    specs += [
        replace(spec, configs=spec.configs | shorter)
        for spec in topics.derived_topics(number)
        if spec.name in erasable
    ]
    kafka_topics.ensure(pipeline.settings.kafka, specs)
    _plain(pipeline.settings, pipeline.generation)
    patch = pytest.MonkeyPatch()
    patch.setattr(erasure, "ROLL_MS", 2500)
    yield pipeline
    patch.undo()


def _plain(settings: Settings, generation: int) -> None:
    """Payloads uncompressed, old parts removed at once."""
    client = connect(settings, StoreUser.MIGRATOR, database_of(generation))
    client.execute("ALTER TABLE events MODIFY COLUMN payload String CODEC(NONE)")
    for table in ("events", "observations", "evidence", "items", "links"):
        client.execute(f"ALTER TABLE {table} MODIFY SETTING old_parts_lifetime = 1")
    client.disconnect()


# -- erasure


@pytest.fixture(scope="module")
def erased(quick: Pipeline) -> Erased:
    """An event that made an indicator, stored, corrected once, and stated to be erased; other tests
    run while that goes on.
    """
    pipeline = quick
    note = f"{FREE_TEXT} vive en la esquina"
    assert (
        pipeline.publish(CO, row(1, WRITTEN, note=note), row(2), name="erased.csv").counts()[
            "accepted"
        ]
        == 2
    )
    assert pipeline.correct(CO, row(1, WRITTEN, note=f"{note} norte")).counts()["accepted"] == 1
    assert pipeline.publish(PE, row(1, SERIAL, "seized")).counts()["accepted"] == 1
    pipeline.eventually(
        lambda: len(pipeline.indicators(SERIAL)) == 2, "the indicators of the weapon"
    )
    id_ = pipeline.id_of(CO, "R-1")
    traces = {
        "serial": WRITTEN.encode(),
        "free text": FREE_TEXT.encode(),
        **_keys(pipeline, CO, id_),
    }
    before = _grep(pipeline, traces)
    with CountryNode(pipeline.settings, CO) as node:
        report = node.erase(ControlStatement("erasure", id_, "COURT_ORDER"))  # type: ignore[arg-type]
    return Erased(id_, traces, before, report.counts()["accepted"] == 1)


@pytest.fixture(scope="module")
def erased_person(quick: Pipeline) -> Erased:
    """A notice that was linked with another country's, whose spelling differs, and is erased."""
    pipeline = quick
    notices = pipeline.files / "notices.toml"
    notices.write_text(NOTICES, encoding="utf-8")
    for name, surname in ((CO, "Quillahuamán"), (PE, "Kispiwaman")):
        path = pipeline.files / f"notices-{name}.csv"
        path.write_text(f"{HEADER_OF_NOTICES}N-1,Zulemita,{surname},Yupanqui,07/03/1984\n")
        with CountryNode(pipeline.settings, name) as node:
            report = node.publish(path, load_mapping(str(notices)), wait=WITHIN_S)
            assert report.counts()["accepted"] == 1
    with CountryNode(pipeline.settings, CO) as node:
        id_ = node.id_of_reference("person_notice", "N-1")
    pipeline.eventually(lambda: bool(_link_messages(pipeline, id_)), "the two are linked")
    pipeline.eventually(lambda: _rows_of(pipeline, "links", id_) > 0, "the link is stored")
    record = PersonRecord(
        given=("ZULEMITA",), surnames=("QUILLAHUAMAN", "YUPANQUI"), birth=BirthDate(1984, 3, 7)
    )
    values = _link_messages(pipeline, id_)
    traces = {"record": to_bytes(record)[1:30], "name": b"QUILLAHUAMAN"}
    traces |= {f"link {number}": value for number, value in enumerate(values)}
    before = _grep(pipeline, traces)
    with CountryNode(pipeline.settings, CO) as node:
        report = node.erase(ControlStatement("erasure", id_, "COURT_ORDER"))
    return Erased(id_, traces, before, report.counts()["accepted"] == 1)


@pytest.fixture(scope="module")
def erased_thing(quick: Pipeline) -> Erased:
    """A weapon of which two countries know, one of them in evidence with it; both are erased."""
    pipeline, serial = quick, "VHX5550001"
    pipeline.publish(CO, row(70, serial), row(71, "VHX5550002"))
    pipeline.publish(PE, row(70, serial, "seized"))
    pipeline.eventually(lambda: len(pipeline.indicators(serial)) == 2, "indicators")
    ids = [pipeline.id_of(node, "R-70") for node in (CO, PE)]
    with pipeline.client() as client:
        query = "SELECT DISTINCT hex(thing) FROM observations WHERE hex(event_id) = {id:String}"
        keys = client.execute(query, {"id": ids[0].hex().upper()})
    traces = {f"thing {number}": bytes.fromhex(key) for number, (key,) in enumerate(keys)}
    traces |= {
        f"thing {number} in a statement": key.lower().encode() for number, (key,) in enumerate(keys)
    }
    traces |= {f"row of {node}": id_ for node, id_ in zip((CO, PE), ids, strict=True)}
    before = _derived(_grep(pipeline, traces))
    for node, id_ in zip((CO, PE), ids, strict=True):
        with CountryNode(pipeline.settings, node) as country:
            report = country.erase(ControlStatement("erasure", id_, "COURT_ORDER"))  # type: ignore[arg-type]
            assert report.counts()["accepted"] == 1
    return Erased(ids[0], traces, before, accepted=True)


def _derived(matches: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Files that name a thing, and of those with an event's id the ones that say what it was about.

    The id itself stays in the log, in what was accepted, and among what the worker ignores.
    """
    return {
        name: [
            path
            for path in paths
            if not name.startswith("row of")
            or (
                any(part in path for part in ("quipu.observations", "quipu.evidence"))
                and path.startswith("kafka")
            )
        ]
        for name, paths in matches.items()
    }


def _link_messages(pipeline: Pipeline, id_: bytes) -> list[bytes]:
    """What the topic of links says of an event: both ids, as they stand in a message."""
    topic, pairs = topics.links(pipeline.generation), list[bytes]()
    for partition in range(THING_PARTITIONS):
        with closing(PartitionReader(pipeline.settings.kafka, topic, partition)) as reader:
            for message in reader.read_to_end():
                record = log_format("link").read(message.value) if message.value else None
                if record is not None and id_ in (record["first"], record["second"]):
                    pairs.append(record["first"] + record["second"])
    return sorted(set(pairs))


def _rows_of(pipeline: Pipeline, table: str, id_: bytes) -> int:
    with pipeline.client() as client:
        query = f"SELECT count() FROM {table} WHERE hex(event_id) = {{id:String}}"
        ((count,),) = client.execute(query, {"id": id_.hex().upper()})
    return int(count)


def _keys(pipeline: Pipeline, node: str, id_: bytes) -> dict[str, bytes]:
    """Of every version: the 48 wrapped bytes of its key, and the key itself."""
    datas: dict[str, bytes] = {}
    unwrap = keyring.load_mechanism_keys(pipeline.settings).unwrap
    sql = "SELECT item, key_list FROM items JOIN contents USING (cord, sequence) WHERE id = ?"
    with closing(sqlite3.connect(pipeline.settings.node_dir(node) / "outbox.db")) as outbox:
        for number, (item, signed) in enumerate(outbox.execute(sql, (id_,)).fetchall()):
            record = log_format("key_list").read(read_signed(signed)["body"])
            key = open_key_list(record, keyring.RECIPIENT, [unwrap])[item]
            assert isinstance(key, bytes)
            assert len(record["keys"][item]) == 48
            datas |= {f"wrapped key {number}": record["keys"][item], f"key {number}": key}
    return datas


def _grep(pipeline: Pipeline, traces: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The files of the exchange and its engines that hold each of these bytes."""
    matches: dict[str, list[str]] = {name: [] for name in traces}
    for home in (pipeline.settings.home, pipeline.engines.settings.home):
        for path in sorted(home.rglob("*")):
            try:
                content = path.read_bytes() if path.is_file() else b""
            except FileNotFoundError:
                continue  # removed while we looked
            for name, trace in traces.items():
                if trace in content:
                    matches[name].append(str(path.relative_to(home)))
    return matches


def test_what_is_to_be_erased_is_on_the_disk_before(erased: Erased) -> None:
    """Else finding it nowhere afterwards would mean nothing."""
    assert erased.accepted
    before = erased.found_before
    assert all(
        any(file.startswith("clickhouse/") for file in before[name])
        for name in ("serial", "free text")
    ), before
    for number in (0, 1):
        files = before[f"wrapped key {number}"]
        assert any(file.startswith("kafka/") and "quipu.keys.co" in file for file in files), files
        assert any(file.startswith(f"nodes/{CO}/outbox.db") for file in files), files


# -- correction


def test_a_correction_of_the_serial_withdraws_the_old_evidence_and_the_past_stays_askable(
    quick: Pipeline,
) -> None:
    pipeline, wrong, right = quick, "KRT550011", "KRT550099"
    pipeline.publish(CO, row(10, wrong))
    pipeline.publish(PE, row(10, wrong, "seized"))
    pipeline.publish(EC, row(10, right, "seized"))
    pipeline.eventually(
        lambda: len(pipeline.indicators(wrong)) == 2, "the wrong serial's indicators"
    )
    assert pipeline.indicators(right) == []
    then = now()
    pipeline.eventually(lambda: now() > then, "the clock goes on")
    assert codes(pipeline.correct(CO, row(10, right))) == []
    pipeline.eventually(
        lambda: pipeline.indicators(wrong) == [] and len(pipeline.indicators(right)) == 2,
        "they moved to the right serial",
    )
    assert {
        piece.country for indicator in pipeline.indicators(right) for piece in indicator.evidence
    } == {
        "CO",
        "EC",
    }
    assert (len(pipeline.indicators(wrong, then)), pipeline.indicators(right, then)) == (2, [])
    event_history = pipeline.history(pipeline.id_of(CO, "R-10"))
    assert event_history is not None
    assert [version.status for version in event_history.versions] == ["current", "corrected"]


def test_a_correction_before_what_it_corrects_is_the_current_version(quick: Pipeline) -> None:
    pipeline, hand = quick, quick.hands["co-mano"]
    old = weapon("C-1", "STOLEN", "PRE330011", make="GLOCK")
    new = replace(weapon("C-1", "STOLEN", "PRE330099", make="GLOCK"), supersedes=old)
    pipeline.publish(PE, row(20, "PRE330011", "seized"), row(21, "PRE330099", "seized"))
    assert pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", new)) == [("accepted", "")]
    assert pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", old)) == [("accepted", "")]
    pipeline.eventually(
        lambda: len(pipeline.indicators("PRE330099")) == 2, "the corrected serial's indicators"
    )
    assert pipeline.indicators("PRE330011") == []
    event_history = pipeline.history(hand.id_of(old))
    assert event_history is not None
    assert event_history.current.supersedes is not None


# -- retraction


def test_a_retraction_withdraws_what_was_derived_and_the_past_stays_askable(
    quick: Pipeline,
) -> None:
    pipeline, serial = quick, "RTC880022"
    pipeline.publish(CO, row(30, serial))
    pipeline.publish(PE, row(30, serial, "seized"))
    pipeline.publish(EC, row(30, serial, "seized"))
    pipeline.eventually(
        lambda: _countries(pipeline, serial) == {"CO", "EC", "PE"}, "three countries' evidence"
    )
    then = now()
    pipeline.eventually(lambda: now() > then, "the clock goes on")
    assert _retract(pipeline, PE, "R-30") == []
    pipeline.eventually(
        lambda: _countries(pipeline, serial) == {"CO", "EC"}, "revised: without Peru"
    )
    assert _retract(pipeline, CO, "R-30") == []
    pipeline.eventually(
        lambda: pipeline.indicators(serial) == [],
        "withdrawn: Ecuador alone is no crossing of borders",
    )
    assert {
        piece.country
        for indicator in pipeline.indicators(serial, then)
        for piece in indicator.evidence
    } == {
        "CO",
        "EC",
        "PE",
    }
    event_history = pipeline.history(pipeline.id_of(PE, "R-30"))
    assert event_history is not None
    assert (event_history.status, [act.type for act in event_history.acts]) == (
        "retracted",
        ["retraction"],
    )


def test_a_retraction_or_erasure_before_its_target_works(quick: Pipeline) -> None:
    pipeline, hand = quick, quick.hands["co-mano"]
    pipeline.publish(
        PE,
        row(40, "FST110011", "seized"),
        row(41, "FST110022", "seized"),
        row(42, "FST110033", "seized"),
    )
    retracted, gone, item = (
        weapon(f"F-{serial}", "STOLEN", serial, make="GLOCK")
        for serial in ("FST110011", "FST110022", "FST110033")
    )
    early = [
        control("retraction", "F-A", hand.id_of(retracted)),
        control("erasure", "F-B", hand.id_of(gone)),
    ]
    assert (
        pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", *early)) == [("accepted", "")] * 2
    )
    assert (
        pipeline.verdicts("co-mano", pipeline.by_hand("co-mano", retracted, gone, item))
        == [("accepted", "")] * 3
    )
    pipeline.eventually(lambda: len(pipeline.indicators("FST110033")) == 2, "the third is evidence")
    assert pipeline.indicators("FST110011") == pipeline.indicators("FST110022") == []
    pipeline.eventually(
        lambda: _status(pipeline, hand.id_of(retracted)) == "retracted", "shown as retracted"
    )
    event_history = pipeline.history(hand.id_of(gone))
    assert event_history is not None
    assert (event_history.status, event_history.current.payload) == ("erased", None)
    with pipeline.client() as client:
        stored = client.execute(
            "SELECT payload, erased FROM events FINAL WHERE hex(id) = {id:String}",
            {"id": hand.id_of(gone).hex().upper()},
        )
    assert stored == [("", 1)]


def test_alike_objects_and_ways_of_acting_are_found_on_the_pipeline_and_end_with_a_record(
    quick: Pipeline,
) -> None:
    pipeline, chalice = quick, example("cultural_object").payload
    chalice = {**chalice, "persons": [], "source_reference": "K-1"}
    method = "Boquerón desde la alcantarilla, inhibidor de señal y lanza térmica en la bóveda"
    incident = {**example("crime_incident").payload, "modus_operandi": method}
    incident |= {"source_reference": "K-2", "persons": [], "weapons": [], "vehicles": []}
    for hand, status in (("co-mano", "STOLEN"), ("ec-mano", "OFFERED")):
        items = (
            Item("cultural_object", "K-1", {**chalice, "status": status}),
            Item("crime_incident", "K-2", incident),
        )
        offset = pipeline.by_hand(hand, *items)
        assert pipeline.verdicts(hand, offset) == [("accepted", "")] * 2

    def rules() -> set[str]:
        with pipeline.queries() as queries:
            findings = queries.alike.findings(MECHANISM).findings
        return {finding.rule for finding in findings}

    both = {"same-object-in-two-countries", "same-method-in-two-countries"}
    pipeline.eventually(lambda: rules() == both, "both findings")
    answer = pipeline.quipu("alike-findings", "--as", "CO/analyst/AMBER")
    assert answer.returncode == 0 and "offered for sale in Ecuador" in answer.stdout
    offered = pipeline.hands["ec-mano"].id_of(Item("cultural_object", "K-1", chalice))
    pipeline.by_hand("ec-mano", control("retraction", "K-3", offered))
    pipeline.eventually(lambda: rules() == both - {"same-object-in-two-countries"}, "it ended")


# -- anybody else's


def test_nobody_else_corrects_retracts_or_erases(quick: Pipeline) -> None:
    pipeline, serial = quick, "OWN660044"
    pipeline.publish(CO, row(50, serial))
    pipeline.publish(PE, row(50, serial, "seized"))
    pipeline.eventually(lambda: len(pipeline.indicators(serial)) == 2, "indicators")
    id_ = pipeline.id_of(CO, "R-50")
    theirs = weapon("R-50", "LOST", "OWN660055", make="GLOCK", envelope=_corrects(pipeline, id_))
    acts: list[Item] = [theirs, control("retraction", "S-1", id_), control("erasure", "S-2", id_)]
    for hand in ("ec-mano", "co-mano"):  # another country, and another node of the same country
        record = pipeline.receipt(hand, pipeline.by_hand(hand, *acts))
        assert [(item["verdict"], item["code"], item["field"]) for item in record["items"]] == [
            ("rejected", "NOT_OWNER", "id"),
            ("rejected", "NOT_OWNER", "target"),
            ("rejected", "NOT_OWNER", "target"),
        ]
    with CountryNode(pipeline.settings, EC) as node:  # its own node does not even send it
        for type_, reason in (("retraction", "WRONG"), ("erasure", "COURT_ORDER")):
            report = node.retract(ControlStatement(type_, id_, reason))  # type: ignore[arg-type]
            assert codes(report) == [(0, "refused", "UNKNOWN_TARGET")]
    assert len(pipeline.indicators(serial)) == 2
    assert _status(pipeline, id_) == "current"


# -- and at last


def test_after_an_erasure_its_content_is_found_nowhere_on_the_disk(
    quick: Pipeline, erased: Erased
) -> None:
    pipeline = quick
    with CountryNode(pipeline.settings, CO) as node:

        def done() -> bool:
            return node.send(wait=1.0).erasures == 0

        pipeline.eventually(done, "the node's own steps")

    def left() -> dict[str, list[str]]:
        return {name: files for name, files in _grep(pipeline, erased.traces).items() if files}

    eventually(lambda: not left(), lambda: f"nothing is left; there is {left()}", GONE_WITHIN_S)
    _nothing_speaks_of_it(pipeline, erased)


def test_after_an_erasure_nothing_of_a_person_is_found_in_state_links_or_tables(
    quick: Pipeline, erased_person: Erased
) -> None:
    """Without a rebuild: what was derived leaves the disk as what it was derived from."""
    pipeline, before = quick, erased_person.found_before
    assert erased_person.accepted
    assert any(file.startswith("state/") for file in before["name"]), before
    assert any("quipu.links." in file for file in before["link 0"]), before
    with CountryNode(pipeline.settings, CO) as node:
        pipeline.eventually(lambda: node.send(wait=1.0).erasures == 0, "the node's own steps")

    def left() -> dict[str, list[str]]:
        for partition in range(THING_PARTITIONS):  # as the worker does after a minute
            pipeline.send(topics.links(pipeline.generation), partition, None, "roll")
        files = _grep(pipeline, erased_person.traces).items()
        return {name: paths for name, paths in files if paths}

    eventually(lambda: not left(), lambda: f"nothing is left; there is {left()}", GONE_WITHIN_S)
    assert _rows_of(pipeline, "links", erased_person.id) == 0
    assert _link_messages(pipeline, erased_person.id) == []


def test_after_an_erasure_nothing_says_what_things_it_was_about(
    quick: Pipeline, erased_thing: Erased
) -> None:
    """Without a rebuild: neither topics nor state nor tables name the weapon, or the events on it."""
    pipeline, before = quick, erased_thing.found_before
    for topic in ("quipu.observations", "quipu.evidence"):
        assert any(topic in path for path in before[f"row of {CO}"]), before
    assert any(path.startswith("state/") for path in before["thing 0"]), before
    for node in (CO, PE):
        with CountryNode(pipeline.settings, node) as country:
            pipeline.eventually(partial(_has_erased, country), "the node's own steps")

    def left() -> dict[str, list[str]]:
        for partition in range(THING_PARTITIONS):  # as the worker does after a minute
            for topic in (topics.observations, topics.evidence):
                pipeline.send(topic(pipeline.generation), partition, None, "roll")
        files = _derived(_grep(pipeline, erased_thing.traces)).items()
        return {name: paths for name, paths in files if paths}

    eventually(lambda: not left(), lambda: f"nothing is left; there is {left()}", GONE_WITHIN_S)
    beside = pipeline.history(pipeline.id_of(CO, "R-71"))
    assert beside is not None and len(beside.things) == 1


def _has_erased(node: CountryNode) -> bool:
    return node.send(wait=1.0).erasures == 0


def test_a_rebuild_is_byte_equal_and_does_not_bring_it_back(
    quick: Pipeline, erased: Erased, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline, prepare = quick, rebuild.prepare

    def prepare_plainly(settings: Settings, number: int) -> None:
        prepare(settings, number)
        _plain(settings, number)

    monkeypatch.setattr(rebuild, "prepare", prepare_plainly)
    pipeline.publish(
        PE, row(60), wait=0
    )  # answered to the former generation's receipts, which its node has not read
    wait_at_rest(pipeline.settings, pipeline.generation)
    before = pipeline.generation
    outcome = rebuild.rebuild(
        pipeline.settings, lambda words: None, rebuild.RebuildPlan(patience_s=120.0)
    )
    assert [
        (table.table, table.only_old, table.only_new) for table in outcome.tables if not table.equal
    ] == []
    assert pipeline.generation == before + 1
    assert [name for name, files in _grep(pipeline, erased.traces).items() if files] == []
    _nothing_speaks_of_it(pipeline, erased)
    # of the same bundle, under the same key list
    beside = pipeline.history(pipeline.id_of(CO, "R-2"))
    assert beside is not None
    assert beside.current.payload
    _nothing_is_left_of(pipeline, before)
    for name in (CO, EC, PE):
        with CountryNode(pipeline.settings, name) as node:
            node.send(wait=10)
            assert [
                reconcile_count
                for reconcile_count in node.reconcile_counts()
                if reconcile_count["unanswered"]
            ] == []
    assert pipeline.publish(CO, row(61)).counts()["accepted"] == 1
    assert pipeline.quipu("reconcile", "--wait", "30").returncode == 0


def _nothing_speaks_of_it(pipeline: Pipeline, erased: Erased) -> None:
    """As any reader sees it: an envelope without content, no evidence, no member of any thing."""
    event_history = pipeline.history(erased.id)
    assert event_history is not None
    assert (
        event_history.status,
        {version.payload for version in event_history.versions},
        event_history.things,
    ) == (
        "erased",
        {None},
        [],
    )
    assert pipeline.indicators(SERIAL) == []
    with pipeline.client() as client:
        for table in ("observations", "evidence"):
            texts = {"id": erased.id.hex().upper()}
            assert client.execute(
                f"SELECT count() FROM {table} WHERE hex(event_id) = {{id:String}}", texts
            ) == [(0,)]


def _nothing_is_left_of(pipeline: Pipeline, generation: int) -> None:
    """No later erasure would reach it."""
    with pipeline.client() as client:
        assert client.execute(
            "SELECT count() FROM system.databases WHERE name = {name:String}",
            {"name": database_of(generation)},
        ) == [(0,)]
    state = pipeline.settings.state_dir
    assert [str(path) for path in (*state.glob(f"*/g{generation}"), *state.glob("rebuild"))] == []


def _countries(pipeline: Pipeline, serial: str) -> set[str]:
    return {
        piece.country for indicator in pipeline.indicators(serial) for piece in indicator.evidence
    }


def _retract(pipeline: Pipeline, node: str, reference: str) -> list[Any]:
    id_ = pipeline.id_of(node, reference)
    with CountryNode(pipeline.settings, node) as country:
        return codes(country.retract(ControlStatement("retraction", id_, "WRONG")))  # type: ignore[arg-type]


def _status(pipeline: Pipeline, id_: bytes) -> str | None:
    event_history = pipeline.history(id_)
    return event_history.status if event_history else None


def _corrects(pipeline: Pipeline, id_: bytes) -> Record:
    """What the envelope of a correction of this event says."""
    with pipeline.client() as client:
        rows = client.execute(
            "SELECT hex(version) FROM events WHERE hex(id) = {id:String}", {"id": id_.hex().upper()}
        )
    return {"id": id_, "supersedes": bytes.fromhex(rows[0][0]), "correction_reason": "WRONG"}
