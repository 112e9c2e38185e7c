"""A file of exhibits proves what was signed and is in the log, and nothing that was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import TypeAdapter

from consumers.query.investigations.custody_file import (
    FORMAT,
    CheckedCustody,
    CustodyFile,
    CustodyProof,
    CustodyRecord,
    Entry,
    check_files,
    exhibits_in,
)
from consumers.query.investigations.investigation_views import to_exhibit
from schemas import ids
from schemas.checkpoint.inclusion import InclusionProof, VerifierKey
from schemas.checkpoint.merkle import inclusion_proof, leaf_hash, root_of
from schemas.checkpoint.signed_note import (
    COSIGNATURE,
    SIGNATURE,
    Checkpoint,
    cosign,
    sign_checkpoint,
)
from schemas.crypto.sealing import new_key
from schemas.examples import example
from schemas.release.reader_text import parse_reader
from tests.support.signed_bundles import ExchangeBuilder, Item, Node

LOG_KEY, WITNESS = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
ECUADOR, PERU = Node("ec-fge", "EC", "FGE"), Node("pe-mpfn", "PE", "MPFN")
READER = parse_reader("EC/FGE/prosecutor/AMBER")
ENTRY: Entry = {"number": "7", "registered_by": "EC/FGE", "at": "2026-11-29T09:00-05:00"}
INVESTIGATION = "4b1d0024-0000-8000-8000-000000000024"
KEYS = [
    *(
        VerifierKey(f"quipu.bundles.{name}/0", SIGNATURE, LOG_KEY.public_key())
        for name in ("ec", "pe")
    ),
    VerifierKey("co-ponal", COSIGNATURE, WITNESS.public_key()),
    *(VerifierKey(node.name, COSIGNATURE, node.signing.public_key()) for node in (ECUADOR, PERU)),
]


def record(world: ExchangeBuilder, node: Node, entries: Sequence[Entry]) -> CustodyRecord:
    """Publish acts of custody beside another record, and prove them."""
    reference = f"{node.name}-{len(world.log)}"
    payload = {**example("investigation").payload, "investigation": INVESTIGATION}
    payload |= {"source_reference": reference, "act": "EVIDENCE", "evidence": []}
    blank = dict.fromkeys(example("investigation").payload["evidence"][0])
    item = Item("investigation", reference, {**payload, "evidence": [blank | e for e in entries]})
    other = Item("investigation", f"{reference}-other", {**payload, "title": "Otro"})
    keys = [new_key(), new_key()]
    message = world.publish(node, other, item, keys=keys)
    content = [m.value for m in world.log if m.topic == message.topic]
    leaves = [leaf_hash(value) for value in content]
    checkpoint = Checkpoint(f"{message.topic}/0", len(leaves), root_of(leaves))
    note = sign_checkpoint(checkpoint, LOG_KEY)
    note = note.with_signature(cosign(checkpoint, "co-ponal", WITNESS, 7))
    place = len(leaves) - 1
    proof = InclusionProof(message.value, place, tuple(inclusion_proof(leaves, place)), note)
    return CustodyRecord(
        ids.to_uuid_text(node.id_of(item)),
        f"{node.country}/{node.authority}",
        message.appended_at,
        is_counted=True,
        entries=[dict(entry) for entry in entries],
        proof=CustodyProof(str(proof), 1, keys[1].hex()),
    )


def file_of(records: Sequence[CustodyRecord]) -> CustodyFile:
    blank = CustodyFile(
        *(FORMAT, INVESTIGATION, "Caso", ["EC/FGE", "PE/MPFN"]),
        is_group=False,
        records=list(records),
        exhibits=[],
    )
    register = exhibits_in(blank, records)
    return replace(blank, exhibits=[to_exhibit(item, set(), READER) for item in register])


@pytest.fixture(scope="module")
def custody() -> CustodyFile:
    world = ExchangeBuilder(ECUADOR, PERU)
    first = record(world, ECUADOR, [{**ENTRY, "custody": "COLLECTED", "seal": "P-1"}])
    handed = {**ENTRY, "custody": "TRANSFERRED", "handed_to": "PE/MPFN", "after": first.id}
    second = record(world, ECUADOR, [handed])
    third = record(world, PERU, [{**ENTRY, "custody": "RECEIVED", "after": second.id}])
    return file_of([first, second, third])


def checked(*files: CustodyFile) -> CheckedCustody:
    adapter = TypeAdapter(CustodyFile)
    return check_files([adapter.validate_json(adapter.dump_json(file)) for file in files], KEYS)


def without(file: CustodyFile, country: str) -> CustodyFile:
    """The file as another country makes it: without the proofs of this one."""
    own = [replace(r, proof=None) if r.author.startswith(country) else r for r in file.records]
    return replace(file, records=own)


def changed(file: CustodyFile, **changes: object) -> CustodyFile:
    """The file with another first record, and the register that follows from it."""
    first, *others = file.records
    return file_of([replace(first, **changes), *others])  # type: ignore[arg-type]


def test_each_act_is_proved_and_the_holder_follows(custody: CustodyFile) -> None:
    answer = checked(custody)
    assert answer.problems == []
    assert answer.proved == {item.id for item in custody.records}
    assert [str(item.holder) for item in answer.exhibits] == ["PE/MPFN"]


def test_each_country_proves_its_own_acts_and_both_files_prove_all(custody: CustodyFile) -> None:
    ecuador, peru = without(custody, "PE"), without(custody, "EC")
    assert checked(ecuador).proved == {item.id for item in custody.records[:2]}
    assert checked(ecuador, peru).proved == {item.id for item in custody.records}
    assert checked(ecuador, peru).problems == []


def test_what_was_changed_after_it_was_signed_is_found(custody: CustodyFile) -> None:
    first = custody.records[0]
    assert first.proof is not None
    other = custody.records[1].proof
    assert other is not None
    fakes = [
        changed(custody, entries=[{**first.entries[0], "seal": "P-2"}]),
        changed(custody, author="PE/MPFN"),
        changed(custody, proof=other),
        changed(custody, proof=replace(first.proof, item=0)),
        changed(custody, proof=replace(first.proof, item=9)),
        changed(custody, proof=replace(first.proof, key=other.key)),
        changed(custody, proof=replace(first.proof, bundle="c2sp.org/tlog-proof@v1")),
        replace(custody, investigation="4b1d0024-0000-8000-8000-000000000025"),
    ]
    for number, fake in enumerate(fakes):
        answer = checked(fake)
        assert answer.problems, number
        assert first.id not in answer.proved, number


def test_a_register_that_does_not_follow_from_the_records_is_found(custody: CustodyFile) -> None:
    [exhibit] = custody.exhibits
    assert checked(replace(custody, exhibits=[replace(exhibit, holder="EC/FGE")])).problems
    assert checked(replace(custody, exhibits=[])).problems
    assert checked(custody, changed(custody, is_counted=False)).problems, "two files that differ"


def test_a_proof_that_no_known_key_signed_proves_nothing(custody: CustodyFile) -> None:
    for missing in range(len(KEYS)):
        keys = [key for place, key in enumerate(KEYS) if place != missing]
        assert check_files([custody], keys).problems, KEYS[missing].name
