"""Verify the whole disclosure ledger: signatures, chains of its writers, missing offsets. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from consumers.ledger.entries import GENESIS_HASH
from schemas.avro.codec import log_format
from schemas.avro.log_records import DisclosureRecord
from schemas.crypto.disclosures import LedgerTrust
from schemas.errors import QuipuFormatError
from schemas.i18n import UserMessage, _, ngettext
from schemas.model import Message


class ChainBreak(NamedTuple):
    """Where the ledger does not hold.

    `offset`: of the message at which it shows; `writer`: in hexadecimal digits, empty if unknown.
    """

    offset: int
    writer: str
    reason: UserMessage


def verify_chain(messages: Iterable[Message], trust: LedgerTrust) -> list[ChainBreak]:
    """Return what is missing, changed or foreign in the ledger, in the order of the topic.

    `messages`: of the whole topic, in their order; `trust`: the keys that may sign, and when.
    """
    breaks: list[ChainBreak] = []
    hashes: dict[int, bytes] = {}
    ends: dict[bytes, tuple[int, bytes]] = {}
    expected = 0
    for message in messages:
        if message.offset != expected:
            missing = ngettext("{count} missing", "{count} missing", message.offset - expected)
            breaks.append(ChainBreak(message.offset, "", missing))
        expected = message.offset + 1
        hashes[message.offset] = hashlib.sha256(message.value).digest()
        try:
            entry = log_format("disclosure").read(trust.read(message.value, message.appended_at))
        except QuipuFormatError as error:
            foreign = _("not signed by the mechanism: {detail}", detail=error.detail)
            breaks.append(ChainBreak(message.offset, "", foreign))
            continue
        breaks += _chain_breaks(message.offset, entry, ends, hashes)
        ends[entry["writer"]] = entry["sequence"], hashes[message.offset]
    return breaks


def _chain_breaks(
    offset: int,
    entry: DisclosureRecord,
    ends: dict[bytes, tuple[int, bytes]],
    hashes: dict[int, bytes],
) -> list[ChainBreak]:
    writer, sequence, previous = entry["writer"], entry["sequence"], entry["previous"]
    if writer in ends:
        holds = (sequence - 1, previous) == ends[writer]
    elif sequence != 0:
        holds = False
    elif entry["follows"] is None:
        holds = previous == GENESIS_HASH
    else:
        holds = hashes.get(entry["follows"]) == previous
    if holds:
        return []
    return [
        ChainBreak(offset, writer.hex(), _("the entry before it is missing or changed")),
    ]
