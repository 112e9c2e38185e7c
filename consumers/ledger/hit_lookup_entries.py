"""Make the ledger's records of hit look-ups: one for each line, whatever it was answered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from consumers.ledger.entries import empty_lookup_record, ledger_records
from consumers.query.disclosed import Disclosed, DisclosedVersion
from consumers.query.empty_lookups import HashedLookup
from consumers.query.hit_lookup.asked import QUESTION
from schemas.avro.codec import Record
from schemas.model import Reader


class HitLookupEntry(NamedTuple):
    """One line of a hit look-up. `things`, `events`: what answered it; none for no hit."""

    question_hash: bytes
    things: tuple[str, ...]
    events: tuple[DisclosedVersion, ...]


def hit_lookup_records(
    entries: Iterable[HitLookupEntry], reader: Reader, legal_basis: str, channel: str, at: int
) -> Iterator[Record]:
    """Yield the ledger's records of a list. `at`: ms since 1970 UTC."""
    questions = [QUESTION, legal_basis]
    for entry in entries:
        if not entry.events:
            lookup = HashedLookup(reader, None, QUESTION, entry.question_hash)
            yield {**empty_lookup_record(lookup, channel, at), "questions": questions}
            continue
        disclosed = Disclosed(reader, None, dict.fromkeys(questions))
        disclosed.things.update(dict.fromkeys(entry.things))
        disclosed.events.update(dict.fromkeys(entry.events))
        disclosed.question_hash = entry.question_hash
        yield from ledger_records(disclosed, channel, at)
