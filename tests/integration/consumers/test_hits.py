"""Hits on a real exchange: two nodes publish, each reads its hit with the other's contact; ended by
a retraction; over a kill.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from consumers.hits.notice_thread import NoticeThread, notice_channels
from consumers.hits.notifier import HitNotifier
from consumers.hits.process import hit_notifier
from consumers.identity.account import UserAccount
from consumers.identity.identity import open_identity
from consumers.notices.decide import PersonState
from consumers.notices.desk import NoticeDesk, Subscriber
from consumers.notices.settings import NoticeSettings, NoticeWay
from consumers.notices.settings_store import NoticeSettingsStore
from consumers.notices.state_file import NAME
from consumers.notices.store_sources import StoreSources
from consumers.query.indicator_queries import ANY_INDICATOR
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from consumers.runtime.consumer_lag import lag
from consumers.runtime.serving_config import read_serving_config
from consumers.serving.query_pool import open_pool
from infra.alert_access import AlertAccess
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import MechanismKeys, load_mechanism_keys
from infra.supervisor import Supervisor
from producers.node import ControlStatement, CountryNode
from producers.outbox.hits import NodeHit
from schemas import topics
from schemas.avro.codec import log_format
from schemas.model import DAY_MS
from schemas.release.rules import EMBEDDED_PURPOSE
from streams.rules import library_texts, read_rule_book
from tests.support.certificates import TestAuthority
from tests.support.exchange import child, supervised
from tests.support.message_servers import mail_server
from tests.support.node import row
from tests.support.pipeline_harness import Pipeline, codes
from tests.support.receipts import opened

pytestmark = pytest.mark.integration
RULE = "stolen-weapon-seized-abroad"


@pytest.fixture(scope="module")
def hits(pipeline: Pipeline) -> Iterator[Supervisor]:
    """The process, beside the shared line."""
    for country, authority, office, phone in (
        ("CO", "PONAL", "CECOD, sala de guardia", "+576013159000"),
        ("PE", "SUCAMEC", "Oficial de turno", "+5114124000"),
    ):
        finished = pipeline.quipu(
            "contact", "set", country, authority, "--office", office, "--phone", phone
        )
        assert finished.returncode == 0, finished.stderr
    with supervised(
        pipeline.settings, [child(pipeline.settings, "hits", "consumers.hits")]
    ) as supervisor:
        yield supervisor


def test_a_hit_is_mailed_once_acknowledged_and_both_are_in_the_log(
    pipeline: Pipeline, hits: Supervisor, tmp_path: Path
) -> None:
    person = UserAccount("guardia.ponal", "CO", "PONAL", frozenset({"analyst"}), "AMBER")
    chosen = NoticeSettings(person.name, NoticeWay.AT_ONCE, "guardia@ponal.example", lang="en")
    with open_identity(pipeline.settings) as identity:
        identity.accounts.add(person, "test")
        chosen = NoticeSettingsStore(identity.store).put(chosen)
    names = publish_pair(pipeline, 7_301, "NOT73010")
    hit = await_hit(pipeline, "co-ponal", names[0])
    authority = TestAuthority(tmp_path, "ca")
    with mail_server(authority) as (port, server):
        access = AlertAccess(
            smtp=f"127.0.0.1:{port}",
            mail_from="quipu@mec.example",
            mail_to=("turno@mec.example",),
            ca_file=authority.file,
        )
        settings = replace(pipeline.settings, alert_access=access)
        config = read_serving_config(settings)
        with closing(NoticeThread(settings, config)):
            pipeline.eventually(lambda: bool(server.bodies), "a mail is sent")
        mail = message_from_bytes(server.bodies[0], policy=default)
        text = f"{mail['Subject']} {mail.get_content()}"
        assert mail["To"] == "guardia@ponal.example"
        assert "new match" in text and "severity" in text
        assert not any(secret in text for secret in ("NOT73010", "PE", "SUCAMEC", "AMBER"))
        client = connect(settings, StoreUser.READER, database_of(config.generation))
        layer = partial(QueryLayer, client, config)
        reader = person.reader(EMBEDDED_PURPOSE)
        sources = StoreSources(client, layer, None)
        pipeline.eventually(
            lambda: hit.indicator in sources.states().get(person.name, PersonState()).hits,
            "the ledger says what was sent",
        )
        (settings.health_dir / NAME).unlink()
        again = NoticeDesk(settings, sources, notice_channels(settings))
        assert again.look([Subscriber(chosen, reader)], [], now_ms() + DAY_MS) == 0
        assert len(server.bodies) == 1
    with closing(open_pool(settings)) as pool:
        assert not pool.acknowledge(reader, str(UUID(int=7)), "cli")
        assert pool.acknowledge(reader, hit.indicator, "cli")
    pipeline.eventually(
        lambda: any(
            item.indicator.id == hit.indicator and item.acknowledged_at
            for item in layer().hits.page(reader, ANY_INDICATOR, None, PageRange(1_000)).items
        ),
        "the list says that it is acknowledged",
    )
    client.disconnect()


@pytest.fixture(scope="module")
def stopped(pipeline: Pipeline, hits: Supervisor) -> MechanismKeys:
    """From here on a test does the process's steps itself, with these keys."""
    hits.stop()
    return load_mechanism_keys(pipeline.settings)


