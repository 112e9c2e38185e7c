"""`quipu receipts`: what was retracted or erased, and the certificate of an erasure for a court."""

from contextlib import closing

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from infra.cli.root import main
from infra.keys import keyring
from infra.settings import Settings
from producers.node import ControlStatement, CountryNode
from producers.outbox import erasures
from producers.outbox.store import Outbox
from schemas.crypto.signed_text import sign_text, verify_text
from schemas.errors import BadSignatureError, BrokenFormatError
from schemas.model import EventId
from tests.support.node import NODE, offline, row, weapons, write

KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A node that sent three records, of which one is retracted and one erased."""
    folder = tmp_path_factory.mktemp("receipts")
    settings = offline(folder / "home")
    with CountryNode(settings, NODE) as node:
        node.ingest_file(write(folder, row(1), row(2), row(3)), weapons(folder))
        for type_, number, reason in (("retraction", 2, "WRONG"), ("erasure", 3, "COURT_ORDER")):
            target = node.id_of_reference("weapon_record", f"R-{number}")
            assert node.submit_statement(ControlStatement(type_, target, reason)) == []
    return settings


def receipts(settings: Settings, *options: str) -> Result:
    command = ["--home", str(settings.home), "receipts", "--node", NODE, "--lang", "en", *options]
    return CliRunner(env={"COLUMNS": "120"}).invoke(main, command)


def certificate(settings: Settings, number: int) -> Result:
    reference = ("--reference", f"R-{number}", "--type", "weapon_record")
    return receipts(settings, *reference, "--certificate")


def finish(settings: Settings, number: int) -> None:
    """Note what the node notes once no key of the record is left in Kafka."""
    with CountryNode(settings, NODE) as node:
        target = node.id_of_reference("weapon_record", f"R-{number}")
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as outbox:
        erasures.set_stage(outbox, target, "done", 1_900_000_000_000)


def test_a_receipt_shows_the_retraction_and_the_erasure_of_its_record(settings: Settings) -> None:
    for number, expected in ((2, "retracted"), (3, "erased")):
        done = receipts(settings, "--reference", f"R-{number}")
        assert expected in done.output
        assert "Unanswered: 1" in done.output
    assert "withdrawn" not in receipts(settings, "--reference", "R-1").output


def test_the_certificate_says_what_when_and_why_and_its_signature_holds(settings: Settings) -> None:
    finish(settings, 3)
    done = certificate(settings, 3)
    assert done.exit_code == 0, done.output
    keys = keyring.load_node_keys(settings, NODE)
    text = verify_text(done.stdout, NODE, keys.signing.public_key())
    assert "CERTIFICATE OF ERASURE" in text
    assert "Court order [COURT_ORDER]" in text
    assert "2030-03-17" in text
    assert keys.key_id in text
    with pytest.raises(BadSignatureError):
        verify_text(done.stdout.replace("COURT_ORDER", "EXPIRED"), NODE, keys.signing.public_key())


@pytest.mark.parametrize(
    ("number", "words"), [(3, "not done yet"), (1, "was not erased"), (9, "was not erased")]
)
def test_there_is_no_certificate_of_what_is_not_erased(
    settings: Settings, number: int, words: str
) -> None:
    done = certificate(settings, number)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_an_erasure_of_an_older_release_says_so(settings: Settings) -> None:
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as outbox:
        with CountryNode(settings, NODE) as node:
            target: EventId = node.id_of_reference("weapon_record", "R-1")
        erasures.set_stage(outbox, target, "done", 1)
    assert "older release" in certificate(settings, 1).stderr


PRINTABLE = st.characters(exclude_categories=("C", "Z"), include_characters=" ")


@given(st.lists(st.text(PRINTABLE, min_size=1), min_size=1))
def test_a_signed_text_comes_back_and_a_changed_one_does_not(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    note = sign_text(text, "co-ponal", KEY)
    assert verify_text(note, "co-ponal", KEY.public_key()) == text
    for changed in (note.replace(text, "x" + text, 1), "x" + note):
        with pytest.raises(BadSignatureError):
            verify_text(changed, "co-ponal", KEY.public_key())
    with pytest.raises(BadSignatureError):
        verify_text(note, "pe-sucamec", KEY.public_key())
    with pytest.raises(BadSignatureError):
        verify_text(note, "co-ponal", Ed25519PrivateKey.generate().public_key())


@pytest.mark.parametrize("text", ["", "without end", "a\n\nb\n"])
def test_a_text_that_a_note_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(BrokenFormatError):
        sign_text(text, "co-ponal", KEY)
    with pytest.raises(BrokenFormatError):
        verify_text(text.replace("\n\n", "\n"), "co-ponal", KEY.public_key())
