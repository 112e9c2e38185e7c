"""Hits at a node, without Kafka: kept in the outbox, told to program and person, with whom to call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from infra.settings import Settings
from producers.api import app
from producers.api.node_host import NodeHost, ensure_token
from producers.cli.contacts import contact_set
from producers.cli.hits import hits_command
from producers.node import CountryNode
from producers.node_config import NodeConfig
from producers.outbox import hits
from producers.outbox.hit_acknowledgements import acknowledge_hit
from producers.outbox.store import Outbox
from schemas.avro.codec import Record, log_format
from schemas.errors import QuipuFormatError
from schemas.exchange_config import Contact
from schemas.model import EpochMs
from schemas.rule_changes import RuleChange
from tests.support.node import NODE, offline, row, weapons, write

AUTHORITY = "CO-PONAL"
PERU = Contact("PE", "SUCAMEC", "Sala de guardia", "+5116104400", "", "24/7")
MECHANISM = Contact("MEC", "MECANISMO", "Oficial de turno", "", "turno@ejemplo.org", "24/7")
INDICATOR = bytes(15) + b"\x07"


def hit(event: bytes = bytes(16), **changes: Any) -> Record:
    live = {
        "rule": "stolen-weapon-seized-abroad",
        "rule_version": 1,
        "grade": "certain",
        "severity": "high",
        "kind": "weapon",
        "title": {"es": "Arma robada, incautada en otro país", "en": "Stolen weapon seized abroad"},
        "sentence": {
            "es": "Robada en Colombia, incautada en Perú.",
            "en": "Stolen in Colombia, seized in Peru.",
        },
        "first_recorded": 1,
        "last_recorded": 2,
        "own": [
            {
                "event": event,
                "type": "weapon_record",
                "roles": ["lost"],
                "occurred": 1_520_000_000_000,
                "recorded_at": 1,
            }
        ],
        "others": [{"country": "PE", "authority": "SUCAMEC", "records": 2, "markings": ["H2"]}],
        "tlp": "AMBER",
        "handling": ["H2"],
        "conditions": [],
    }
    return {
        "country": "CO",
        "authority": AUTHORITY,
        "exercise": None,
        "indicator": INDICATOR,
        "live": live,
        **changes,
    }


def came(record: Record) -> list[hits.ReceivedHit]:
    return list(
        hits.read_hit(log_format("hit").write(record), AUTHORITY, EpochMs(1_600_000_000_000))
    )


def take(outbox: Outbox, *records: Record) -> int:
    return hits.apply_hits(
        outbox,
        [received_hit for record in records for received_hit in came(record)],
        {"hits:1": "9"},
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return offline(tmp_path)


@pytest.fixture
def outbox(settings: Settings) -> Iterator[Outbox]:
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as box:
        yield box


def know(outbox: Outbox, *contacts: Contact) -> None:
    standing = NodeConfig.from_json(outbox.setting("standing") or "")
    outbox.set_setting("standing", replace(standing, contacts=contacts).to_json())


def test_the_same_hit_told_again_is_no_news_and_a_changed_one_is_told_once_more(
    outbox: Outbox,
) -> None:
    assert take(outbox, hit()) == 1
    assert take(outbox, hit(), hit()) == 0
    [node_hit] = hits.hits_since(outbox).hits
    assert hits.hits_since(outbox, node_hit.cursor).hits == []
    changed = hit()
    changed["live"]["others"][0]["records"] = 3
    assert take(outbox, changed) == 1
    [again] = hits.hits_since(outbox, node_hit.cursor).hits
    assert (again.indicator, again.others[0].records, again.cursor > node_hit.cursor) == (
        node_hit.indicator,
        3,
        True,
    )
    assert outbox.setting("hits:1") == "9"


def test_of_an_ended_hit_only_the_title_and_the_own_records_are_left(outbox: Outbox) -> None:
    assert take(outbox, hit(live=None)) == 0, "the end of what was never heard of"
    take(outbox, hit(), hit(exercise="cóndor"))
    assert take(outbox, hit(live=None), hit(live=None)) == 1
    real, exercise = sorted(
        hits.hits_since(outbox).hits, key=lambda node_hit: str(node_hit.exercise)
    )
    assert (real.status, real.title["en"], len(real.own), real.others, real.sentence) == (
        "gone",
        "Stolen weapon seized abroad",
        1,
        [],
        {},
    )
    assert (exercise.status, exercise.exercise) == ("live", "cóndor")
    assert real.counterparts == ["PE SUCAMEC"], "an officer may have called it"
    assert real.ended == hits.Ended.OTHERS
    assert b"SUCAMEC" not in b"".join(
        bytes(item) for (item,) in outbox.rows("SELECT hit FROM hits WHERE live = 0")
    )
    assert take(outbox, hit()) == 1, "it may come to life again"
    assert {node_hit.status for node_hit in hits.hits_since(outbox).hits} == {"live"}


def test_what_is_for_another_authority_is_not_kept() -> None:
    assert came(hit(authority="CO-PONAL/X")) == []
    assert came(hit(authority="CO-FISCALIA")) == []


def test_what_is_no_hit_is_refused() -> None:
    with pytest.raises(QuipuFormatError):
        list(hits.read_hit(b"poison", AUTHORITY, EpochMs(1)))


def test_whom_to_call_is_what_config_says_today_or_else_the_mechanism(outbox: Outbox) -> None:
    take(outbox, hit())
    for known, contact in (((), None), ((MECHANISM,), MECHANISM), ((MECHANISM, PERU), PERU)):
        know(outbox, *known)
        assert hits.hits_since(outbox).hits[0].others[0].contact == contact


def test_pages_are_parted(outbox: Outbox) -> None:
    take(outbox, *(hit(indicator=bytes(15) + bytes([number])) for number in range(5)))
    first = hits.hits_since(outbox, limit=3)
    rest = hits.hits_since(outbox, first.next, limit=3)
    assert (len(first.hits), first.more, len(rest.hits), rest.more) == (3, True, 2, False)


def test_the_command_shows_the_newest_unless_a_cursor_is_given(
    settings: Settings, outbox: Outbox
) -> None:
    take(outbox, *(hit(indicator=bytes(15) + bytes([number])) for number in range(5)))

    def shown(*options: str) -> list[str]:
        result = CliRunner().invoke(
            hits_command, ["--node", NODE, "--json", "--limit", "2", *options], obj=settings
        )
        return [item["indicator"][-1] for item in json.loads(result.output)["hits"]]

    assert (shown(), shown("--since", "0"), shown("--since", "4")) == (
        ["3", "4"],
        ["0", "1"],
        ["4"],
    )


def test_a_standing_written_before_there_were_contacts_is_read(outbox: Outbox) -> None:
    text = json.loads(outbox.setting("standing") or "")
    del text["contacts"]
    assert NodeConfig.from_json(json.dumps(text)).contacts == []


def test_an_officer_reads_what_it_is_which_record_who_else_and_whom_to_call(
    settings: Settings, outbox: Outbox, tmp_path: Path
) -> None:
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
    [(event,)] = outbox.rows("SELECT id FROM items")
    know(outbox, PERU)
    take(outbox, hit(event), hit(bytes(16), indicator=bytes(16), exercise="cóndor"))
    text = CliRunner().invoke(hits_command, ["--node", NODE], obj=settings).output
    for expected in (
        "ALTA · Arma robada",
        "register.csv:2",
        "2018-03-02",
        "Perú, SUCAMEC: 2 registros",
        "+5116104400",
        "Sala de guardia",
    ):
        assert expected in text
    assert "H2: No transmitir a terceros" in text and "TLP:AMBER" in text
    assert "EJERCICIO «cóndor»" in text and "de otro nodo" in text
    assert "Kafka no responde" in text
    take(outbox, hit(live=None))
    ended = (
        CliRunner()
        .invoke(hits_command, ["--node", NODE, "--since", "2", "--lang", "en"], obj=settings)
        .output
    )
    assert "ENDED · Stolen weapon seized abroad" in ended
    assert "Why: another authority corrected or withdrew its record" in ended
    assert "It was with: Peru (SUCAMEC). Tell whom you called." in ended
    assert not any(text in ended for text in ("2 records", "H2", "+5116104400"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE bundles SET recorded_at = 3", hits.Ended.OWN_CORRECTED),
        ("INSERT INTO erasures SELECT id, 'done', 5 FROM items", hits.Ended.OWN_ERASED),
        (
            "INSERT INTO withdrawals SELECT id, id, 'WRONG', 5 FROM items",
            hits.Ended.OWN_RETRACTED,
        ),
    ],
)
def test_a_hit_that_the_authority_itself_ended_says_so(
    change: str, why: hits.Ended, settings: Settings, outbox: Outbox, tmp_path: Path
) -> None:
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
    [(event,)] = outbox.rows("SELECT id FROM items")
    take(outbox, hit(event))
    outbox.rows(change)
    assert hits.hits_since(outbox).hits[0].ended == ""
    take(outbox, hit(event, live=None))
    assert hits.hits_since(outbox).hits[0].ended == why


def test_a_hit_of_a_rule_that_was_switched_off_says_so_and_why(
    settings: Settings, outbox: Outbox
) -> None:
    take(outbox, hit())
    [live] = hits.hits_since(outbox).hits
    standing = NodeConfig.from_json(outbox.setting("standing") or "")
    off = RuleChange(live.rule, "", live.heard_at, "ana", "too many false alarms")
    take(outbox, hit(live=None))
    for since, why in (
        (live.heard_at + 1, hits.Ended.OTHERS),
        (live.heard_at, hits.Ended.RULE_OFF),
    ):
        changed = replace(standing, switched_off={live.rule: off._replace(since=since)})
        outbox.set_setting("standing", changed.to_json())
        assert hits.hits_since(outbox).hits[0].ended == why
    shown = CliRunner().invoke(hits_command, ["--node", NODE, "--lang", "en"], obj=settings).output
    assert "the mechanism switched the rule off" in shown
    assert "Its reason: too many false alarms" in shown


def indicators_shown(settings: Settings, *options: str) -> list[str]:
    arguments = ["--node", NODE, "--json", *options]
    result = CliRunner().invoke(hits_command, arguments, obj=settings)
    return [item["indicator"][-1] for item in json.loads(result.output)["hits"]]


def test_live_unread_and_severe_hits_are_chosen_out_of_all(
    settings: Settings, outbox: Outbox
) -> None:
    def numbered(number: int, **changes: Any) -> Record:
        return hit(indicator=bytes(15) + bytes([number]), **changes)

    low = numbered(1)
    low["live"]["severity"] = "low"
    take(outbox, low, *(numbered(number) for number in range(2, 6)))
    take(outbox, numbered(5, live=None))
    choose = CliRunner().invoke
    assert choose(hits_command, ["--node", NODE, "--acknowledge", "0"], obj=settings).exception
    digits = "00000000-0000-0000-0000-000000000002"
    done = choose(
        hits_command, ["--node", NODE, "--acknowledge", digits, "--by", "Rojas"], obj=settings
    )
    assert "Lo atiende Rojas" in done.output
    assert indicators_shown(settings, "--live") == ["1", "2", "3", "4"]
    assert indicators_shown(settings, "--unread") == ["1", "3", "4", "5"]
    assert indicators_shown(settings, "--live", "--unread", "--severity", "high") == ["3", "4"]
    assert indicators_shown(settings, "--live", "--limit", "1") == ["4"]
    assert indicators_shown(settings, "--live", "--limit", "1", "--since", "0") == ["1"]
    text = choose(hits_command, ["--node", NODE, "--lang", "en"], obj=settings).output
    assert text.index("HIGH") < text.index("low") < text.index("Acknowledged by Rojas")
    assert text.index("Acknowledged by Rojas") < text.index("ENDED")


def test_a_hit_that_changes_is_unread_again(settings: Settings, outbox: Outbox) -> None:
    take(outbox, hit())
    assert acknowledge_hit(outbox, INDICATOR.hex()[:32], "Rojas", 9) == 1
    assert acknowledge_hit(outbox, INDICATOR.hex()[:32], "Otro", 10) == 0
    [node_hit] = hits.hits_since(outbox).hits
    assert (node_hit.acknowledged_by, node_hit.acknowledged_at) == ("Rojas", 9)
    changed = hit()
    changed["live"]["others"][0]["records"] = 3
    take(outbox, changed)
    assert hits.hits_since(outbox).hits[0].acknowledged_at is None


def test_the_command_tells_programs_and_reads_on_while_another_process_holds_the_node(
    settings: Settings, outbox: Outbox
) -> None:
    take(outbox, hit())
    with CountryNode(settings, NODE) as node:
        result = CliRunner().invoke(hits_command, ["--node", NODE, "--json"], obj=settings)
        assert [item["severity"] for item in json.loads(result.output)["hits"]] == ["high"]
        assert node.hits().hits == hits.hits_since(outbox).hits


def test_hits_are_read_over_http_with_the_same_token(settings: Settings, outbox: Outbox) -> None:
    take(outbox, hit())
    secret = ensure_token(settings.node_dir(NODE))
    with NodeHost(settings, NODE, "quipu serve") as intake:
        client = TestClient(app.create_app(intake, secret), "http://127.0.0.1")
        assert client.get("/v1/hits").status_code == 401
        client.headers["Authorization"] = f"Bearer {secret}"
        page = client.get("/v1/hits").json()
        assert [(item["status"], item["others"][0]["authority"]) for item in page["hits"]] == [
            ("live", "SUCAMEC")
        ]
        assert client.get("/v1/hits", params={"since": page["next"]}).json()["hits"] == []


@pytest.mark.parametrize(
    "wrong",
    [[], ["--phone", "610-4400"], ["--mail", "sin arroba"], ["--phone", "+51 1 610 4400 ext 3"]],
    ids=["none", "local", "mail", "ext"],
)
def test_a_contact_that_nobody_could_reach_is_refused(settings: Settings, wrong: list[str]) -> None:
    refused = CliRunner().invoke(
        contact_set, ["PE", "SUCAMEC", "--office", "Guardia", *wrong], obj=settings
    )
    assert refused.exit_code == 2
