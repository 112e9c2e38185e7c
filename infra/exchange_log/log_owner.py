"""Know to which mechanism a log belongs: the signer of the first entry of quipu.config.

A machine that was given the address of Kafka, but not the mechanism's keys, must neither found a
second mechanism on the same log nor judge what the first one wrote.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from infra.errors import ForeignLogError, KeyringError, NotFoundedError
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys import keyring
from infra.keys.keyring import MechanismKeys
from infra.settings import Settings
from schemas import topics
from schemas.crypto.sealing import read_signed
from schemas.errors import QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.i18n import _


def log_owner(settings: Settings) -> str | None:
    """Return the id of the key that founded the log; None for a log without entries.

    Raises KafkaError, LogStalledError.
    """
    with closing(PartitionReader(settings.kafka, topics.CONFIG, 0)) as reader:
        signers = (signer_of(message.value) for message in reader.read(reader.end()))
        return next((signer for signer in signers if signer is not None), None)


def signer_of(value: bytes) -> str | None:
    """Return the id of the key that a message names; None where it is no signed message."""
    try:
        return str(read_signed(value)["key_id"])
    except QuipuFormatError:
        return None


def check_folder_owns_log(settings: Settings) -> str | None:
    """Return what `log_owner` returns, once it is sure that this folder has that key's public half.

    Raises ForeignLogError for a log of another mechanism, and for any log where this folder has no
    anchor.
    """
    owner = log_owner(settings)
    if owner is not None:
        try:
            own = keyring.trust_anchor(settings)[0]
        except NotFoundedError as error:
            raise foreign_log(settings.keys_dir, owner, None) from error
        if owner != own:
            raise foreign_log(settings.keys_dir, owner, own)
    return owner


def check_keys(keys: MechanismKeys, config: ConfigHistory, now: int) -> None:
    """Check that this folder has the keys that the mechanism's processes need.

    `now`: ms since 1970 UTC. Raises ForeignLogError where nodes encrypt, or did encrypt,
    for a key that is not here: whoever worked without it would reject genuine records. Raises
    KeyringError SIGNING_KEY.
    """
    view = config.at(now)
    expected = view.recipient_keys.get(keys.recipient, ())
    if view.recipients and (not expected or set(expected) - _held_keys(keys)):
        raise ForeignLogError(
            _("Nodes encrypt for another key than those in keys/mechanism/ of this folder."),
            _("Bring the folder keys/ of the machine where the mechanism was founded."),
        )
    check_signing_key(keys, config, now)


def check_signing_key(keys: MechanismKeys, config: ConfigHistory, now: int) -> None:
    """Check that no other key has replaced this folder's signing key.

    `now`: ms since 1970 UTC. Raises KeyringError SIGNING_KEY: nobody would believe what it signs.
    """
    successor = config.signing_key_after(keys.key_id, now)
    if successor is not None:
        raise KeyringError(
            _("keys/mechanism/signing.pem is not the key {key_id}.", key_id=successor),
            _(
                "Bring the folder keys/ of the machine where `quipu key rotate` was run. "
                "On that machine, repeat `quipu key rotate signing`."
            ),
            "SIGNING_KEY",
        )


def _held_keys(keys: MechanismKeys) -> set[bytes]:
    """List the public halves of the keys that open key lists here."""
    return {keys.unwrap.public_key().public_bytes_raw(), *keys.private_keys}


def foreign_log(folder: Path, owner: str, own: str | None) -> ForeignLogError:
    """Make the error for a log of the key `owner`, where this folder has the key `own` or none."""
    message = (
        _(
            "This log belongs to a mechanism (key {owner}); {folder} has no key.",
            owner=owner,
            folder=folder,
        )
        if own is None
        else _(
            "This log belongs to another mechanism: its key is {owner}, that of {folder} is {own}.",
            owner=owner,
            folder=folder,
            own=own,
        )
    )
    return ForeignLogError(
        message,
        _(
            "Nothing was changed. On a machine of the mechanism, bring its whole folder keys/; on "
            "a country's, its keys/anchor.pem. Or check the address of Kafka."
        ),
    )
