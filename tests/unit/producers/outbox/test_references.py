"""References in receipts: named to the node, in no file in clear, gone with an erasure."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from infra.cli.root import main
from infra.keys import keyring
from infra.settings import Settings
from producers.events.sealed_reference import open_reference, seal_reference
from producers.node import CountryNode
from producers.outbox.erasures import ListSigner, remove_keys, truncate_wal
from producers.outbox.store import Outbox
from schemas.errors import CannotOpenError
from schemas.model import EventId
from tests.support.node import NODE, offline, row, weapons, write


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = offline(tmp_path / "home")
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1), row(2)), weapons(tmp_path), wait=0)
        node.outbox.rows("UPDATE items SET verdict = 'accepted', told = number")
    return settings


def quipu(settings: Settings, *arguments: str, columns: int = 80) -> str:
    environment = {"QUIPU_LANG": "es", "COLUMNS": str(columns)}
    done = CliRunner(env=environment).invoke(main, ["--home", str(settings.home), *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("columns", [80, 100, 140])
def test_the_list_names_each_record_as_the_officer_does(settings: Settings, columns: int) -> None:
    """Usability findings 5 and O7: no letter is cut at 80 columns."""
    output = quipu(settings, "receipts", "--node", NODE, columns=columns)
    assert all(len(line) <= columns for line in output.splitlines())
    for text in ("R-1", "R-2", "Aceptado", "register.csv: 2", "register.csv: 3", "Aceptado: 2"):
        assert text in output
    assert "…" not in output


def test_what_was_withdrawn_is_said_in_the_same_line(settings: Settings) -> None:
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as outbox:
        outbox.rows("INSERT INTO withdrawals SELECT id, id, 'WRONG', 5 FROM items WHERE line = 2")
        outbox.rows("INSERT INTO erasures SELECT id, 'done', 5 FROM items WHERE line = 3")
    output = " ".join(quipu(settings, "receipts", "--node", NODE).split())
    assert "R-1 Aceptado; retirado 1970-01-01" in output
    assert "El dato era falso" in output
    assert "R-2 Aceptado; suprimido 1970-01-01" in output


def test_a_long_name_of_a_file_leaves_the_line_whole(settings: Settings, tmp_path: Path) -> None:
    rows = [row(number) for number in range(3, 15)]
    with CountryNode(settings, NODE) as node:
        file = write(tmp_path, *rows, name="policia-nacional-incautaciones-2026.csv")
        node.publish(file, weapons(tmp_path), wait=0)
        node.outbox.rows("UPDATE items SET verdict = 'accepted', told = number")
    lines = [line.split() for line in quipu(settings, "receipts", "--node", NODE).splitlines()]
    assert {str(number) for number in range(2, 14)} <= {word for line in lines for word in line}


def test_programs_get_the_reference_too(settings: Settings) -> None:
    page = json.loads(quipu(settings, "receipts", "--node", NODE, "--json"))
    assert [receipt["reference"] for receipt in page["receipts"]] == ["R-1", "R-2"]


def test_no_file_of_the_node_holds_a_reference_in_clear(settings: Settings, tmp_path: Path) -> None:
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(31_415_926)), weapons(tmp_path), wait=0)
    contents = [file.read_bytes() for file in settings.node_dir(NODE).rglob("*") if file.is_file()]
    assert not any(b"R-31415926" in content for content in contents)


def test_an_erasure_removes_the_reference(settings: Settings) -> None:
    """Who names the reference still finds the item, to certify its erasure."""
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as outbox:
        [(item, sealed)] = outbox.rows(
            "SELECT id, sealed FROM items JOIN source_references AS named ON named.item = id "
            "WHERE line = 2"
        )
        signer = ListSigner("CO", "key", Ed25519PrivateKey.generate())
        remove_keys(outbox, EventId(bytes(item)), signer, 7)
        truncate_wal(outbox)
    database = settings.node_dir(NODE) / "outbox.db"
    assert bytes(sealed) not in database.read_bytes()
    receipts = json.loads(quipu(settings, "receipts", "--node", NODE, "--json"))["receipts"]
    assert [receipt["reference"] for receipt in receipts] == ["", "R-2"]
    assert "R-1 " in quipu(settings, "receipts", "--node", NODE, "--reference", "R-1")


def test_a_repeated_row_is_counted_apart_from_the_refused(
    settings: Settings, tmp_path: Path
) -> None:
    """Usability finding O10: `not taken 12` where ten are repeated alarms who reads it."""
    with CountryNode(settings, NODE) as node:
        file = write(tmp_path, row(1), row(2), row(3, date="31/02/2018"))
        node.publish(file, weapons(tmp_path), wait=0)
    lines = quipu(settings, "outbox", NODE).splitlines()
    counts = {words[0]: words[-1] for words in map(str.split, lines) if len(words) > 1}
    assert (counts["recibidos"], counts["repetidos"], counts["no"]) == ("5", "2", "1")


@given(st.text(), st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=32))
def test_a_reference_opens_for_its_item_and_node_alone(
    reference: str, item: bytes, secret: bytes
) -> None:
    sealed = seal_reference(reference, EventId(item), secret)
    assert open_reference(sealed, EventId(item), secret) == reference
    with pytest.raises(CannotOpenError):
        open_reference(sealed, EventId(bytes(byte ^ 1 for byte in item)), secret)
    with pytest.raises(CannotOpenError):
        open_reference(sealed, EventId(item), secret + b"x")


def test_the_secret_of_another_node_opens_nothing(settings: Settings) -> None:
    keys = keyring.load_node_keys(settings, NODE)
    sealed = seal_reference("R-1", EventId(bytes(16)), keys.id_secret)
    keyring.create_node_keys(settings, "pe-otro")
    other = keyring.load_node_keys(settings, "pe-otro")
    with pytest.raises(CannotOpenError):
        open_reference(sealed, EventId(bytes(16)), other.id_secret)
