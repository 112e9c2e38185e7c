"""An exchange of an earlier release is opened, upgraded and rebuilt, and all of it is found again.

`older_exchange/README.md` says how its data folder was made. The steps are those of the operator's
guide. The same records, published to a new exchange with the same keys, give the same indicators.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from consumers.query.indicators import IndicatorView
from infra import settings as settings_module
from infra.cli.root import main
from infra.exchange_log.config_log import ConfigLog
from infra.kafka.clients import open_admin
from infra.orchestration.stack import RunningStack, running
from infra.settings import Settings
from producers.node import ControlStatement, CountryNode
from schemas.exchange_config import ConfigView
from schemas.ids import to_uuid_text
from schemas.model import LegacyGeneration
from tests.support.engines import eventually
from tests.support.exchange import (
    LINE,
    client_of,
    differences,
    founder,
    indicators,
    proofs,
    scenario_nodes,
    timeless,
    wait_at_rest,
)
from tests.support.exchange_lease import ExchangeLease
from tests.support.node import row, weapons, write

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]

ARCHIVE = Path(__file__).parent / "older_exchange" / "exchange.tar.xz"
THINGS = "mechanism/thing.secret"
ENGINES = ("kafka", "clickhouse")
Finding = tuple[str, str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class OlderExchange:
    """The unpacked data folder, the files that were published, and what was known of them."""

    home: Path
    files: Path
    indicators: list[dict[str, Any]]


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> OlderExchange:
    folder = tmp_path_factory.mktemp("older")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="tar")
    known = json.loads((folder / "indicators.json").read_text(encoding="utf-8"))
    return OlderExchange(folder / "home", folder / "files", known)


@pytest.fixture(scope="module")
def upgraded(older: OlderExchange) -> Iterator[RunningStack]:
    """The older data folder under this release, with a broker and an engine of its own."""
    settings = settings_module.load({"QUIPU_HOME": str(older.home)})
    with running(settings, only=(*ENGINES, *LINE, "hits")) as stack:
        yield stack


def quipu(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(settings.home), "--lang", "en", *arguments])


def config_of(settings: Settings) -> ConfigView:
    with closing(ConfigLog(settings)) as log:
        return log.refresh().newest()


def topics_of(settings: Settings) -> set[str]:
    admin = open_admin(settings.kafka)
    try:
        return {str(name) for name in admin.list_topics()}
    finally:
        admin.close()


def finding(indicator: dict[str, Any]) -> Finding:
    """What an indicator says, without times, words and versions of rules."""
    pieces = tuple(sorted((piece["event"], piece["role"]) for piece in indicator["evidence"]))
    return indicator["rule"], indicator["grade"], indicator["status"], pieces


def findings(views: Iterable[IndicatorView]) -> set[Finding]:
    return {finding(timeless(view)) for view in views}


def found_events(known: set[Finding]) -> set[tuple[str, str, str]]:
    """Which event takes part in a finding of which rule and status.

    A newer reading may put two records of one country on two things, so their findings are two.
    """
    return {
        (rule, status, event) for rule, _grade, status, pieces in known for event, _role in pieces
    }


def test_all_is_there_before_the_upgrade_is_complete(
    older: OlderExchange, upgraded: RunningStack
) -> None:
    """The generation of the older release goes on serving, under its own names of topics."""
    settings = upgraded.settings
    serving = config_of(settings).generation
    assert isinstance(serving, LegacyGeneration)
    wait_at_rest(settings, serving)
    assert "quipu rebuild --accept" in (settings.logs_dir / "worker-1.log").read_text()
    known = {indicator["id"]: indicator for indicator in older.indicators}
    now = {view.id: timeless(view) for view in indicators(settings)}
    assert now.keys() == known.keys()
    for id_, indicator in known.items():
        assert finding(now[id_]) == finding(indicator)
    assert [proof.cord for proof in proofs(settings)]
    assert differences(proofs(settings)) == []


def test_a_node_with_an_older_outbox_goes_on(older: OlderExchange, upgraded: RunningStack) -> None:
    settings = upgraded.settings
    listed = quipu(settings, "key", "list")
    assert "Give it one: quipu found" in listed.output
    assert "missing" not in listed.output
    with CountryNode(settings, "co-ponal") as node:
        files, mapping = older.files, weapons(older.files)
        correction = write(files, row(1, "OLD00001", "lost"), name="register-co-2.csv")
        assert node.correct(correction, mapping, "WRONG").ingested.sealed == 1
        newer = write(files, row(9, "OLD00009"), name="register-co-9.csv")
        assert node.publish(newer, mapping).unsent == 0
        erased = node.id_of_reference("weapon_record", "R-5")
        assert node.erase(ControlStatement("erasure", erased, "SENT_IN_ERROR")).unsent == 0
    wait_at_rest(settings, config_of(settings).generation)
    assert differences(proofs(settings)) == []


def test_the_release_is_announced_once(upgraded: RunningStack) -> None:
    settings = upgraded.settings
    announced = quipu(settings, "found")
    assert announced.exit_code == 0, announced.output
    assert "New event types and rules announced" in announced.output
    assert config_of(settings).ledger_key is not None
    again = quipu(settings, "found")
    assert (again.exit_code, "FOUNDED" in again.output) == (2, True)


def test_a_rebuild_brings_the_newest_form_and_finds_everything_again(
    older: OlderExchange, upgraded: RunningStack
) -> None:
    settings = upgraded.settings
    before = findings(indicators(settings))
    result = quipu(settings, "rebuild", "--accept")
    assert result.exit_code == 0, result.output
    assert "Generation 2 serves from" in result.output
    assert "Generation 1 was dropped." in result.output
    config = config_of(settings)
    assert (config.generation, isinstance(config.generation, LegacyGeneration)) == (2, False)
    assert not [name for name in topics_of(settings) if name.startswith("quipu.g1.")]
    assert found_events(findings(indicators(settings, 2))) == found_events(before)
    assert differences(proofs(settings, 2)) == []
    assert quipu(settings, "verify").exit_code == 0


def test_after_the_upgrade_nodes_get_their_answers_and_owners_their_hits(
    older: OlderExchange, upgraded: RunningStack
) -> None:
    """Each node has a topic of receipts now, and each authority one of hits."""
    settings = upgraded.settings
    with CountryNode(settings, "ec-policia") as node:
        mapping = weapons(older.files)
        seized = write(older.files, row(9, "OLD00009", "seized"), name="register-ec-9.csv")
        report = node.publish(seized, mapping)
        assert report.counts()["accepted"] == 1
        event = to_uuid_text(node.id_of_reference("weapon_record", "R-9"))

    def is_notified() -> bool:
        shown = quipu(settings, "hits", "--node", "ec-policia", "--json")
        return event in shown.output

    eventually(is_notified, f"the owner is notified of R-9, {event}", 60)


def test_a_new_exchange_with_the_same_keys_and_records_finds_the_same(
    older: OlderExchange, upgraded: RunningStack, lease: ExchangeLease, tmp_path: Path
) -> None:
    wait_at_rest(upgraded.settings, 2)
    expected = findings(indicators(upgraded.settings, 2))
    nodes = founder(scenario_nodes(older.files))

    def found_with_its_secrets(settings: Settings) -> None:
        copy_secrets(older.home, settings.home)
        nodes(settings)
        # the secret of things: founding has made another
        shutil.copy(older.home / "keys" / THINGS, settings.keys_dir / "mechanism")

    with lease.running(tmp_path / "home", LINE, found_with_its_secrets) as stack:
        settings = stack.settings
        publish_all(settings, older.files)
        wait_at_rest(settings)
        assert findings(indicators(settings)) == expected
        with client_of(settings, 1) as fresh, client_of(upgraded.settings, 2) as rebuilt:
            ids = "SELECT DISTINCT id_text FROM events ORDER BY id_text"
            assert fresh.execute(ids) == rebuilt.execute(ids)


def copy_secrets(source: Path, home: Path) -> None:
    """The keys of the nodes, from whose secrets the ids of events are computed."""
    for keys in source.glob("nodes/*/keys"):
        shutil.copytree(keys, home / keys.relative_to(source))


def publish_all(settings: Settings, files: Path) -> None:
    """Publish what was published to the older exchange, in the same order."""
    manifest = json.loads((files / "scenario.json").read_text(encoding="utf-8"))
    for name in dict.fromkeys(item["node"] for item in manifest["files"]):
        with CountryNode(settings, name) as node:
            for item in (item for item in manifest["files"] if item["node"] == name):
                mapping = str(files / "mappings" / f"{item['mapping']}.toml")
                node.publish(files / item["file"], mapping)
    register = weapons(files)
    with CountryNode(settings, "co-ponal") as node:
        node.publish(files / "register-co.csv", register)
        node.correct(files / "register-co-correction.csv", register, "WRONG")
        for act, reference, reason in (
            ("retraction", "R-3", "WRONG"),
            ("erasure", "R-4", "SENT_IN_ERROR"),
        ):
            target = node.id_of_reference("weapon_record", reference)
            node.retract(ControlStatement(act, target, reason))
    with CountryNode(settings, "ec-policia") as node:
        node.publish(files / "register-ec.csv", register)
    with CountryNode(settings, "co-ponal") as node:
        node.correct(files / "register-co-2.csv", register, "WRONG")
        node.publish(files / "register-co-9.csv", register)
        target = node.id_of_reference("weapon_record", "R-5")
        node.erase(ControlStatement("erasure", target, "SENT_IN_ERROR"))
    with CountryNode(settings, "ec-policia") as node:
        node.publish(files / "register-ec-9.csv", register)
