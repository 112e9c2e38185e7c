"""Write the certificate of an erasure: what was erased, when, why and on whose order, signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from infra.keys.keyring import NodeKeys
from producers.errors import NodeError
from producers.node_config import NodeConfig
from producers.outbox.receipts import Receipt, receipts_by_id
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas import ids, words
from schemas.crypto.signed_text import sign_text
from schemas.i18n import UserMessage, _
from schemas.model import EventId

DONE = "done"


@dataclass(frozen=True, slots=True)
class FinishedErasure:
    """An erasure that is done. Times are ms since 1970 UTC.

    `versions`: the receipts of the item. `statement`: the newest receipt of the event that states
    the erasure. `done_at`: when the node knew that no key of it is left.
    """

    versions: Sequence[Receipt]
    statement: Receipt
    reason: str
    stated_at: int
    done_at: int


def read_finished_erasure(outbox: Outbox, target: EventId) -> FinishedErasure:
    """Read the erasure of an item. Raises NodeError where it is not done, OutboxError."""
    rows = outbox.rows(sql("erasure_statement"), (target,))
    versions = receipts_by_id(outbox, [target])
    if not rows or not versions:
        raise NodeError(
            _("The item {id} was not erased by this node.", id=ids.to_uuid_text(target)),
            _("Erase it first: quipu erase. Its certificate comes when the erasure is done."),
            "NOT_ERASED",
        )
    statement, reason, stated_at, stage, since = rows[0]
    if stage != DONE:
        raise NodeError(
            _("The erasure of {id} is not done yet.", id=ids.to_uuid_text(target)),
            _("Repeat after: quipu send NODE --wait."),
            "NOT_ERASED",
        )
    if statement is None:
        raise NodeError(
            _("The erasure of {id} is of an older release.", id=ids.to_uuid_text(target)),
            _("Show its receipts instead: quipu receipts --id."),
            "NOT_ERASED",
        )
    stated = receipts_by_id(outbox, [EventId(bytes(statement))])[-1]
    return FinishedErasure(versions, stated, reason, stated_at, since)


def write_certificate(
    erasure: FinishedErasure, config: NodeConfig, keys: NodeKeys, now: int, lang: str
) -> str:
    """Write the certificate in a language, signed with the node's key; `now`: ms since 1970 UTC."""
    lines = [line.in_language(lang) for line in _lines(erasure, config, keys, now, lang)]
    return sign_text("\n".join(lines) + "\n", keys.node, keys.signing)


def _lines(
    erasure: FinishedErasure, config: NodeConfig, keys: NodeKeys, now: int, lang: str
) -> Iterator[UserMessage]:
    item = erasure.versions[0]
    yield _("CERTIFICATE OF ERASURE (quipu, version 1)")
    yield _("Issued: {moment}", moment=_moment(now))
    yield _(
        "By: {authority}, {country}, node {node}",
        authority=config.authority,
        country=config.country,
        node=keys.node,
    )
    yield _("Record: {id} ({type})", id=item.id, type=words.event_type(item.type, lang))
    for version in erasure.versions:
        yield _(
            "Version {version}, sealed {sealed}: {verdict}",
            version=version.version,
            sealed=_moment(version.sealed_at),
            verdict=words.verdict(version.verdict, lang),
        )
    yield _(
        "Erasure stated {moment}, reason: {reason} [{code}]",
        moment=_moment(erasure.stated_at),
        reason=words.value("erasure_reason", erasure.reason, lang),
        code=erasure.reason,
    )
    yield _(
        "Statement: {id}, answer of the mechanism: {verdict}",
        id=erasure.statement.id,
        verdict=words.verdict(erasure.statement.verdict, lang),
    )
    yield _("Keys destroyed everywhere in the exchange: {moment}", moment=_moment(erasure.done_at))
    yield _(
        "Since then nobody can read the content of the record in the exchange. What readers kept "
        "before that is not known."
    )
    yield _(
        "Signed with key {key_id}, public key {public}",
        key_id=keys.key_id,
        public=keys.signing.public_key().public_bytes_raw().hex(),
    )


def _moment(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
