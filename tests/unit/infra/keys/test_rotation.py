"""A key of the mechanism is replaced on disk in steps, and a crash between them loses nothing."""

from __future__ import annotations

import pytest

from infra.errors import KeyringError
from infra.keys import keyring, rotation
from infra.keys.current_signer import CurrentSigner
from infra.keys.rotation import KeyKind
from infra.settings import Settings


def rotate(settings: Settings, kind: KeyKind) -> rotation.NewKey:
    new = rotation.prepare(settings, kind)
    rotation.install(settings, kind)
    return new


def test_the_anchor_stays_the_first_key(settings: Settings) -> None:
    first = keyring.create_mechanism_keys(settings)
    for _ in range(2):
        rotate(settings, KeyKind.SIGNING)
        keyring.restore_anchor(settings)
    assert keyring.trust_anchor(settings)[0] == first.key_id
    (settings.keys_dir / "anchor.pem").unlink()
    keyring.restore_anchor(settings)
    assert keyring.trust_anchor(settings)[0] == first.key_id
    assert keyring.load_mechanism_keys(settings).key_id != first.key_id


@pytest.mark.parametrize("kind", KeyKind)
def test_an_interrupted_rotation_goes_on_with_the_same_key(
    settings: Settings, kind: KeyKind
) -> None:
    keyring.create_mechanism_keys(settings)
    before = rotation.current_key(settings, kind)
    new = rotation.prepare(settings, kind)
    assert rotation.current_key(settings, kind) == before, "in use only once it is announced"
    assert rotation.prepare(settings, kind) == new
    rotation.install(settings, kind)
    assert rotation.current_key(settings, kind) == new != before
    assert not rotation.is_prepared(settings, kind)


def test_every_former_key_that_opens_lists_is_kept(settings: Settings) -> None:
    keys = keyring.create_mechanism_keys(settings)
    publics = [keys.unwrap.public_key().public_bytes_raw()]
    publics += [rotate(settings, KeyKind.ENCRYPTION).public for _ in range(3)]
    assert [keys.private_keys[public] for public in publics], "a running process finds new ones"
    assert set(keyring.load_mechanism_keys(settings).private_keys) == set(publics)
    with pytest.raises(KeyError):
        keys.private_keys[bytes(32)]


@pytest.mark.parametrize("kind", [KeyKind.SIGNING, KeyKind.LEDGER])
def test_no_former_signing_key_is_kept(settings: Settings, kind: KeyKind) -> None:
    keyring.create_mechanism_keys(settings)
    secret = (settings.keys_dir / "mechanism" / kind.file_name).read_bytes()
    rotate(settings, kind)
    files = [path for path in settings.keys_dir.rglob("*") if path.is_file()]
    assert secret not in [path.read_bytes() for path in files]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_running_process_signs_with_the_new_key(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = keyring.create_mechanism_keys(settings)
    signer = CurrentSigner(settings, keys)
    assert signer.current().key_id == keys.key_id
    new = rotate(settings, KeyKind.SIGNING)
    monkeypatch.setattr("infra.keys.current_signer.LOOK_EVERY_S", 0.0)
    assert signer.current().key_id == new.key_id


def test_a_key_of_another_sort_is_not_taken(settings: Settings) -> None:
    keyring.create_mechanism_keys(settings)
    folder = settings.keys_dir / "mechanism"
    with pytest.raises(KeyringError, match="cannot be used"):
        rotation.describe(folder / "unwrap.pem", KeyKind.SIGNING)
    with pytest.raises(KeyringError, match="cannot be used"):
        rotation.describe(folder / "signing.pem", KeyKind.ENCRYPTION)
