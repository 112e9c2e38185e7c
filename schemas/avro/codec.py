"""Read and write Avro in single-object framing: C3 01, CRC-64 of the schema, body.

Avro specification 1.12, "Single-object encoding". The CRC-64 says how to read; `fingerprint`
(SHA-256 of the whole normalised schema, attributes included) says what is meant: two schemas that
differ only in attributes share a CRC-64.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, overload

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.read import SchemaResolutionError
from fastavro.schema import fingerprint as canonical_fingerprint
from fastavro.schema import to_parsing_canonical_form

from schemas.avro.log_records import (
    AcceptedRecord,
    BundleRecord,
    ConfigEntryRecord,
    DisclosureRecord,
    EventRecord,
    EvidenceRecord,
    HitRecord,
    KeyListRecord,
    LabelRecord,
    LinksRecord,
    ObservationsRecord,
    ReceiptRecord,
    RejectRecord,
    SignedRecord,
    WorkKeyRecord,
)
from schemas.avro.reader_compiler import UNREADABLE, ReadRecord, compile_reader
from schemas.avro.writer_compiler import UNWRITABLE, WriteRecord, compile_writer
from schemas.errors import BrokenFormatError, UnknownFormatError

MAGIC = b"\xc3\x01"
HEADER_BYTES = 10  # mark and CRC-64
LOG_FOLDER = Path(__file__).parents[1] / "log"
RELEASED_FOLDER = Path(__file__).parents[1] / "released"
_INNER = frozenset({"type", "fields", "items", "values"})  # of a schema: where types stand

Record = dict[str, Any]
R = TypeVar("R")  # what a format's records are: a TypedDict of log_records, or Record


@lru_cache(maxsize=512)
def fingerprint(text: str) -> bytes:
    """Compute the SHA-256 (32 bytes) of a schema's JSON with sorted keys and no white space.

    Nothing of the schema's meaning is left out.
    """
    return hashlib.sha256(
        json.dumps(
            json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
    ).digest()


class Format(Generic[R]):
    """Read and write the records of one schema.

    `former`: texts of its released versions; what they wrote is read as well. `raw`: text is read
    and written as its UTF-8 bytes, for those who pass it on. Avro encodes both alike; only keys of
    maps stay text.
    """

    def __init__(self, text: str, former: Iterable[str] = (), raw: bool = False) -> None:
        """Parse the schema. Raises what fastavro raises for one that is none."""
        self.text = text
        self.definition: Record = json.loads(text)
        self.parsed = _parse(self.definition, raw)
        self.name: str = self.definition["name"]
        self.fingerprint = fingerprint(text)
        self.header = _header(self.definition)
        writers = [json.loads(older) for older in former]
        self._raw = raw
        self._former = {
            header: _parse(writer, raw)
            for writer in writers
            if (header := _header(writer)) != self.header
        }

    def write(self, record: Mapping[str, Any]) -> bytes:
        """Return the framed bytes of a record.

        Raises BrokenFormatError where the record does not fit the schema.
        """
        if self._write_compiled is not None:
            pieces = [self.header]
            try:
                self._write_compiled(record, pieces.append)
                return b"".join(pieces)
            except UNWRITABLE:
                pass  # fastavro writes it, or says what is wrong
        return self._write_with_fastavro(record)

    @cached_property
    def _write_compiled(self) -> WriteRecord | None:
        """Compile the writer at the first write."""
        return compile_writer(self.plain_definition)

    def _write_with_fastavro(self, record: Mapping[str, Any]) -> bytes:
        out = BytesIO()
        out.write(self.header)
        try:
            schemaless_writer(out, self.parsed, record)
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError) as error:
            raise BrokenFormatError(f"{self.name}: cannot be written: {error}") from error
        return out.getvalue()

    def read(self, data: bytes) -> R:
        """Return the record in framed bytes.

        Raises UnknownFormatError for another schema's frame, BrokenFormatError for anything else.
        """
        header = data[:HEADER_BYTES]
        if header == self.header and self._read_compiled is not None:
            try:
                return self._read_compiled(data, HEADER_BYTES)  # type: ignore[no-any-return]
            except UNREADABLE:
                pass  # fastavro reads it, or says what is wrong
        return self._read_with_fastavro(data, header)  # type: ignore[no-any-return]

    @cached_property
    def _read_compiled(self) -> ReadRecord | None:
        """Compile the reader at the first read: many processes never read some formats."""
        return compile_reader(self.plain_definition)

    @property
    def plain_definition(self) -> Any:
        """Return the schema's parsed JSON, with text as bytes where the format is raw."""
        return _text_as_bytes(self.definition) if self._raw else self.definition

    def read_named(self, data: bytes) -> Record:
        """Return the record in framed bytes; one of several kinds as a pair: its name, the record.

        Raises what `read` raises.
        """
        record: Record = self._read_with_fastavro(data, data[:HEADER_BYTES], has_names=True)
        return record

    def _read_with_fastavro(self, data: bytes, header: bytes, has_names: bool = False) -> Any:
        writer = self.parsed if header == self.header else self._former.get(header)
        if writer is None:
            if data[:2] != MAGIC or len(data) < HEADER_BYTES:
                raise BrokenFormatError(f"{self.name}: not a single-object frame")
            raise UnknownFormatError(
                f"{self.name}: written by schema {header[2:].hex()}, not known here"
            )
        stream = BytesIO(data)
        stream.seek(HEADER_BYTES)
        reader = None if writer is self.parsed else self.parsed
        try:
            record = schemaless_reader(stream, writer, reader, return_record_name=has_names)
        except (
            EOFError,
            ValueError,
            TypeError,
            KeyError,
            IndexError,
            OverflowError,
            MemoryError,
            StopIteration,
            SchemaResolutionError,
        ) as error:
            raise BrokenFormatError(f"{self.name}: {type(error).__name__}: {error}") from error
        if stream.tell() != len(data):
            raise BrokenFormatError(f"{self.name}: {len(data) - stream.tell()} bytes too many")
        return record


