"""Keys are files that appear whole, for their owner only, and are never overwritten."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from infra.errors import KeyringError, NotFoundedError
from infra.keys import keyring
from infra.settings import Settings


def test_every_private_file_is_its_owners_alone(settings: Settings) -> None:
    keyring.create_mechanism_keys(settings)
    keyring.create_node_keys(settings, "co-ponal")
    files = [
        path
        for folder in (settings.keys_dir, settings.node_dir("co-ponal"))
        for path in folder.rglob("*")
        if path.is_file()
    ]
    assert len(files) == 8
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_founding_and_adding_a_node_twice_touch_nothing(settings: Settings) -> None:
    first, node = (
        keyring.create_mechanism_keys(settings),
        keyring.create_node_keys(settings, "co-ponal"),
    )
    with pytest.raises(KeyringError, match="already"):
        keyring.create_mechanism_keys(settings)
    with pytest.raises(KeyringError, match="already"):
        keyring.create_node_keys(settings, "co-ponal")
    assert keyring.load_mechanism_keys(settings).thing_secret == first.thing_secret
    assert keyring.load_node_keys(settings, "co-ponal").id_secret == node.id_secret


def test_the_anchor_is_the_public_half_of_what_signs_config(settings: Settings) -> None:
    keys = keyring.create_mechanism_keys(settings)
    key_id, public = keyring.trust_anchor(settings)
    assert (key_id, public.public_bytes_raw()) == (
        keys.key_id,
        keys.signing.public_key().public_bytes_raw(),
    )


def test_a_rotated_key_is_used_from_its_time_on_and_the_id_secret_stays(settings: Settings) -> None:
    first = keyring.create_node_keys(settings, "co-ponal")
    second = keyring.add_node_key(settings, "co-ponal", 1_000)
    assert keyring.load_node_keys(settings, "co-ponal", now=999).key_id == first.key_id
    assert keyring.load_node_keys(settings, "co-ponal", now=1_000).key_id == second.key_id
    assert second.id_secret == first.id_secret


@pytest.mark.parametrize("name", ["", "CO", "co ponal", "../co", "co_ponal", "-co", "x" * 41])
def test_a_node_name_that_is_no_folder_name_is_refused(settings: Settings, name: str) -> None:
    with pytest.raises(KeyringError, match="cannot be a node's name"):
        keyring.create_node_keys(settings, name)


def test_a_founding_cut_short_is_begun_again(settings: Settings) -> None:
    (settings.keys_dir / ".mechanism.part").mkdir(parents=True)
    (settings.keys_dir / ".mechanism.part" / "signing.pem").write_text("half")
    assert keyring.create_mechanism_keys(settings).key_id


@pytest.mark.parametrize("name", ["signing.pem", "unwrap.pem", "thing.secret"])
def test_a_damaged_key_is_named(settings: Settings, name: str) -> None:
    keyring.create_mechanism_keys(settings)
    path: Path = settings.keys_dir / "mechanism" / name
    path.write_bytes(b"x")
    with pytest.raises(KeyringError, match=name):
        keyring.load_mechanism_keys(settings)


def test_what_is_missing_says_how_to_make_it(settings: Settings) -> None:
    with pytest.raises(NotFoundedError, match="quipu found"):
        keyring.trust_anchor(settings)
    with pytest.raises(KeyringError, match="quipu node add"):
        keyring.load_node_keys(settings, "co-ponal")


def test_an_anchor_that_was_brought_is_never_replaced(settings: Settings) -> None:
    settings.keys_dir.mkdir(parents=True)
    anchor = settings.keys_dir / "anchor.pem"
    keyring.create_mechanism_keys(settings)
    own = anchor.read_bytes()
    keyring.restore_anchor(settings)
    assert anchor.read_bytes() == own
    anchor.unlink()
    keyring.restore_anchor(settings)
    assert anchor.read_bytes() == own
    other = Ed25519PrivateKey.generate().public_key()
    brought = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    anchor.write_bytes(brought)
    with pytest.raises(KeyringError, match="public half"):
        keyring.restore_anchor(settings)
    assert anchor.read_bytes() == brought


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"a": "x"}', "null", "7"])
def test_a_broken_list_of_keys_is_named_with_its_file(settings: Settings, content: str) -> None:
    keyring.create_node_keys(settings, "co-ponal")
    path = keyring.node_folder(settings, "co-ponal") / "keys.json"
    path.write_text(content)
    with pytest.raises(KeyringError, match=r"keys\.json") as error:
        keyring.load_node_keys(settings, "co-ponal")
    assert error.value.code == "KEY_UNREADABLE"