def received(pipeline: Pipeline, node: str, file: str) -> list[NodeHit]:
    """The hits of a node in which a record of this file takes part, as it knows them after
    listening.
    """
    with CountryNode(pipeline.settings, node) as country:
        return hits_of(country, file)


def hits_of(country: CountryNode, file: str) -> list[NodeHit]:
    country.send(0)
    return [
        hit
        for hit in country.hits().hits
        if hit.rule == RULE and any(own.file == file for own in hit.own)
    ]


def await_hit(
    pipeline: Pipeline, node: str, file: str, status: str = "live", records: int | None = None
) -> NodeHit:
    """Wait for a hit; the node stays open meanwhile, because to open it takes a second."""
    node_hits: list[NodeHit] = []

    def has_arrived() -> bool:
        node_hits[:] = [
            node_hit
            for node_hit in hits_of(country, file)
            if node_hit.status == status
            and (records is None or sum(other.records for other in node_hit.others) == records)
        ]
        return bool(node_hits)

    with CountryNode(pipeline.settings, node) as country:
        pipeline.eventually(has_arrived, f"{node} hears of {file}: {status}, {records}")
    (item,) = node_hits
    return item


def contents(pipeline: Pipeline) -> dict[bytes, list[bytes]]:
    """What the topics of hits say, by key, in their order."""
    statement: dict[bytes, list[bytes]] = {}
    owners = {(node.country, node.authority) for node in pipeline.hands.values()}
    for owner in owners:
        topic = topics.hits(pipeline.generation, *owner)
        with closing(PartitionReader(pipeline.settings.kafka, topic, 0)) as reader:
            if not reader.exists():
                continue
            for message in reader.read(reader.end()):
                body = opened(pipeline.settings, message.topic, message.value)
                statement.setdefault(message.key or b"", []).append(body)
    return statement


def publish_pair(pipeline: Pipeline, number: int, serial: str) -> tuple[str, str]:
    """A record of Colombia and one of Peru. Their numbers are those of no other test: the modules
    share the pipeline, and the node would refuse a reference that it knows with another content.
    """
    names = f"hit-co-{serial}.csv", f"hit-pe-{serial}.csv"
    reports = (
        pipeline.publish("co-ponal", row(number, serial), name=names[0]),
        pipeline.publish("pe-sucamec", row(number, serial, "seized"), name=names[1]),
    )
    assert [codes(report) for report in reports] == [[], []]
    return names


def retract(pipeline: Pipeline, node: str, reference: str) -> None:
    with CountryNode(pipeline.settings, node) as country:
        country.retract(
            ControlStatement(
                "retraction", country.id_of_reference("weapon_record", reference), "WRONG"
            ),
            wait=30,
        )


