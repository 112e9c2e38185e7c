"""Keep the keys as files: the mechanism's under `keys/`, a node's under `nodes/<node>/keys/`.

    keys/mechanism/signing.pem      Ed25519: signs quipu.config, receipts and hits
    keys/mechanism/ledger.pem       Ed25519: signs the disclosure ledger
    keys/mechanism/unwrap.pem       X25519: opens the key lists (HPKE)
    keys/mechanism/thing.secret     32 bytes: keys of things are HMACs under it
    keys/mechanism/founding.pem     once signing.pem was rotated: the public half of the first one
    keys/mechanism/former/          former private keys that open older key lists
    keys/anchor.pem                 the public half of the first signing.pem: all that a node needs
                                    of these to trust the config
    nodes/<node>/keys/<key id>.pem  Ed25519: signs what the node sends; next to keys.json and
                                    id.secret

Private files have mode 0600 and appear whole or not at all. A node's id secret never changes: with
another one every repeated import would be a new event. In production a node's folder holds
`keys/anchor.pem` and its own keys, nothing else.
"""

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.clock import now_ms
from infra.errors import KeyringError, NotFoundedError
from infra.keys.key_files import (
    UnwrapKeyFiles,
    key_id_of,
    private_pem,
    public_pem,
    read_private,
    read_public,
    read_secret,
    read_signing,
    unreadable,
    write_private,
)
from infra.settings import Settings
from schemas.crypto.node_messages import PrivateKeys
from schemas.i18n import _

RECIPIENT = "mechanism"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class MechanismKeys:
    """Hold the mechanism's own keys: nobody else opens payloads or signs config."""

    signing: Ed25519PrivateKey
    key_id: str
    recipient: str
    unwrap: X25519PrivateKey
    thing_secret: bytes
    private_keys: PrivateKeys = field(default_factory=dict)
    """unwrap.pem and its predecessors, by their public halves."""


@dataclass(frozen=True, slots=True)
class NodeKeys:
    """Hold what a node signs with now, and the secret behind its event ids."""

    node: str
    key_id: str
    signing: Ed25519PrivateKey
    id_secret: bytes


@dataclass(frozen=True, slots=True)
class LedgerKeyPair:
    """Hold the key that signs the disclosure ledger once config announces it."""

    key_id: str
    signing: Ed25519PrivateKey


def create_mechanism_keys(settings: Settings) -> MechanismKeys:
    """Make the mechanism's keys.

    Raises KeyringError FOUNDED when they are there: they are never overwritten.
    """
    folder = settings.keys_dir / "mechanism"
    if folder.exists():
        raise KeyringError(
            _("The mechanism already has keys in {folder}.", folder=folder),
            _("They stay unchanged. To start again, use another --home."),
            "FOUNDED",
        )
    signing = Ed25519PrivateKey.generate()
    part = _part(folder)
    write_private(part / "signing.pem", private_pem(signing))
    write_private(part / "ledger.pem", private_pem(Ed25519PrivateKey.generate()))
    write_private(part / "unwrap.pem", private_pem(X25519PrivateKey.generate()))
    write_private(part / "thing.secret", os.urandom(32))
    part.rename(folder)
    restore_anchor(settings)
    return load_mechanism_keys(settings)


def restore_anchor(settings: Settings) -> None:
    """Write keys/anchor.pem where it is missing: the public half of the first signing key.

    One that is there is never replaced. Raises KeyringError ANCHOR_DIFFERS where it is another's.
    """
    path = settings.keys_dir / "anchor.pem"
    public = founding_public_key(settings.keys_dir / "mechanism")
    if not path.exists():
        write_private(path, public_pem(public))
    elif trust_anchor(settings)[1].public_bytes_raw() != public.public_bytes_raw():
        raise KeyringError(
            _("{path} is not the public half of the mechanism's first signing key.", path=path),
            _("Both belong to one mechanism: bring its whole folder keys/ from the backup."),
            "ANCHOR_DIFFERS",
        )


def load_mechanism_keys(settings: Settings) -> MechanismKeys:
    """Read the mechanism's keys. Raises NotFoundedError, or KeyringError naming the file."""
    folder = settings.keys_dir / "mechanism"
    if not folder.exists():
        raise _not_founded(folder) if _has_no_anchor(settings) else _countrys_folder(folder)
    signing = read_signing(folder / "signing.pem")
    unwrap = read_private(folder / "unwrap.pem")
    if not isinstance(unwrap, X25519PrivateKey):
        raise unreadable(folder / "unwrap.pem", "X25519")
    return MechanismKeys(
        signing,
        key_id_of("config", signing.public_key()),
        RECIPIENT,
        unwrap,
        read_secret(folder / "thing.secret"),
        UnwrapKeyFiles(folder),
    )


def founding_public_key(folder: Path) -> Ed25519PublicKey:
    """Return the public half of the signing key that founded the exchange.

    `folder`: keys/mechanism. Raises KeyringError.
    """
    path = folder / "founding.pem"
    if path.exists():
        return read_public(path)
    return read_signing(folder / "signing.pem").public_key()


def load_ledger_key(settings: Settings) -> LedgerKeyPair | None:
    """Read the ledger's key; None where an older release made the keys. Raises KeyringError."""
    path = settings.keys_dir / "mechanism" / "ledger.pem"
    if not path.exists():
        return None
    signing = read_signing(path)
    return LedgerKeyPair(key_id_of("ledger", signing.public_key()), signing)


