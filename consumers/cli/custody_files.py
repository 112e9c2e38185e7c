"""`quipu investigation export` and `check`: exhibits as one file, with proofs of the log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from pydantic import TypeAdapter

from consumers.cli.investigations import ask_investigation
from consumers.cli.reader_options import QueryContext, print_json, with_query_options
from consumers.presentation import custody_words
from consumers.query.investigations.custody_file import (
    FORMAT,
    CheckedCustody,
    CustodyFile,
    CustodyProof,
    CustodyRecord,
    check_files,
    other_records,
)
from consumers.query.investigations.investigation_views import (
    InvestigationView,
    exhibit_events,
)
from consumers.query.views import EventView, to_epoch_ms
from infra.command_line import argument, command, option
from infra.errors import ProofError
from infra.exchange_log.bundle_proof import prove_bundle
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.event_keys import EventKeyBook, KeyListRef
from infra.kafka_access import ProcessName
from infra.keys import keyring
from infra.settings import Settings
from schemas import words
from schemas.checkpoint.inclusion import read_public_keys
from schemas.errors import QuipuFormatError
from schemas.hidden_characters import make_one_line
from schemas.i18n import UserMessage, _, ngettext
from schemas.model import Cord
from streams.lifecycles.parties import GROUP

EXIT_UNPROVED = 1
_FILE = TypeAdapter(CustodyFile)
_existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@command("export", help=_("Write the exhibits with proofs of the log, as one file, to the output."))
@argument("id_", metavar="ID")
@with_query_options
def export_command(context: QueryContext, id_: str) -> None:
    """Write what this reader sees; records of its own country have their proofs."""
    view = ask_investigation(context, id_)
    file = to_file(view, context.settings)
    if others := other_records(file):
        text = ngettext(
            "The proofs also show the envelope of {count} other record of your country, without "
            "its content: give the file to nobody who may not know of it.",
            "The proofs also show the envelopes of {count} other records of your country, without "
            "their content: give the file to nobody who may not know of them.",
            others,
        )
        click.echo(text.in_language(context.lang), err=True)
    print_json(CustodyFile, file)


@command(
    "check", help=_("Check files of exhibits with public keys alone. Exit code 0 if all is proved.")
)
@argument("files", nargs=-1, required=True, type=_existing, metavar="FILE")
@option(
    "--keys",
    required=True,
    metavar="FILE",
    type=_existing,
    help=_("Public keys, as `quipu proof keys` writes them, from somebody whom you trust."),
)
@click.pass_obj
def check_command(settings: Settings, files: tuple[Path, ...], keys: Path) -> None:
    """Check files; nothing is read but them."""
    try:
        trusted = read_public_keys(keys.read_text(encoding="utf-8"))
        read = [_FILE.validate_json(file.read_bytes()) for file in files]
    except (QuipuFormatError, ValueError) as error:
        raise ProofError(
            _("The files or {keys} cannot be read.", keys=keys),
            _("Make them with `quipu investigation export` and `quipu proof keys`."),
            "PROOF_UNREADABLE",
        ) from error
    checked = check_files(read, trusted)
    for line in (*_lines(checked, settings.lang), *checked.problems):
        click.echo(make_one_line(line.in_language(settings.lang)))
    if checked.problems or _unproved(checked):
        sys.exit(EXIT_UNPROVED)


def to_file(view: InvestigationView, settings: Settings) -> CustodyFile:
    """Return the file of an investigation. Raises what `prove_bundle` raises."""
    course = view.course
    opener = f"{course.opening.country}/{course.opening.authority}"
    parties = ["/".join(filter(None, (p.country, p.authority))) for p in course.summary.parties]
    by_id = {event.id: event for event in (course.opening, *course.events)}
    exhibit_records = [event for event in exhibit_events(course) if event.entries]
    with closing(ConfigLog(settings.acting_as(ProcessName.SINK))) as config_log:
        prover = _Prover(settings, config_log)
        records = [
            CustodyRecord(
                event.id,
                str(event.author),
                event.at,
                event.is_counted,
                [{name: _text(value) for name, value in entry.items()} for entry in event.entries],
                prover.prove(by_id[event.id]),
            )
            for event in exhibit_records
        ]
    is_group = any(name.startswith(GROUP) for name in course.opening.recipients)
    return CustodyFile(
        *(FORMAT, course.opening.id, course.summary.title, sorted({opener, *parties})),
        *(is_group, records, view.exhibits),
    )


class _Prover:
    """Proves records whose bundles the reader's country sealed itself."""

    def __init__(self, settings: Settings, config_log: ConfigLog) -> None:
        self._settings, self._config_log = settings, config_log
        keys = keyring.load_mechanism_keys(settings)
        self._book = EventKeyBook(settings.acting_as(ProcessName.SINK), config_log, keys)

    def prove(self, event: EventView) -> CustodyProof | None:
        """Return the proof of a record; None where its bundle may hold what is not released."""
        if event.sequence is None or event.item is None:
            return None
        cord = Cord(*_parts(event.cord))
        node = self._config_log.refresh().newest().nodes[cord.node]
        ref = KeyListRef(node.home, node.partition, str(cord), event.sequence)
        keys = self._book.keys_of([ref], to_epoch_ms(event.recorded_at))[ref]
        key = keys[event.item] if event.item < len(keys) else None
        if key is None:
            return None
        proof = prove_bundle(self._settings, cord, event.sequence)
        return CustodyProof(str(proof), event.item, key.hex())


def _parts(cord: str) -> tuple[str, str, int]:
    node, lane, epoch = cord.split("/")
    return node, lane, int(epoch)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _lines(checked: CheckedCustody, lang: str) -> Iterator[UserMessage]:
    for exhibit in checked.exhibits:
        standing = custody_words.STATES[exhibit.state].with_values(
            holder=exhibit.holder, addressee=exhibit.addressee or ""
        )
        yield _("Exhibit {name}: {standing}", name=exhibit.key, standing=standing)
        for act in exhibit.acts:
            name = words.value("custody_act", act.act, lang) if act.act else "—"
            values = {"act": name, "author": act.author, "id": act.event}
            if act.refusal is not None:
                why = custody_words.reason(act.refusal, act.detail, lang)
                line = _("– {act}, {author} ({id}): does not count, {why}")
                yield line.with_values(why=why, **values)
            elif act.event in checked.proved:
                yield _("✓ {act}, {author} ({id}): proved").with_values(**values)
            else:
                line = _("✗ {act}, {author} ({id}): not proved, ask {author} for its file")
                yield line.with_values(**values)


def _unproved(checked: CheckedCustody) -> bool:
    return any(
        act.refusal is None and act.event not in checked.proved
        for exhibit in checked.exhibits
        for act in exhibit.acts
    )