def test_each_owner_hears_of_the_others_record_and_whom_to_call_until_it_is_retracted(
    pipeline: Pipeline, hits: Supervisor
) -> None:
    of_colombia, of_peru = publish_pair(pipeline, 9101, "HIT700101")
    await_hit(pipeline, "co-ponal", of_colombia)
    pipeline.eventually(
        lambda: all(
            other_records.contact
            for other_records in await_hit(pipeline, "co-ponal", of_colombia).others
        ),
        "the contacts' notice is over",
    )
    colombia = await_hit(pipeline, "co-ponal", of_colombia)
    peru = await_hit(pipeline, "pe-sucamec", of_peru)
    assert [
        (other.authority, other.records, other.contact and other.contact.phone)
        for other in colombia.others
    ] == [("SUCAMEC", 1, "+5114124000")]
    assert [(other.authority, other.contact and other.contact.office) for other in peru.others] == [
        ("PONAL", "CECOD, sala de guardia")
    ]
    assert (colombia.own[0].line, colombia.severity, colombia.indicator) == (
        2,
        "high",
        peru.indicator,
    )
    finished = pipeline.quipu("hits", "--node", "co-ponal")
    assert "+5114124000" in finished.stdout, finished.stderr
    _in_the_ledger(pipeline, colombia)
    retract(pipeline, "pe-sucamec", "R-9101")
    assert await_hit(pipeline, "co-ponal", of_colombia, "gone").others == []
    assert await_hit(pipeline, "pe-sucamec", of_peru, "gone").indicator == colombia.indicator


def _in_the_ledger(pipeline: Pipeline, hit: NodeHit) -> None:
    """Colombia's hit stands there as shown to Colombia, so Peru may see that it was."""

    def entry() -> list[dict[str, Any]]:
        answer = json.loads(
            pipeline.quipu(
                "disclosures", "--as", "PE/analyst/AMBER", "--reader", "hits to CO/PONAL", "--json"
            ).stdout
        )
        return [item for item in answer if item["through"] == "hit"]

    pipeline.eventually(lambda: bool(entry()), "the hit in the ledger")
    assert {event["country"] for record in entry() for event in record["events"]} == {"PE"}


def _kill(pipeline: Pipeline, hits: Supervisor) -> None:
    pipeline.eventually(lambda: bool(hits.children()["hits"]["pid"]), "it runs")
    pid = hits.children()["hits"]["pid"]
    assert pid
    os.kill(pid, signal.SIGKILL)
    pipeline.eventually(lambda: hits.children()["hits"]["pid"] != pid, "it is known to have ended")


def test_a_kill_at_any_moment_loses_no_hit_and_doubles_none(
    pipeline: Pipeline, hits: Supervisor
) -> None:
    files = []
    for number in range(4):
        files.append(publish_pair(pipeline, 9200 + number, f"HIT70020{number}"))
        time.sleep(
            number * 0.4
        )  # of its second of rest: the sink, the ledger, Kafka are met at other moments each time
        _kill(pipeline, hits)
    pipeline.publish("ec-policia", row(9300, "HIT700200", "seized"), name="hit-ec.csv")
    for of_colombia, of_peru in files:
        more = 1 if of_colombia == files[0][0] else 0
        await_hit(pipeline, "co-ponal", of_colombia, records=1 + more)
        await_hit(pipeline, "pe-sucamec", of_peru, records=1 + more)
    for key, values in contents(pipeline).items():
        steps = [value for value, _ in groupby(values)]
        assert len(steps) == len(set(steps)), (
            f"{key!r}: what was said before does not come back after something else"
        )


class DiedError(Exception):
    """In place of a kill."""


STEPS = ("ledger", "being told", "sent", "told")


