"""Decode the messages of a bundles topic once, for who fetches key lists and for who folds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.avro.codec import log_format
from schemas.avro.log_records import BundleRecord, SignedRecord
from schemas.bounds import MAX_MESSAGE_BYTES
from schemas.crypto.sealing import read_signed
from schemas.errors import QuipuFormatError
from schemas.model import Cord, Message

KeyListId = tuple[Cord, int]
"""Cord and sequence of the bundle that the list is of."""


@dataclass(frozen=True, slots=True)
class ParsedBundle:
    """A message as it is decoded; nothing of it is verified.

    `signed` and `record` are the decoded envelope of the signature and its body. A `problem` says
    why the last of them that is missing could not be decoded.
    """

    message: Message
    signed: SignedRecord | None = None
    record: BundleRecord | None = None
    problem: QuipuFormatError | None = None

    @property
    def key_list_id(self) -> KeyListId | None:
        """Name the key list of a bundle that could be decoded."""
        if self.record is None:
            return None
        return Cord(**self.record["cord"]), self.record["sequence"]

    @property
    def events(self) -> int:
        """Count the events of the bundle; 0 where it could not be decoded."""
        return 0 if self.record is None else len(self.record["events"])


def parse_bundles(messages: Iterable[Message]) -> list[ParsedBundle]:
    """Decode each message. What cannot be decoded keeps its problem, for `fold` to report."""
    return [_parse(message) for message in messages]


def _parse(message: Message) -> ParsedBundle:
    if len(message.value) > MAX_MESSAGE_BYTES:
        detail = f"{len(message.value)} bytes, at most {MAX_MESSAGE_BYTES}"
        return ParsedBundle(message, problem=QuipuFormatError(detail, "BUNDLE_TOO_LARGE"))
    try:
        signed = read_signed(message.value)
    except QuipuFormatError as error:
        return ParsedBundle(message, problem=error)
    try:
        record = log_format("bundle").read(signed["body"])
    except QuipuFormatError as error:
        return ParsedBundle(message, signed, problem=error)
    return ParsedBundle(message, signed, record)
