"""Make the records of the disclosure ledger from what an answer showed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from uuid import UUID

from consumers.query.disclosed import Disclosed, DisclosedVersion
from consumers.query.empty_lookups import HashedLookup
from consumers.query.work.acts import WorkDraft
from schemas.avro.codec import Record
from schemas.model import Reader, ReaderCondition
from schemas.release.rules import TLP
from streams.identities.mention import PairVerdict

GENESIS_HASH = bytes(32)
"""What the first entry of an empty topic names as the message before it."""
MAX_IDS_PER_ENTRY = 10_000
"""Ids in one entry: larger answers take several, each far below what the topic takes (about 70
bytes an event).
"""


def ledger_records(disclosed: Disclosed, channel: str, at: int) -> Iterator[Record]:
    """Yield the ledger's records of an answer, without the writer's own fields.

    It is one, unless the answer showed more than MAX_IDS_PER_ENTRY. `channel`: api, cli, page or
    hit; `at`: ms since 1970 UTC.
    """
    indicators = list(disclosed.indicators.items())
    things, events = list(disclosed.things), list(disclosed.events)
    longest = max(len(indicators), len(things), len(events), 1)
    for start in range(0, longest, MAX_IDS_PER_ENTRY):
        part = slice(start, start + MAX_IDS_PER_ENTRY)
        yield {
            **_frame(disclosed.reader, "shown", channel, at),
            "questions": list(disclosed.questions),
            "as_of": disclosed.as_of,
            "indicators": [
                {"id": UUID(id_).bytes, "last_recorded": last_recorded}
                for id_, last_recorded in indicators[part]
            ],
            "things": [UUID(id_).bytes for id_ in things[part]],
            "events": [_version_record(event) for event in events[part]],
            "tlp": disclosed.tlp,
            "markings": sorted(disclosed.markings),
            "question_hash": disclosed.question_hash,
        }


def empty_lookup_record(lookup: HashedLookup, channel: str, at: int) -> Record:
    """Return the ledger's record of a question that showed nothing. `at`: ms since 1970 UTC."""
    return {
        **_frame(lookup.reader, "empty", channel, at),
        "questions": [lookup.question],
        "as_of": lookup.as_of,
        "question_hash": lookup.question_hash,
    }


def acceptance_record(
    reader: Reader, condition: ReaderCondition, event: str | None, channel: str, at: int
) -> Record:
    """Return the ledger's record of a reader who accepts a condition.

    `event`: id of the event where the reader met it; `at`: ms since 1970 UTC.
    """
    accepted = {
        "country": condition.country,
        "text": condition.text,
        "event": UUID(event).bytes if event else None,
    }
    return {**_frame(reader, "accepted", channel, at), "condition": accepted}


def verdict_record(reader: Reader, verdict: PairVerdict, channel: str, at: int) -> Record:
    """Return the ledger's record of an analyst's verdict on a pair. `at`: ms since 1970 UTC."""
    first, second = verdict.pair
    decided = {
        "first": UUID(first.event).bytes,
        "first_person": first.person,
        "second": UUID(second.event).bytes,
        "second_person": second.person,
        "word": verdict.word,
        "reason": verdict.reason,
    }
    return {**_frame(reader, "decided", channel, at), "verdict": decided}


def work_record(
    reader: Reader, draft: WorkDraft, sealed: bytes | None, channel: str, at: int
) -> Record:
    """Return the ledger's record of an act on an object of work.

    `sealed`: what the draft's content became; `at`: ms since 1970 UTC.
    """
    member, audience = draft.member, draft.audience
    worked = {
        "object": UUID(draft.object).bytes,
        "kind": draft.kind,
        "act": draft.act,
        "about": [{"kind": about.kind, "id": about.id} for about in draft.about],
        "item": draft.item,
        "member": None if member is None else asdict(member),
        "audience": None if audience is None else asdict(audience),
        "code": draft.code,
        "sealed": sealed,
    }
    return {**_frame(reader, "worked", channel, at), "work": worked}


def purpose_record(reader: Reader, justification: str, channel: str, at: int) -> Record:
    """Return the ledger's record of a reader who asks for another purpose from now on.

    `justification`: why, in the reader's own words; `at`: ms since 1970 UTC.
    """
    return {**_frame(reader, "stated", channel, at), "justification": justification}


def _version_record(event: DisclosedVersion) -> Record:
    return {
        **event._asdict(),
        "id": UUID(event.id).bytes,
        "version": UUID(event.version).bytes if event.version else None,
    }


def _frame(reader: Reader, act: str, channel: str, at: int) -> Record:
    return {
        "at": at,
        "act": act,
        "through": channel,
        "questions": [],
        "reader": {
            "person": reader.person,
            "country": reader.country,
            "authority": reader.authority,
            "roles": sorted(reader.roles),
            "clearance": reader.clearance,
            "groups": sorted(reader.groups),
            "purpose": reader.purpose,
            "exercise": reader.exercise,
        },
        "as_of": None,
        "indicators": [],
        "things": [],
        "events": [],
        "tlp": TLP[0],
        "markings": [],
        "condition": None,
        "question_hash": None,
        "verdict": None,
        "work": None,
        "justification": None,
    }