@pytest.mark.parametrize("last", range(len(STEPS)), ids=STEPS)
def test_whichever_step_it_dies_after_who_heard_of_an_indicator_hears_its_end(
    pipeline: Pipeline, stopped: MechanismKeys, last: int
) -> None:
    """The indicator ends before the next process comes, so nothing but what the dead one left tells
    whom to tell.
    """
    number = 9500 + last
    of_colombia, of_peru = publish_pair(pipeline, number, f"HIT70{number}")
    _at_rest(pipeline)
    with (
        pytest.raises(DiedError),
        hit_notifier(pipeline.settings, pipeline.generation, stopped, _dying(last)) as dying,
    ):
        pipeline.eventually(dying.resume, "it begins")
        pipeline.eventually(lambda: dying.step() < 0, "it dies")
    retract(pipeline, "co-ponal", f"R-{number}")
    _at_rest(pipeline)
    with hit_notifier(pipeline.settings, pipeline.generation, stopped) as next_one:
        _tell_all(pipeline, next_one)
    expected = {"gone"} if last >= STEPS.index("sent") else set()
    for node, file in (("co-ponal", of_colombia), ("pe-sucamec", of_peru)):
        assert {node_hit.status for node_hit in received(pipeline, node, file)} == expected, node


def _dying(last: int) -> type[HitNotifier]:
    """It dies after this step."""
    steps = iter(range(len(STEPS)))

    def after(work: Callable[..., None]) -> Callable[..., None]:
        def do(*arguments: Any, **options: Any) -> None:
            work(*arguments, **options)
            if next(steps) == last:
                raise DiedError

        return do

    return type(
        "Dying",
        (HitNotifier,),
        {name: after(getattr(HitNotifier, name)) for name in ("_record", "_note", "_send")},
    )


def _at_rest(pipeline: Pipeline) -> None:
    """All that was said is in the store, and the sink has committed it."""
    pipeline.eventually(
        lambda: not any(lag(pipeline.settings, pipeline.generation).values()),
        "the pipeline is at rest",
    )


def _tell_all(pipeline: Pipeline, hits: HitNotifier) -> None:
    pipeline.eventually(hits.resume, "it begins")
    while hits.step():
        pass


def test_a_rebuilt_or_lost_store_tells_the_same_again_and_what_ended_meanwhile(
    pipeline: Pipeline, stopped: MechanismKeys
) -> None:
    of_colombia, _ = publish_pair(pipeline, 9401, "HIT700401")
    _at_rest(pipeline)
    with hit_notifier(pipeline.settings, pipeline.generation, stopped) as process:
        _tell_all(pipeline, process)
    before = await_hit(pipeline, "co-ponal", of_colombia)
    with CountryNode(pipeline.settings, "pe-sucamec") as node:
        node.erase(
            ControlStatement(
                "erasure", node.id_of_reference("weapon_record", "R-9401"), "COURT_ORDER"
            ),
            wait=30,
        )
    with pipeline.client() as client:
        client.execute("TRUNCATE TABLE hits")
    _at_rest(pipeline)
    answer = contents(pipeline)
    with hit_notifier(pipeline.settings, pipeline.generation, stopped) as process:
        _tell_all(pipeline, process)
    assert await_hit(pipeline, "co-ponal", of_colombia, "gone").indicator == before.indicator
    for key, values in contents(pipeline).items():
        live = log_format("hit").read(values[-1])["live"] is not None
        assert not live or (key in answer and values[-1] == answer[key][-1]), (
            "what holds is said as before, to whom it was said"
        )


def test_a_rule_that_is_switched_off_ends_its_hits_and_they_come_back_with_it(
    pipeline: Pipeline, stopped: MechanismKeys
) -> None:
    of_colombia, _ = publish_pair(pipeline, 9601, "HIT700601")
    _at_rest(pipeline)
    texts = library_texts()
    with hit_notifier(pipeline.settings, pipeline.generation, stopped) as process:
        _tell_all(pipeline, process)
        before = await_hit(pipeline, "co-ponal", of_colombia)
        of_weapons = {name for name, text in texts.items() if 'kind = "weapon"' in text}
        assert before.rule in of_weapons, before
        off = {name: text for name, text in texts.items() if name not in of_weapons}
        process.replace_rules(read_rule_book(off))
        while process.step():
            pass
        assert await_hit(pipeline, "co-ponal", of_colombia, "gone").indicator == before.indicator
        process.replace_rules(read_rule_book(texts))
        while process.step():
            pass
        again = await_hit(pipeline, "co-ponal", of_colombia)
        assert (again.indicator, again.rule) == (before.indicator, before.rule)
