"""The formats of the log: framing, signatures, sealing, ids."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from schemas import ids
from schemas.avro.codec import (
    HEADER_BYTES,
    MAGIC,
    Format,
    Record,
    fingerprint,
    log_format,
    raw_log_format,
)
from schemas.avro.log_records import BundleRecord, ErasedRecord, KeyListRecord
from schemas.crypto import sealing
from schemas.errors import BadSignatureError, BrokenFormatError, CannotOpenError, UnknownFormatError
from schemas.model import Cord

SIGNING = Ed25519PrivateKey.generate()
MECHANISM = X25519PrivateKey.generate()
CORD = Cord("co-ponal", "routine", 1)
EXAMPLE = {"cord": CORD._asdict(), "sequence": 3, "previous": bytes(32), "events": [b"one", b"two"]}


def test_what_is_written_is_read_again() -> None:
    bundle = log_format("bundle")
    assert bundle.read(bundle.write(EXAMPLE)) == EXAMPLE


@given(st.binary(max_size=200))
@example(MAGIC + bytes(8))
def test_bytes_without_the_header_are_refused(data: bytes) -> None:
    bundle = log_format("bundle")
    assume(not data.startswith(bundle.header))
    with pytest.raises((BrokenFormatError, UnknownFormatError)):
        bundle.read(data)


WRITTEN = log_format("bundle").write(EXAMPLE)


@given(st.binary(max_size=200))
@example(WRITTEN[HEADER_BYTES:])
@example(b"")
def test_bytes_after_the_header_are_a_record_or_broken_never_anything_else(data: bytes) -> None:
    assert_read_or_broken(log_format("bundle").header + data)


@given(st.integers(HEADER_BYTES, len(WRITTEN) - 1), st.integers(0, 255))
def test_a_changed_byte_gives_another_record_or_is_broken(place: int, byte: int) -> None:
    changed = WRITTEN[:place] + bytes([byte]) + WRITTEN[place + 1 :]
    record = assert_read_or_broken(changed)
    assert (record == EXAMPLE) == (changed == WRITTEN)


def assert_read_or_broken(data: bytes) -> BundleRecord | None:
    """Return the record, which is written and read again as it is; None for broken bytes."""
    bundle = log_format("bundle")
    try:
        record = bundle.read(data)
    except BrokenFormatError:
        event("broken")
        return None
    event("read")
    assert bundle.read(bundle.write(record)) == record
    return record


@given(st.integers(0, 60))
def test_a_truncated_message_is_broken_not_shorter(cut: int) -> None:
    whole = log_format("bundle").write(EXAMPLE)
    with pytest.raises(BrokenFormatError):
        log_format("bundle").read(whole[: min(cut, len(whole) - 1)])


def test_bytes_after_the_record_are_refused() -> None:
    with pytest.raises(BrokenFormatError, match="too many"):
        log_format("bundle").read(log_format("bundle").write(EXAMPLE) + b"x")


def test_another_schema_is_unknown_not_broken() -> None:
    with pytest.raises(UnknownFormatError):
        log_format("bundle").read(
            log_format("signed").write({"body": b"", "key_id": "", "signature": bytes(64)})
        )


def test_raw_reads_the_same_bytes_with_text_as_utf_8_those_of_former_versions_too() -> None:
    former = {
        "type": "record",
        "name": "A",
        "fields": [
            {"name": "x", "type": ["null", "string"]},
            {"name": "m", "type": {"type": "map", "values": "string"}},
        ],
    }
    newest = {**former, "fields": [*former["fields"], {"name": "y", "type": "int", "default": 7}]}
    raw: Format[Record] = Format(json.dumps(newest), [json.dumps(former)], raw=True)
    older: Format[Record] = Format(json.dumps(former))
    current: Format[Record] = Format(json.dumps(newest))
    assert raw.read(current.write({"x": "ñ", "m": {"é": "ü"}, "y": 1})) == {
        "x": "ñ".encode(),
        "m": {"é": "ü".encode()},
        "y": 1,
    }
    assert raw.read(older.write({"x": None, "m": {"é": "ü"}})) == {
        "x": None,
        "m": {"é": "ü".encode()},
        "y": 7,
    }
    assert raw_log_format("accepted").header == log_format("accepted").header


def test_schemas_that_differ_only_in_attributes_share_the_frame_and_not_the_fingerprint() -> None:
    plain = {"type": "record", "name": "A", "fields": [{"name": "x", "type": "string"}]}
    marked = {
        "type": "record",
        "name": "A",
        "fields": [{"name": "x", "type": "string", "personal": True}],
    }
    item: Format[Record] = Format(json.dumps(plain))
    other: Format[Record] = Format(json.dumps(marked))
    assert item.header == other.header
    assert item.fingerprint != other.fingerprint
    assert fingerprint(json.dumps(plain, indent=3)) == item.fingerprint


def test_a_signature_is_worth_nothing_in_another_topic_or_for_another_body() -> None:
    signed = sealing.read_signed(sealing.sign("quipu.bundles.co", b"body", "k", SIGNING))
    assert sealing.verify("quipu.bundles.co", signed, SIGNING.public_key()) == b"body"
    with pytest.raises(BadSignatureError):
        sealing.verify("quipu.bundles.pe", signed, SIGNING.public_key())
    with pytest.raises(BadSignatureError):
        sealing.verify("quipu.bundles.co", {**signed, "body": b"Body"}, SIGNING.public_key())


def test_the_pre_authentication_encoding_is_the_one_of_dsse() -> None:
    assert (
        sealing.pre_authentication_encoding("http://example.com/HelloWorld", b"hello world")
        == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


@given(st.binary(max_size=300), st.binary(min_size=16, max_size=16))
def test_a_sealed_payload_opens_only_with_its_key_and_its_event(
    payload: bytes, event: bytes
) -> None:
    key = sealing.new_key()
    sealed = sealing.seal(payload, key, event)
    assert sealing.open_sealed(sealed, key, event) == payload
    with pytest.raises(CannotOpenError):
        sealing.open_sealed(sealed, sealing.new_key(), event)
    with pytest.raises(CannotOpenError):
        sealing.open_sealed(
            sealed, key, event[::-1] if event != event[::-1] else bytes(15) + b"\x01"
        )


def key_list(keys: list[bytes], sequence: int = 3) -> KeyListRecord:
    """Return the keys sealed for the mechanism, as they are read from the log."""
    form = log_format("key_list")
    recipients = {"mechanism": MECHANISM.public_key()}
    return form.read(form.write(sealing.write_key_list(CORD, sequence, keys, recipients)))


def test_an_erased_entry_keeps_its_verdict_and_the_others_their_keys() -> None:
    keys = [sealing.new_key() for _ in range(3)]
    record = key_list(keys)
    assert sealing.open_key_list(record, "mechanism", [MECHANISM]) == keys
    erased: ErasedRecord = {"verdict": "accepted", "code": "", "field": ""}
    record["keys"][1] = erased
    stored = log_format("key_list").read(log_format("key_list").write(record))
    assert sealing.open_key_list(stored, "mechanism", [MECHANISM]) == [keys[0], erased, keys[2]]


def test_a_key_list_serves_only_its_own_bundle_and_recipient() -> None:
    record = key_list([sealing.new_key()])
    with pytest.raises(CannotOpenError):
        sealing.open_key_list(
            key_list([sealing.new_key()], 4) | {"sequence": 3}, "mechanism", [MECHANISM]
        )
    with pytest.raises(CannotOpenError):
        sealing.open_key_list(record, "somebody", [MECHANISM])
    with pytest.raises(CannotOpenError):
        sealing.open_key_list(record, "mechanism", [X25519PrivateKey.generate()])


def test_an_event_id_is_a_uuid_v8_that_bears_its_nodes_tag() -> None:
    first = ids.event_id("co-ponal", b"secret", "seizure", b"ref-1")
    assert first == ids.event_id("co-ponal", b"secret", "seizure", b"ref-1")
    assert first[: ids.NODE_TAG_BYTES] == ids.node_tag("co-ponal")
    assert ids.to_uuid_text(first)[14] == "8"
    assert ids.to_uuid_text(first)[19] in "89ab"


@given(
    st.tuples(st.text(max_size=5), st.binary(max_size=5)),
    st.tuples(st.text(max_size=5), st.binary(max_size=5)),
)
def test_other_type_or_reference_is_another_event(
    pair: tuple[str, bytes], other: tuple[str, bytes]
) -> None:
    same = ids.event_id("n", b"s", *pair) == ids.event_id("n", b"s", *other)
    assert same == (pair == other)


def test_what_a_former_version_wrote_is_read_with_the_defaults_of_today() -> None:
    first = {"type": "record", "name": "A", "fields": [{"name": "x", "type": "string"}]}
    second = {
        "type": "record",
        "name": "A",
        "fields": [*first["fields"], {"name": "y", "type": "int", "default": 7}],
    }
    written = Format(json.dumps(first)).write({"x": "old"})
    assert Format(json.dumps(second), [json.dumps(first)]).read(written) == {"x": "old", "y": 7}
    with pytest.raises(UnknownFormatError):
        Format(json.dumps(second)).read(written)
