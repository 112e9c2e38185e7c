"""Back up and restore: `quipu backup`, `restore`, `erasures`, `backup-key`."""

from __future__ import annotations

from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from consumers.maintenance.backup.backup import back_up
from consumers.maintenance.backup.erasures import (
    Erasures,
    erase_in_outboxes,
    load_erasures,
    read_erasures,
    write_erasures,
)
from consumers.maintenance.backup.errors import BackupError
from consumers.maintenance.backup.restore import (
    BackupReader,
    restore_home,
    restore_log,
    restore_sent_hits,
)
from infra.command_line import argument, command, option
from infra.data_folder import create_private
from infra.exchange_log.history_check import verify_log
from infra.kafka import topic_admin
from infra.keys.keyring import trust_anchor
from infra.settings import Settings
from schemas.enrolment.request import fingerprint_of
from schemas.i18n import UserMessage, _, ngettext

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_ENGINES = ("kafka", "clickhouse")


@command("backup-key", help=_("Make the key pair for which backups are sealed."))
@argument("file", type=_FILE)
@click.pass_obj
def backup_key_command(settings: Settings, file: Path) -> None:
    """Write the private key to FILE and the public one to FILE.pub."""
    if file.exists():
        raise BackupError(
            _("{path} is there already.", path=file), _("Name another file."), "BACKUP_EXISTS"
        )
    key = X25519PrivateKey.generate()
    with create_private(file) as private:
        private.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = file.with_name(f"{file.name}.pub")
    public.write_bytes(
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    _say(settings, _("Keep {path} on another machine; {public} stays.", path=file, public=public))


@command("backup", help=_("Back up the running exchange into a new folder."))
@argument("folder", type=_FOLDER)
@option("--to", "public_key", type=_FILE, required=True, help=_("Public key of the recipient."))
@option("--without-keys", is_flag=True, help=_("Leave private keys and passwords out."))
@click.pass_obj
def backup_command(settings: Settings, folder: Path, public_key: Path, without_keys: bool) -> None:
    """Write the data folder and the log, sealed, with a manifest."""
    manifest = back_up(settings, folder, _public_key(public_key), not without_keys)
    _say(
        settings,
        _(
            "{files} files and {messages} messages are in {folder}.",
            files=len(manifest.files),
            messages=sum(manifest.ends.values()),
            folder=folder,
        ),
    )
    own = fingerprint_of(trust_anchor(settings)[1].public_bytes_raw())
    _say(settings, _("Keep the fingerprint of the mechanism on paper: {own}", own=own))


@command("erasures", help=_("Write the list of erasures, which a restore needs."))
@argument("file", type=_FILE)
@click.pass_obj
def erasures_command(settings: Settings, file: Path) -> None:
    """Write the newest list of keys of each bundle from which a key was erased."""
    erasures = read_erasures(settings)
    write_erasures(file, erasures)
    _say(settings, ngettext("{count} list of keys.", "{count} lists of keys.", len(erasures)))


@command("restore", help=_("Restore a backup into a new data folder (--home) and an empty Kafka."))
@argument("folder", type=_FOLDER)
@option("--key", type=_FILE, required=True, help=_("Private key of the recipient."))
@option("--erasures", type=_FILE, help=_("Newest list of `quipu erasures`."))
@option(
    "--no-later-erasures",
    is_flag=True,
    help=_("No record was erased since the backup: state it."),
)
@option(
    "--verify",
    is_flag=True,
    help=_("Check who made it, and compare the log with what was remembered of it."),
)
@option(
    "--mechanism",
    metavar="FINGERPRINT",
    help=_("Fingerprint of the mechanism that made it, for --verify."),
)
@click.pass_obj
def restore_command(
    settings: Settings,
    folder: Path,
    key: Path,
    erasures: Path | None,
    no_later_erasures: bool,
    verify: bool,
    mechanism: str | None,
) -> None:
    """Restore everything but what is computed from the log: `quipu up` computes it."""
    newest = _newest_erasures(erasures, no_later_erasures)
    reader = BackupReader(folder, _private_key(key))
    if verify or mechanism is not None:
        reader.check_mechanism(mechanism)
    files = restore_home(settings, reader)
    erase_in_outboxes(settings, newest)
    messages, hits = _restore_engines(settings, reader, newest, verify)
    _say(
        settings,
        _(
            "{files} files, {messages} messages and {hits} sent hits are restored. "
            "Now: quipu up, then quipu reconcile --wait 600.",
            files=files,
            messages=messages,
            hits=hits,
        ),
    )


def _newest_erasures(erasures: Path | None, is_none_stated: bool) -> Erasures:
    if erasures is None and not is_none_stated:
        raise BackupError(
            _("A record that was erased after the backup would come back."),
            _("Name the newest list: --erasures FILE. Or state --no-later-erasures."),
            "ERASURES_UNKNOWN",
        )
    return load_erasures(erasures) if erasures is not None else {}


def _restore_engines(
    settings: Settings, reader: BackupReader, newest: Erasures, verify: bool
) -> tuple[int, int]:
    """Restore log and sent hits; return how many messages and hits."""
    from infra.orchestration import stack, units  # the engines' libraries take their time

    only = [name for name in _ENGINES if getattr(settings.configured, name) is None]
    replication = 1 if settings.configured.kafka is None else topic_admin.BROKER_DEFAULT
    with stack.running(settings, only) as engines:
        messages = restore_log(engines.settings, reader, newest, replication)
        units.make_topics(engines.settings)
        units.make_tables(engines.settings)
        hits = restore_sent_hits(engines.settings, reader)
        if verify:
            _verify(engines.settings)
    return messages, hits


def _verify(settings: Settings) -> None:
    losses = [loss for topic in verify_log(settings) for loss in topic.losses]
    if losses:
        raise BackupError(
            _("{place}: {reason}.", place=losses[0].place, reason=losses[0].text),
            _("The restored log is not what was remembered. Use another backup."),
            "RESTORE_DIFFERS",
        )
    _say(settings, _("The restored log is what was remembered of it."))


def _public_key(path: Path) -> X25519PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _no_key(path) from error
    if not isinstance(key, X25519PublicKey):
        raise _no_key(path)
    return key


def _private_key(path: Path) -> X25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, X25519PrivateKey):
        raise _no_key(path)
    return key


def _no_key(path: Path) -> BackupError:
    return BackupError(
        _("{path} holds no such key.", path=path),
        _("Make a pair with `quipu backup-key FILE`: --to takes FILE.pub, --key takes FILE."),
        "BACKUP_KEY",
    )


def _say(settings: Settings, text: UserMessage) -> None:
    click.echo(text.in_language(settings.lang))


commands: list[click.Command] = [
    backup_command,
    backup_key_command,
    erasures_command,
    restore_command,
]
