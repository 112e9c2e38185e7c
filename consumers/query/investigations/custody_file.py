"""Check files of exhibits without the exchange: each act is signed, and in the log. Pure.

The file has the records of an investigation as its maker sees them. Those of the maker's own
country have a proof: the sealed bundle with its place in the log (schemas.checkpoint.inclusion),
and the key of that one record. A bundle of another country could hold records that the maker may
not see, so each country adds the proofs of its own. A node can sign what it likes and intake
rejects, so a record is proved only where the node publishes for its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consumers.query.investigations.investigation_views import ExhibitView
from schemas.avro.codec import log_format
from schemas.avro.log_records import EventRecord
from schemas.checkpoint.inclusion import PublicKeys, VerifierKey, check_proof, read_proof
from schemas.checkpoint.signed_note import COSIGNATURE
from schemas.crypto.sealing import EventBinding, open_event, read_signed, verify
from schemas.errors import BadSignatureError, QuipuFormatError
from schemas.event.event_type import released_types
from schemas.i18n import UserMessage, _
from schemas.ids import to_uuid_text
from streams.lifecycles.custody import fold_exhibits, party_named
from streams.lifecycles.custody_rules import Exhibit, ExhibitEvent
from streams.lifecycles.library import INVESTIGATION
from streams.lifecycles.model import Party
from streams.lifecycles.parties import party_of

FORMAT = "quipu custody 1"
Entry = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class CustodyProof:
    """Hold what proves a record. `bundle`: the text of a tlog-proof; `key`: hex, of this record."""

    bundle: str
    item: int
    key: str


@dataclass(frozen=True, slots=True)
class CustodyRecord:
    """Hold a record of the investigation. `recorded_at`: ms since 1970 UTC, as the maker saw it."""

    id: str
    author: str
    recorded_at: int
    is_counted: bool
    entries: list[Entry]
    proof: CustodyProof | None


@dataclass(frozen=True, slots=True)
class CustodyFile:
    """Hold the records, who has a part, and the register that follows from the records.

    `parties`: EC/FGE, or PE for each authority of a country; `is_group`: whether a sharing group
    is addressed, of which each member has a part.
    """

    format: str
    investigation: str
    title: str
    parties: list[str]
    is_group: bool
    records: list[CustodyRecord]
    exhibits: list[ExhibitView]


@dataclass(frozen=True, slots=True)
class CheckedCustody:
    """Hold what files show: the exhibits, the ids of proved records, and what is wrong."""

    exhibits: list[Exhibit]
    proved: frozenset[str]
    problems: list[UserMessage]


def check_files(files: Sequence[CustodyFile], keys: PublicKeys) -> CheckedCustody:
    """Return what files of one investigation show together to somebody who trusts these keys."""
    first = files[0]
    problems = list(_differences(files))
    proved: set[str] = set()
    for record in (record for file in files for record in file.records):
        if record.proof is None:
            continue
        try:
            _check_record(record, record.proof, first.investigation, keys)
            proved.add(record.id)
        except (QuipuFormatError, ValueError) as error:
            text = _("The proof of the record {id} does not hold: {error}.")
            problems.append(text.with_values(id=record.id, error=error))
    records = {record.id: record for file in reversed(files) for record in file.records}
    exhibits = exhibits_in(first, records.values())
    if _register(exhibits) != [_stated(exhibit) for exhibit in first.exhibits]:
        problems.append(_("The register of the file does not follow from its records."))
    if not any(act.refusal is None for exhibit in exhibits for act in exhibit.acts):
        problems.append(_("No act of the files counts, so they prove nothing."))
    return CheckedCustody(exhibits, frozenset(proved), problems)


def _differences(files: Sequence[CustodyFile]) -> Iterator[UserMessage]:
    """Yield in what the files do not agree: nothing of this can be proved."""
    first = files[0]
    records: dict[str, CustodyRecord] = {}
    for file in files:
        if (file.format, file.investigation) != (FORMAT, first.investigation):
            yield _("The files are not of one investigation, or of another release.")
        if _parties(file) != _parties(first):
            yield _("The files differ about who has a part in the investigation.")
        for record in file.records:
            known = records.setdefault(record.id, record)
            if _content(known) != _content(record):
                yield _("The files differ about the record {id}.", id=record.id)


def other_records(file: CustodyFile) -> int:
    """Count the records that are no acts of custody, whose envelopes the proofs show as well."""
    shown: set[str] = set()
    for proof in (record.proof for record in file.records if record.proof is not None):
        bundle = log_format("bundle").read(read_signed(read_proof(proof.bundle).content)["body"])
        events = (log_format("event").read(event) for event in bundle["events"])
        shown.update(to_uuid_text(event["envelope"]["id"]) for event in events)
    return len(shown - {record.id for record in file.records})


def exhibits_in(file: CustodyFile, records: Iterable[CustodyRecord]) -> list[Exhibit]:
    """Return the register that follows from records."""
    named = [Party(*name.partition("/")[::2]) for name in file.parties]
    events = (
        ExhibitEvent(
            record.id,
            party_named(record.author) or Party(""),
            record.recorded_at,
            record.is_counted,
            record.entries,
        )
        for record in records
    )
    return fold_exhibits(
        events,
        lambda party: file.is_group or party_of(party, named) is not None,
    )


def _check_record(
    record: CustodyRecord, proof: CustodyProof, investigation: str, keys: PublicKeys
) -> None:
    """Raise QuipuFormatError or ValueError where the log does not have this record as it is."""
    inclusion = read_proof(proof.bundle)
    checked = check_proof(inclusion, keys.keys)
    if not checked.seen_by:
        raise BadSignatureError("no witness of these keys countersigned it")
    signed = read_signed(inclusion.content)
    bundle = log_format("bundle").read(signed["body"])
    node = bundle["cord"]["node"]
    if not any(
        _has_signed(checked.origin.topic, inclusion.content, key)
        for key in keys.keys
        if (key.name, key.kind) == (node, COSIGNATURE)
    ):
        raise BadSignatureError(f"no key of {node} signed it")
    if keys.authors.get(node) != record.author:
        raise BadSignatureError(f"by these keys {node} does not publish for {record.author}")
    if not 0 <= proof.item < len(bundle["events"]):
        raise BadSignatureError("the bundle has no such record")
    event = log_format("event").read(bundle["events"][proof.item])
    envelope = event["envelope"]
    author = f"{envelope['country']}/{envelope['authority']}"
    named = (to_uuid_text(envelope["id"]), author, envelope["type"], envelope["node"])
    if named != (record.id, record.author, INVESTIGATION.opening, node):
        raise BadSignatureError("it is another record, or of another author")
    _compare(record, _open(event, bytes.fromhex(proof.key)), investigation)


def _open(event: EventRecord, key: bytes) -> Mapping[str, object]:
    envelope = event["envelope"]
    type_ = released_types().get(event["schema"])
    if type_ is None or event["key_hash"] is None:
        raise BadSignatureError("another release sealed it")
    binding = EventBinding(envelope["id"], envelope["version"], event["schema"], event["key_hash"])
    return type_.read(open_event(event["sealed"], key, binding))


def _compare(record: CustodyRecord, payload: Mapping[str, object], investigation: str) -> None:
    about = payload.get("investigation") or record.id
    evidence = payload.get("evidence")
    entries = evidence if isinstance(evidence, list) else []
    if about != investigation:
        raise BadSignatureError("it is of another investigation")
    if [_said(entry) for entry in entries] != [_said(entry) for entry in record.entries]:
        raise BadSignatureError("its content is not the one that was signed")


def _has_signed(topic: str, content: bytes, key: VerifierKey) -> bool:
    try:
        verify(topic, read_signed(content), key.public)
    except BadSignatureError:
        return False
    return True


def _said(entry: Mapping[str, object]) -> dict[str, object]:
    """Return what an entry says, whichever release of the schema wrote it."""
    return {name: value for name, value in entry.items() if value is not None}


def _content(record: CustodyRecord) -> tuple[object, ...]:
    entries = [_said(entry) for entry in record.entries]
    return record.author, record.recorded_at, record.is_counted, entries


def _parties(file: CustodyFile) -> tuple[bool, list[str]]:
    return file.is_group, sorted(file.parties)


def _register(exhibits: Iterable[Exhibit]) -> list[tuple[object, ...]]:
    return [
        (
            *(str(item.key.authority), item.key.number, item.state.value, str(item.holder)),
            [(act.event, act.act, act.refusal and act.refusal.value) for act in item.acts],
        )
        for item in exhibits
    ]


def _stated(view: ExhibitView) -> tuple[object, ...]:
    acts = [(act.event, act.act, act.refusal) for act in view.acts]
    return (view.register, view.number, view.state, view.holder, acts)
