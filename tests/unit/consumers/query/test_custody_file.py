"""A file of exhibits proves what was signed and is in the log, and nothing that was changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from consumers.query.investigations.custody_file import (
    CheckedCustody,
    CustodyFile,
    check_files,
    other_records,
)
from tests.support.custody import ECUADOR, ENTRY, KEYS, PERU, SIGNERS, file_of, record
from tests.support.signed_bundles import ExchangeBuilder


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
    for missing in SIGNERS[:-1]:
        keys = KEYS._replace(keys=[key for key in SIGNERS if key is not missing])
        assert check_files([custody], keys).problems, missing.name


def test_it_is_said_how_many_other_records_the_proofs_show(custody: CustodyFile) -> None:
    assert other_records(custody) == len(custody.records), "one beside each act of custody"
    assert other_records(without(custody, "EC")) == 1
