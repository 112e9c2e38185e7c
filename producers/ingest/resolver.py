"""Resolve the rows of a batch against what the node sent before, and against each other."""

from collections.abc import Sequence
from datetime import UTC, datetime

from producers.events.row_versions import ItemState, resolve_row
from producers.events.sealing import read_envelope
from producers.ingest.statements import DraftStatement, Withdrawal, build_statement
from producers.model import Draft, Refusal
from producers.outbox.receipts import receipts_by_id
from producers.outbox.row_history import (
    ERASED,
    Withdrawn,
    read_likenesses,
    read_row_numbers,
    read_withdrawals,
)
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.avro.log_records import EnvelopeRecord
from schemas.i18n import UserMessage, _
from schemas.model import EventId

BatchItem = Draft | Withdrawal


class BatchResolver:
    """Resolves the items of one batch, in their order.

    `reason` is the code of a correction's reason, where all rows of the run correct.
    """

    def __init__(
        self,
        outbox: Outbox,
        secret: bytes,
        reason: str | None,
        draft_statement: DraftStatement,
        items: Sequence[BatchItem],
    ) -> None:
        """Read what the outbox knows of the items. Raises OutboxError."""
        self._outbox, self._secret, self._reason = outbox, secret, reason
        self._draft_statement = draft_statement
        self._sealed: dict[bytes, Draft] = {}
        ids = [_item_id(item) for item in items]
        drafts = [item for item in items if isinstance(item, Draft)]
        versions, withdrawn = outbox.sealed_versions(ids), read_withdrawals(outbox, ids)
        has_numbers = any(draft.change and draft.change.number is not None for draft in drafts)
        numbers = read_row_numbers(outbox, ids) if has_numbers else {}
        self._states = {
            bytes(id_): ItemState(
                versions.get(id_, []),
                numbers.get(id_),
                describe_withdrawal(withdrawn[id_]) if id_ in withdrawn else None,
            )
            for id_ in ids
        }
        self._alike = self._items_alike(drafts)

    def resolve(self, item: BatchItem) -> Draft | list[Refusal]:
        """Decide what becomes of an item: what is to be sealed, or all reasons why nothing is."""
        state = self._states[_item_id(item)]
        if isinstance(item, Withdrawal):
            return self._withdraw(item, state)
        if self._reason is None and not state.versions and item.likeness in self._alike:
            return [Refusal(item.line, "CAPITALS_ONLY")]
        result = resolve_row(item, state, self._reason, self._secret)
        if isinstance(result, Refusal):
            return [self._with_place(result, item)]
        state.versions.append(result.version)
        if item.change is not None and item.change.number is not None:
            state.number = item.change.number
        if item.likeness is not None:
            self._alike.add(item.likeness)
        self._sealed[item.id] = result
        return result

    def _withdraw(self, item: Withdrawal, state: ItemState) -> Draft | list[Refusal]:
        if state.withdrawal is not None:
            return [Refusal(item.line, "ALREADY_RETRACTED", "target", detail=state.withdrawal)]
        envelope = self._newest_envelope(item.statement.target)
        if envelope is None or not state.versions:
            return [Refusal(item.line, item.unknown_code, "target")]
        draft = build_statement(item.statement, envelope, self._draft_statement, item.line)
        if isinstance(draft, Draft):
            state.withdrawal = _("withdrawn by line {line} of this file", line=item.line)
        return draft

    def _newest_envelope(self, target: EventId) -> EnvelopeRecord | dict[str, object] | None:
        if target in self._sealed:
            return self._sealed[target].envelope
        newest = self._outbox.rows(sql("newest_bundle_of_item"), (target,))
        return read_envelope(*newest[0]) if newest else None

    def _items_alike(self, drafts: Sequence[Draft]) -> set[bytes | None]:
        """Give the likenesses whose item stands: it was sent, and not withdrawn."""
        likenesses = [draft.likeness for draft in drafts if draft.likeness is not None]
        items = read_likenesses(self._outbox, likenesses)
        ids = list(items.values())
        standing = self._outbox.sealed_versions(ids).keys() - read_withdrawals(self._outbox, ids)
        return {likeness for likeness, id_ in items.items() if id_ in standing}

    def _with_place(self, refusal: Refusal, draft: Draft) -> Refusal:
        """Say of a conflict which other line the record came from."""
        if refusal.code != "CONFLICT" or refusal.detail:
            return refusal
        former = self._sealed.get(draft.id)
        detail: UserMessage
        if former is not None:
            detail = _("line {line} of this file has it too", line=former.line)
        else:
            newest = receipts_by_id(self._outbox, [draft.id])[-1]
            detail = _(
                "sent on {day} from {file}, line {line}",
                day=_day(newest.sealed_at),
                file=newest.file,
                line=newest.line,
            )
        return Refusal(refusal.line, refusal.code, refusal.field, refusal.column, detail)


def describe_withdrawal(withdrawn: Withdrawn) -> UserMessage:
    """Say when and why an item was withdrawn."""
    day = _day(withdrawn.since)
    if withdrawn.reason == ERASED:
        return _("erased on {day}", day=day)
    return _("retracted on {day}: {reason}", day=day, reason=withdrawn.reason)


def _day(millis: int) -> str:
    return f"{datetime.fromtimestamp(millis / 1000, UTC):%Y-%m-%d}"


def _item_id(item: BatchItem) -> EventId:
    return item.id if isinstance(item, Draft) else item.statement.target
