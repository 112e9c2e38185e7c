"""`quipu node request`, `admit` and `accept`: admit a node whose private keys never travel.

The country asks with a file, the mechanism answers with a file. Two people compare fingerprints by
telephone, so that nobody between them can replace a file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from infra import data_folder
from infra.clock import now_ms
from infra.coded_options import WordChoice
from infra.command_line import argument, command, option
from infra.confirmation import YES, require_confirmation
from infra.errors import EnrolmentError
from infra.exchange_log.generation import current_config
from infra.kafka_access import node_process
from infra.keys import keyring
from infra.keys.node_answer import use_answer
from infra.keys.node_request import RequestPurpose, make_request
from infra.option_types import seconds
from infra.registry.admission import KEEP_MS, Terms, examine_request, grant_request
from infra.settings import Settings
from infra.system_errors import reason_of
from producers.cli import render_report
from producers.cli.enrolment_words import accepted_lines, granted_lines, request_facts
from producers.cli.new_file import FORCE, exists_already, write_file
from producers.node_config import not_registered
from schemas.codes import code_sets
from schemas.enrolment.request import RequestKind, fingerprint_of
from schemas.i18n import UserMessage, _
from schemas.model import COUNTRIES, LANES
from schemas.release.rules import MECHANISM

MOST_CHARACTERS = 100_000
"""No request and no answer is longer."""
_LOST_KEY = option(
    "--lost-key",
    is_flag=True,
    help=_("Accept a new key that no former key signed. Compare the fingerprint first."),
)
_PASSWORD_FILE = option(
    "--password-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Password of the node's user on your own Kafka; the answer brings it sealed."),
)


def owners() -> tuple[str, ...]:
    """Return the members and the partners that can be admitted."""
    partners = sorted(code_sets()["partner"] - {MECHANISM})
    return (*COUNTRIES, *partners)


@command("request", help=_("Make a node's keys here, and write a request to the mechanism."))
@argument("node")
@option("--country", type=WordChoice("country", owners()), help=_("Country or partner."))
@option("--authority", help=_("Authority that it belongs to."))
@option(
    "--succeeds",
    multiple=True,
    metavar="OLD",
    help=_("Node that it succeeds; it takes over its items."),
)
@option("--rotate", is_flag=True, help=_("Ask for another signing key."))
@option("--new-epoch", is_flag=True, help=_("Ask for another epoch, as the outbox was lost."))
@option(
    "--lane", type=WordChoice("lane", LANES), default="routine", show_default=True, help=_("Lane.")
)
@option("--out", type=click.Path(dir_okay=False, path_type=Path), help=_("File to write."))
@FORCE
@click.pass_obj
def request_command(
    settings: Settings, /, node: str, out: Path | None, force: bool, **wishes: Any
) -> None:
    """Write the request of a node, and show its fingerprint."""
    data_folder.prepare(settings)
    purpose = _purpose(settings, node, wishes)
    path = out or Path(f"{node}-request.txt")
    if path.exists() and not force:
        raise exists_already(path)
    note = make_request(settings, purpose, now_ms())
    write_file(path, note, force=force)
    for line in (
        _("Request written: {path}. It has public keys only.", path=path),
        _("Fingerprint of the request: {fingerprint}", fingerprint=fingerprint_of(note)),
        _(
            "Hand the file to the mechanism, and read the fingerprint to it by telephone. "
            "Then: quipu node accept ANSWER"
        ),
    ):
        render_report.print_message(settings.lang, line)


@command("admit", help=_("Check the request of a node, grant it, and write the answer."))
@argument("request_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--partition", type=click.IntRange(0), help=_("Partition (otherwise the least used)."))
@option(
    "--keep",
    type=seconds(),
    default=KEEP_MS / 1000,
    show_default=True,
    help=_("Seconds that a replaced key stays valid."),
)
@option("--kafka", "servers", metavar="HOST:PORT", help=_("Kafka as the country reaches it."))
@option("--again", "repeats", is_flag=True, help=_("Write the answer once more."))
@option("--new-login", is_flag=True, help=_("Give the node another password on Kafka."))
@_LOST_KEY
@_PASSWORD_FILE
@option("--out", type=click.Path(dir_okay=False, path_type=Path), help=_("File to write."))
@FORCE
@YES
@click.pass_obj
def admit_command(
    settings: Settings, /, request_file: Path, out: Path | None, is_confirmed: bool, **choices: Any
) -> None:
    """Show who asks for what, ask, and grant it."""
    note, force = _read_note(request_file), choices.pop("force")
    terms = Terms(
        keep_ms=int(choices.pop("keep") * 1000),
        needs_former_key=not choices.pop("lost_key"),
        **choices,
    )
    request = examine_request(settings, note, terms)
    path = out or Path(f"{request.node}-answer.txt")
    if path.exists() and not force:
        raise exists_already(path)
    _print_all(settings, request_facts(request, note, terms))
    _require_answer(settings, is_confirmed)
    granted = grant_request(settings, note, terms)
    write_file(path, granted.answer, force=force)
    _print_all(settings, granted_lines(settings, granted, path))


@command("accept", help=_("Put the mechanism's answer to a request into use."))
@argument("answer_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--mechanism",
    metavar="FINGERPRINT",
    help=_("Fingerprint of the mechanism's key, as the mechanism gave it by telephone."),
)
@click.pass_obj
def accept_command(settings: Settings, answer_file: Path, mechanism: str | None) -> None:
    """Check the answer, and keep what it brings."""
    data_folder.prepare(settings)

    def confirm(anchor: bytes) -> None:
        _confirm_anchor(settings, anchor, mechanism)

    in_use = use_answer(settings, _read_note(answer_file), confirm)
    _print_all(settings, accepted_lines(in_use))


def _purpose(settings: Settings, node: str, wishes: dict[str, Any]) -> RequestPurpose:
    """Return what the options ask for. Raises UsageError, FoundingError, KafkaError."""
    country, authority = wishes["country"], wishes["authority"]
    is_change = wishes["rotate"] or wishes["new_epoch"]
    if is_change == bool(country or authority) or (wishes["rotate"] and wishes["new_epoch"]):
        raise click.UsageError("--country + --authority | --rotate | --new-epoch")
    if not is_change:
        if not (country and authority):
            raise click.UsageError("--country, --authority")
        succeeds = tuple(wishes["succeeds"])
        return RequestPurpose(RequestKind.ADMISSION, node, country, authority, succeeds)
    keyring.load_node_keys(settings, node)
    config = current_config(settings.acting_as(node_process(node)), newest=True)
    registered = config.nodes.get(node)
    if registered is None:
        raise not_registered(node, is_pending=False)
    owner = (node, registered.country, registered.authority)
    if wishes["rotate"]:
        return RequestPurpose(RequestKind.ROTATION, *owner)
    lane = wishes["lane"]
    approved = (epoch for *cord, epoch in config.epochs if cord == [node, lane])
    epoch = max(approved, default=1) + 1
    return RequestPurpose(RequestKind.EPOCH, *owner, lane=lane, epoch=epoch)


def _read_note(path: Path) -> str:
    """Read a file of a request or an answer. Raises EnrolmentError."""
    try:
        with path.open(encoding="utf-8-sig") as opened:
            return opened.read(MOST_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "≠ UTF-8"
        raise EnrolmentError(
            _("The file {path} cannot be read: {why}.", path=path, why=why),
            _("Name the file of the request or of the answer, as it was sent."),
            "FILE_UNREADABLE",
        ) from error


def _require_answer(settings: Settings, is_confirmed: bool) -> None:
    """Ask on a terminal; a program has to give --yes. Raises EnrolmentError, click.Abort."""
    if not (is_confirmed or sys.stdin.isatty()):
        raise EnrolmentError(
            _("Nobody confirmed the request, and there is no terminal to ask on."),
            _("Compare the fingerprint by telephone, then repeat with --yes."),
            "NOT_CONFIRMED",
        )
    question = _("Is this the fingerprint that the country read to you by telephone?")
    require_confirmation(lambda: [question], is_confirmed, settings.lang)


def _confirm_anchor(settings: Settings, anchor: bytes, fingerprint: str | None) -> None:
    """Check the mechanism's key where this folder has none. Raises EnrolmentError, click.Abort."""
    expected = fingerprint_of(anchor)
    if fingerprint is not None:
        if "".join(fingerprint.split()).lower() != expected.replace(" ", ""):
            raise EnrolmentError(
                _("The key in this answer has another fingerprint: {expected}", expected=expected),
                _("Nothing was changed. Call the mechanism: somebody may have replaced the file."),
                "ANSWER_FOREIGN",
            )
        return
    if not sys.stdin.isatty():
        raise EnrolmentError(
            _("This folder does not know the mechanism yet: {expected}", expected=expected),
            _("Compare the fingerprint by telephone, then repeat with --mechanism FINGERPRINT."),
            "NOT_CONFIRMED",
        )
    facts = [
        _("Fingerprint of the mechanism: {fingerprint}", fingerprint=expected),
        _("Is this the fingerprint that the mechanism read to you by telephone?"),
    ]
    require_confirmation(lambda: facts, False, settings.lang)


def _print_all(settings: Settings, lines: list[UserMessage]) -> None:
    for line in lines:
        render_report.print_message(settings.lang, line)