@overload
def log_format(name: Literal["accepted"]) -> Format[AcceptedRecord]: ...
@overload
def log_format(name: Literal["bundle"]) -> Format[BundleRecord]: ...
@overload
def log_format(name: Literal["config_entry"]) -> Format[ConfigEntryRecord]: ...
@overload
def log_format(name: Literal["disclosure"]) -> Format[DisclosureRecord]: ...
@overload
def log_format(name: Literal["event"]) -> Format[EventRecord]: ...
@overload
def log_format(name: Literal["evidence"]) -> Format[EvidenceRecord]: ...
@overload
def log_format(name: Literal["hit"]) -> Format[HitRecord]: ...
@overload
def log_format(name: Literal["key_list"]) -> Format[KeyListRecord]: ...
@overload
def log_format(name: Literal["label"]) -> Format[LabelRecord]: ...
@overload
def log_format(name: Literal["link"]) -> Format[LinksRecord]: ...
@overload
def log_format(name: Literal["observations"]) -> Format[ObservationsRecord]: ...
@overload
def log_format(name: Literal["receipt"]) -> Format[ReceiptRecord]: ...
@overload
def log_format(name: Literal["reject"]) -> Format[RejectRecord]: ...
@overload
def log_format(name: Literal["signed"]) -> Format[SignedRecord]: ...
@overload
def log_format(name: Literal["work_key"]) -> Format[WorkKeyRecord]: ...
@overload
def log_format(name: str) -> Format[Any]: ...
@cache
def log_format(name: str) -> Format[Any]:
    """Return the format of the log called `name` (a file of schemas/log).

    It also reads what its released versions wrote.
    """
    return _log_format(name, False)


@cache
def raw_log_format(name: str) -> Format[Record]:
    """Return a format of the log whose text is UTF-8 bytes.

    That is a quarter less work for a process that only passes text on.
    """
    return _log_format(name, True)


def _log_format(name: str, raw: bool) -> Format[Any]:
    former = (
        path.read_text(encoding="utf-8") for path in sorted((RELEASED_FOLDER / name).glob("*.avsc"))
    )
    return Format((LOG_FOLDER / f"{name}.avsc").read_text(encoding="utf-8"), former, raw)


def _parse(definition: Any, raw: bool) -> Any:
    return parse_schema(_text_as_bytes(definition) if raw else definition)


def _text_as_bytes(type_: Any) -> Any:
    if isinstance(type_, list):
        return [_text_as_bytes(branch) for branch in type_]
    if isinstance(type_, dict):
        return {
            key: _text_as_bytes(value) if key in _INNER else value for key, value in type_.items()
        }
    return "bytes" if type_ == "string" else type_


def _header(definition: Any) -> bytes:
    crc = canonical_fingerprint(to_parsing_canonical_form(parse_schema(definition)), "CRC-64-AVRO")
    return MAGIC + bytes.fromhex(crc)