def create_ledger_key(settings: Settings) -> LedgerKeyPair:
    """Return the ledger's key, made where there is none yet; it signs nothing until announced."""
    path = settings.keys_dir / "mechanism" / "ledger.pem"
    if not path.exists():
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        write_private(part, private_pem(Ed25519PrivateKey.generate()))
        part.rename(path)
    signing = read_signing(path)
    return LedgerKeyPair(key_id_of("ledger", signing.public_key()), signing)


def trust_anchor(settings: Settings) -> tuple[str, Ed25519PublicKey]:
    """Read id and public half of the key that signed the first entry of config.

    Later keys follow from it (schemas.crypto.trusted_keys). Raises NotFoundedError.
    """
    path = settings.keys_dir / "anchor.pem"
    if not path.exists():
        raise _not_founded(path)
    public = read_public(path)
    return key_id_of("config", public), public


def is_node_name(name: str) -> bool:
    """Say whether a node may be called so: its name is part of names of folders and topics."""
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def create_node_keys(settings: Settings, node: str) -> NodeKeys:
    """Make a node's first signing key and its id secret.

    Raises KeyringError NODE_NAME, or NODE_EXISTS.
    """
    if not is_node_name(node):
        raise KeyringError(
            _("`{node}` cannot be a node's name.", node=node),
            _("Use lower case letters, digits and hyphens, as in co-ponal."),
            "NODE_NAME",
        )
    folder = node_folder(settings, node)
    if folder.exists():
        raise KeyringError(
            _("The node {node} already has keys in {folder}.", node=node, folder=folder),
            _("They stay unchanged; `quipu node rotate` changes them."),
            "NODE_EXISTS",
        )
    part = _part(folder)
    write_private(part / "id.secret", os.urandom(32))
    key_id = _add_key(part, node, active_from=0)
    part.rename(folder)
    return load_node_keys(settings, node, key_id)


def add_node_key(settings: Settings, node: str, active_from: int) -> NodeKeys:
    """Make a further signing key, used from `active_from` (ms since 1970 UTC) on.

    The older ones stay. Raises KeyringError.
    """
    _listed(settings, node)
    return load_node_keys(settings, node, _add_key(node_folder(settings, node), node, active_from))


def install_node_key(
    settings: Settings, node: str, signing: Ed25519PrivateKey, active_from: int
) -> NodeKeys:
    """Keep a key that was made before as the node's, used from `active_from` on.

    `active_from`: ms since 1970 UTC. Repeated, it changes nothing. Raises KeyringError.
    """
    _listed(settings, node)
    return load_node_keys(
        settings, node, _keep_key(node_folder(settings, node), node, signing, active_from)
    )


def load_node_keys(
    settings: Settings, node: str, key_id: str | None = None, now: int | None = None
) -> NodeKeys:
    """Read the node's keys: the named one, else the newest in use at `now`.

    `now`: ms since 1970 UTC; default the clock. Raises KeyringError NODE_UNKNOWN, or KEY_UNREADABLE
    naming the file.
    """
    listed, folder = _listed(settings, node), node_folder(settings, node)
    moment = now_ms() if now is None else now
    chosen = key_id or [name for since, name in listed if since <= moment][-1]
    return NodeKeys(
        node, chosen, read_signing(folder / f"{chosen}.pem"), read_secret(folder / "id.secret")
    )


def node_key_ids(settings: Settings, node: str) -> list[str]:
    """List all signing keys of the node, oldest first. Raises KeyringError NODE_UNKNOWN."""
    return [name for _, name in _listed(settings, node)]


def node_folder(settings: Settings, node: str) -> Path:
    """Return the folder of a node's keys."""
    return settings.node_dir(node) / "keys"


def _listed(settings: Settings, node: str) -> list[tuple[int, str]]:
    path = node_folder(settings, node) / "keys.json"
    if not path.exists():
        raise KeyringError(
            _(
                "There are no keys of the node {node} here ({parent}).",
                node=node,
                parent=path.parent,
            ),
            _("Make it with `quipu node add`, or see `quipu node list`."),
            "NODE_UNKNOWN",
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        listed = sorted((int(since), str(name)) for name, since in content.items())
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise unreadable(path, str(error)) from error
    if not listed:
        raise unreadable(path, "{}")
    return listed


def _add_key(folder: Path, node: str, active_from: int) -> str:
    return _keep_key(folder, node, Ed25519PrivateKey.generate(), active_from)


def _keep_key(folder: Path, node: str, signing: Ed25519PrivateKey, active_from: int) -> str:
    key_id = key_id_of(node, signing.public_key())
    if not (folder / f"{key_id}.pem").exists():
        write_private(folder / f"{key_id}.pem", private_pem(signing))
    path = folder / "keys.json"
    listed = json.loads(path.read_text()) if path.exists() else {}
    part = folder / f".keys.{os.getpid()}"
    part.unlink(missing_ok=True)
    write_private(part, json.dumps({**listed, key_id: active_from}, indent=1).encode())
    part.replace(path)
    return key_id


def _part(folder: Path) -> Path:
    """Make a folder next to the final one, to be renamed when it is complete.

    What a crash left there is deleted.
    """
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    return part


def _has_no_anchor(settings: Settings) -> bool:
    return not (settings.keys_dir / "anchor.pem").exists()


def _countrys_folder(path: Path) -> NotFoundedError:
    return NotFoundedError(
        _("{path} is missing: this is a country's folder, which trusts a mechanism.", path=path),
        _("Do this on the mechanism's machine. Never found a mechanism here."),
    )


def _not_founded(path: Path) -> NotFoundedError:
    return NotFoundedError(
        _("The mechanism is not founded here: {path} is missing.", path=path),
        _("Found it with `quipu found`, or copy the mechanism's keys/anchor.pem."),
    )
