"""Say what a retraction or an erasure will hit, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from producers.mapping.file_mapping import FileMapping
from producers.model import SourceRow
from producers.outbox.receipts import Receipt
from producers.sources.reader import read
from schemas import ids, words
from schemas.i18n import UserMessage, _, ngettext
from schemas.model import EventId

_CONSEQUENCES = {
    "retraction": _(
        "All who received the record learn that it was wrong. A retraction cannot be taken back: "
        "publish the record again if it was right."
    ),
    "erasure": _(
        "An erasure destroys its keys. Nobody can read its content again, this node included."
    ),
}


def file_facts(file: Path, mapping: FileMapping) -> list[UserMessage]:
    """Say how many records of a file would be retracted, then the consequence."""
    rows = sum(isinstance(row, SourceRow) for row in read(file, mapping.source, mapping.columns))
    return [
        ngettext(
            "{file}: {count:,} row; the record of each one is retracted",
            "{file}: {count:,} rows; the record of each one is retracted",
            rows,
            file=file.name,
        ),
        _CONSEQUENCES["retraction"],
    ]


def target_facts(
    type_: str, target: EventId, versions: Sequence[Receipt], lang: str
) -> list[UserMessage]:
    """Describe the item `target` by its receipts (oldest first), then the consequence.

    `type_`: retraction or erasure.
    """
    if not versions:
        return [_("This node never sent an item {id}.", id=ids.to_uuid_text(target))]
    newest = versions[-1]
    sealed = datetime.fromtimestamp(newest.sealed_at / 1000, UTC)
    facts = [
        _("{id}: {name}", id=newest.id, name=words.event_type(newest.type, lang)),
        ngettext(
            "{count} version, sealed {moment:%Y-%m-%d %H:%M} UTC",
            "{count} versions, the newest sealed {moment:%Y-%m-%d %H:%M} UTC",
            len(versions),
            moment=sealed,
        ),
        _("verdict: {verdict}", verdict=words.verdict(newest.verdict, lang)),
    ]
    if newest.line:
        facts.append(_("from {file}, line {line}", file=newest.file, line=newest.line))
    return [*facts, _CONSEQUENCES[type_]]
