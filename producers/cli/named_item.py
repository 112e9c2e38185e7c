"""Find the item that the options --id, or --reference and --type, name, and whether it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

import click

from infra.command_line import language_of
from infra.keys.keyring import NodeKeys
from producers.errors import NodeError
from producers.ingest.resolver import describe_withdrawal
from producers.outbox.receipts import id_of_reference, known_types
from producers.outbox.row_history import ERASED, read_withdrawals
from producers.outbox.store import Outbox
from schemas.i18n import _
from schemas.model import EventId


@dataclass(frozen=True, slots=True)
class ItemName:
    """How an item is named: by its id, or by its source reference and type."""

    id_: str | None
    reference: str | None
    type_: str | None

    @classmethod
    def of_options(cls, options: Mapping[str, str | None]) -> ItemName:
        """Take the options `id_`, `reference` and `type_` of a command."""
        return cls(options["id_"], options["reference"], options["type_"])


def named_item(outbox: Outbox, keys: NodeKeys, name: ItemName) -> EventId:
    """Compute the id of the item. Raises click.UsageError, NodeError, OutboxError."""
    if name.id_:
        return event_id_of(name.id_)
    if not (name.reference and name.type_):
        context = click.get_current_context()
        text = _("Name the record: give --id, or --reference together with --type.")
        raise click.UsageError(text.in_language(language_of(context)), context)
    check_type(outbox, name.type_)
    return id_of_reference(keys, name.type_, name.reference)


def event_id_of(text: str) -> EventId:
    """Read an id. Raises click.BadParameter."""
    try:
        return EventId(UUID(text).bytes)
    except ValueError as error:
        context = click.get_current_context()
        message = _("{text} is no id, which has 32 digits such as 5ed15ad0-….", text=text[:40])
        raise click.BadParameter(
            message.in_language(language_of(context)), context, param_hint="--id"
        ) from error


def check_type(outbox: Outbox, type_: str) -> None:
    """Accept a type of event that the release or config has. Raises NodeError."""
    known = known_types(outbox)
    if type_ not in known:
        likely = get_close_matches(type_[:40], known) or sorted(known)
        raise NodeError(
            _("There is no type of event `{name}`.", name=type_[:40]),
            _("The types are: {names}.", names=", ".join(likely)),
            "UNKNOWN_CODE",
        )


def require_standing(outbox: Outbox, type_: str, target: EventId) -> None:
    """Refuse to withdraw what this node never sent, or what is withdrawn already.

    `type_`: retraction or erasure; a retracted item may still be erased. Raises NodeError.
    """
    if not outbox.sealed_versions([target]):
        raise NodeError(
            _("This node never sent that record, so there is nothing to withdraw."),
            _("Check the node, --reference and --type, or --id."),
            "UNKNOWN_TARGET",
        )
    withdrawn = read_withdrawals(outbox, [target]).get(target)
    if withdrawn is None or (type_ == "erasure" and withdrawn.reason != ERASED):
        return
    raise NodeError(
        _("The record is withdrawn already: {what}.", what=describe_withdrawal(withdrawn)),
        _("Nothing is left to do. See it with `quipu receipts`."),
        "ALREADY_RETRACTED",
    )
