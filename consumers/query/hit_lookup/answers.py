"""Make the answer of a hit look-up from the records that may answer it. Pure.

It says hit or no hit, how sure, and whom to ask. It has nothing of a record: no type, place, time,
number of records, or name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, NamedTuple

import orjson
from pydantic import Field

from consumers.query.disclosed import DisclosedVersion
from consumers.query.hit_lookup.lines import HitLine
from schemas.exchange_config import Contact
from schemas.i18n import UserMessage
from schemas.model import Reader

Verdict = Literal["hit", "no_hit", "cannot_say"]
KEY_PURPOSE = b"quipu:ledger:hit-lookup"
_REFERENCE_BYTES = 10
Contacts = Mapping[tuple[str, str], Contact]


class AnsweringRecord(NamedTuple):
    """A record that answers. `is_certain`: it names the object completely."""

    shown: DisclosedVersion
    is_certain: bool


@dataclass(frozen=True, slots=True)
class WhomToAsk:
    """An authority that knows something, and its office as config has it; empty: not announced."""

    country: str
    authority: str
    office: str = ""
    phone: str = ""
    mail: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class HitAnswer:
    """The answer to one line."""

    line: Annotated[int, Field(description="place in the list, from 1")]
    answer: Annotated[
        Verdict, Field(description="hit, no_hit, or cannot_say: what was asked cannot be read")
    ]
    certainty: Annotated[
        Literal["certain", "possible"] | None, Field(description="of a hit; else null")
    ]
    ask: Annotated[
        list[WhomToAsk], Field(description="whom to ask, in the order of country and authority")
    ]
    reference: Annotated[
        str, Field(description="names this question in the ledger and in a request that follows")
    ]
    problem: Annotated[
        dict[str, str] | None, Field(description="why it cannot be looked up, by language")
    ] = None


@dataclass(frozen=True, slots=True)
class HitLookupAnswer:
    """The answers to a list, in its order."""

    asked_at: datetime
    purpose: str
    legal_basis: str
    answers: list[HitAnswer]


def to_answer(
    line: int, reference: str, records: Collection[AnsweringRecord], contacts: Contacts
) -> HitAnswer:
    """Return the answer that these records make; no record makes `no_hit`."""
    owners = sorted({(record.shown.country, record.shown.authority) for record in records})
    is_certain = any(record.is_certain for record in records)
    return HitAnswer(
        line,
        "hit" if records else "no_hit",
        ("certain" if is_certain else "possible") if records else None,
        [_whom_to_ask(country, authority, contacts) for country, authority in owners],
        reference,
    )


def cannot_say(line: int, reference: str, problem: UserMessage, langs: Iterable[str]) -> HitAnswer:
    """Return the answer to a line that cannot be looked up."""
    texts = {lang: problem.in_language(lang) for lang in langs}
    return HitAnswer(line, "cannot_say", None, [], reference, texts)


def question_hash(line: HitLine, reader: Reader, legal_basis: str, secret: bytes) -> bytes:
    """Return the HMAC-SHA256 of what was asked, by whom and on which basis, as the ledger has it.

    The key is derived from the mechanism's secret, so nobody else can try values against it.
    """
    key = hmac.digest(secret, KEY_PURPOSE, hashlib.sha256)
    asker = [reader.person, reader.country, reader.authority, reader.purpose, legal_basis]
    content = orjson.dumps([asker, line.fields], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(key, content, hashlib.sha256)


def reference_of(hash_: bytes) -> str:
    """Return the reference number of a question: 16 letters and digits in groups of four."""
    text = base64.b32encode(hash_[:_REFERENCE_BYTES]).decode()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def hash_begin(reference: str) -> bytes | None:
    """Return the first bytes of the hash that a reference stands for; None where it is none."""
    text = reference.replace("-", "").replace(" ", "").upper()
    try:
        begin = base64.b32decode(text)
    except ValueError:
        return None
    return begin if len(begin) == _REFERENCE_BYTES else None


def most_of_each(records: Sequence[AnsweringRecord], most: int) -> list[AnsweringRecord]:
    """Return at most so many records of each authority, the newest: the ledger names these."""
    newest = sorted(records, key=lambda record: (-record.shown.recorded_at, record.shown.id))
    counts: dict[tuple[str, str], int] = {}
    chosen = []
    for record in newest:
        owner = (record.shown.country, record.shown.authority)
        counts[owner] = counts.get(owner, 0) + 1
        if counts[owner] <= most:
            chosen.append(record)
    return chosen


def _whom_to_ask(country: str, authority: str, contacts: Contacts) -> WhomToAsk:
    contact = contacts.get((country, authority))
    if contact is None:
        return WhomToAsk(country, authority)
    return WhomToAsk(country, authority, contact.office, contact.phone, contact.mail, contact.hours)
