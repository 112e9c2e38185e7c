"""A country names what a statement lacks or says wrongly; what agrees is proved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.checkpoints.statements import statements_of
from consumers.store.stored_counts import StoredCounts
from infra.outbox_reader import open_outbox
from producers.delivery.statements import StatementsRead
from producers.outbox.store import Outbox
from producers.own_proof import OLD_AFTER_MS, problems_of, prove_cord
from schemas.avro.log_records import StatedCordRecord, StatementRecord
from schemas.checksum import item_checksum, to_hex

CORD = "co-ponal/routine/1"
NOW = 1_800_000_000_000
VERDICTS = ("accepted", "duplicate", "pending", "rejected")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with closing(Outbox(tmp_path / "outbox.db")) as opened:
        fill(opened, ["accepted"] * 5 + ["rejected", "pending", "duplicate"])
        yield opened


def fill(outbox: Outbox, verdicts: Sequence[str]) -> None:
    """One item a bundle, each with its answer."""
    items = [(identify(number), identify(-number)) for number in range(len(verdicts))]
    accepted = [
        item for item, verdict in zip(items, verdicts, strict=True) if verdict == "accepted"
    ]
    with outbox.transaction() as connection:
        connection.execute(
            "INSERT INTO cords (cord, taken, refused, sealed_sum, accepted_sum) "
            "VALUES (?, ?, 0, ?, ?)",
            (CORD, len(items), to_hex(item_checksum(items)), to_hex(item_checksum(accepted))),
        )
        for number, (item, verdict) in enumerate(zip(items, verdicts, strict=True)):
            connection.execute(
                "INSERT INTO bundles (cord, sequence, hash, key_id, state, sealed_at) "
                "VALUES (?, ?, ?, 'key', 'answered', 0)",
                (CORD, number, identify(number)),
            )
            connection.execute(
                "INSERT INTO items (cord, sequence, item, id, version, type, verdict, code) "
                "VALUES (?, ?, 0, ?, ?, 'weapon_record', ?, 'CODE')",
                (CORD, number, *item, verdict),
            )


def identify(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()[:16]


def stated(outbox: Outbox, through: int = 7) -> StatedCordRecord:
    """What an honest mechanism states of the outbox's items up to a sequence."""
    rows = outbox.rows(
        "SELECT id, version, verdict FROM items WHERE sequence <= ? ORDER BY sequence", (through,)
    )
    accepted = item_checksum((row[0], row[1]) for row in rows if row[2] == "accepted")
    numbers = {verdict: sum(row[2] == verdict for row in rows) for verdict in VERDICTS}
    counts = StoredCounts(
        sealed=len(rows),
        **numbers,
        sealed_sum=to_hex(item_checksum((row[0], row[1]) for row in rows)),
        accepted_sum=to_hex(accepted),
        stored=numbers["accepted"],
        stored_sum=to_hex(accepted),
        through=through,
    )
    return statement(counts)["cords"][0]


def statement(counts: StoredCounts, written_at: int = NOW) -> StatementRecord:
    (of_node,) = statements_of(
        ["co-ponal"], {CORD: counts, "pe-pnp/routine/1": counts}, 1, written_at
    )
    return of_node


def first_difference(outbox: Outbox, of_cord: StatedCordRecord | None, lost: int = -1) -> str:
    """The first thing that does not agree; empty where all does. `lost`: a bundle of the log."""
    in_log = {(CORD, number): identify(number) for number in range(8) if number != lost}
    with open_outbox(outbox.path) as reader:
        (counts,) = reader.cord_counts()
    differences = prove_cord(outbox, counts, of_cord, in_log).differences
    return str(differences[0].what) if differences else ""


def test_an_honest_statement_proves_the_records(outbox: Outbox) -> None:
    assert first_difference(outbox, stated(outbox)) == ""


def test_whatever_is_stated_falsely_is_named(outbox: Outbox) -> None:
    honest = stated(outbox)
    for name, value in honest.items():
        if name in ("cord", "through"):
            continue
        false = {**honest, name: value + 1 if isinstance(value, int) else to_hex(7)}
        assert first_difference(outbox, false), name  # type: ignore[arg-type]
    swapped = {**honest, "accepted": 4, "rejected": 2, "stored": 4}
    assert first_difference(outbox, swapped).startswith("accepted")  # type: ignore[arg-type]


def test_what_is_missing_is_named(outbox: Outbox) -> None:
    assert first_difference(outbox, None) == "sealed = stated by the mechanism"
    assert first_difference(outbox, stated(outbox, 5)) == "sealed = stated by the mechanism"
    assert first_difference(outbox, stated(outbox), lost=3) == (
        "bundles that were sent = bundles in the log"
    )
    unstored: StatedCordRecord = {**stated(outbox), "stored": 4}
    assert first_difference(outbox, unstored) == "accepted = stored"


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=8), st.integers(0, 7))
def test_any_honest_statement_agrees_up_to_where_it_counts(
    tmp_path_factory: pytest.TempPathFactory, verdicts: list[str], through: int
) -> None:
    path = tmp_path_factory.mktemp("outbox") / "outbox.db"
    with closing(Outbox(path)) as opened:
        fill(opened, verdicts)
        through = min(through, len(verdicts) - 1)
        in_log = {(CORD, number): identify(number) for number in range(len(verdicts))}
        with open_outbox(path) as reader:
            (counts,) = reader.cord_counts()
        proof = prove_cord(opened, counts, stated(opened, through), in_log)
    names = [str(difference.what) for difference in proof.differences]
    is_whole = through == len(verdicts) - 1
    assert names == ([] if is_whole else ["sealed = stated by the mechanism"])


def test_a_false_an_old_and_a_missing_statement_are_problems() -> None:
    newest = statement(StoredCounts())

    def texts(read: StatementsRead, unknown: Sequence[str] = (), now: int = NOW) -> list[str]:
        return [str(problem) for problem, _remedy in problems_of(read, unknown, now)]

    assert texts(StatementsRead(newest)) == []
    assert "states nothing" in texts(StatementsRead(None))[0]
    assert "BAD_SIGNATURE" in texts(StatementsRead(newest, ("BAD_SIGNATURE",)))[0]
    assert "written again" in texts(StatementsRead(newest, repeated=1))[0]
    assert "minutes old" in texts(StatementsRead(newest), now=NOW + OLD_AFTER_MS + 1)[0]
    assert CORD in texts(StatementsRead(newest), [CORD])[0]
