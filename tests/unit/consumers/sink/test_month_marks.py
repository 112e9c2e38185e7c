"""Which events may have more than one end of their versions: too many are noted, never too few."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from consumers.sink.fact_rows import WHOLE_EVENT
from consumers.sink.month_marks import StoredVersion, gapped_events
from consumers.sink.table_rows import Batch
from tests.support import derived

EVENT = derived.id16("event", 1)


def correction(batch: Batch, former: int, later: int) -> None:
    row = (EVENT, _id(former), b"correction", _id(later), 0, b"quipu.bundles.co", 0, 0, 0)
    batch.replaced.append(row)


def stored(version: int, former: int | None, at: int) -> StoredVersion:
    supersedes = "" if former is None else _id(former).hex()
    return StoredVersion(EVENT.hex(), _id(version).hex(), supersedes, at)


def _id(number: int) -> bytes:
    return derived.id16("version", number)


def test_a_chain_of_versions_is_not_noted() -> None:
    batch = Batch()
    correction(batch, 2, 3)
    versions = [stored(1, None, 10), stored(2, 1, 20), stored(3, 2, 30)]
    assert gapped_events(batch, versions) == set()


def test_an_unknown_former_version_a_fork_and_a_later_former_version_are_noted() -> None:
    batch = Batch()
    correction(batch, 1, 2)
    for versions in (
        [stored(1, None, 10), stored(3, 9, 20)],
        [stored(1, None, 10), stored(2, 1, 20), stored(3, 1, 30)],
        [stored(1, None, 30), stored(2, 1, 20)],
        [stored(2, 1, 20)],
    ):
        assert gapped_events(batch, versions) == {EVENT.hex()}


def test_a_retraction_notes_nothing() -> None:
    batch = Batch()
    batch.replaced.append((EVENT, WHOLE_EVENT, b"retraction", _id(2), 0, b"t", 0, 0, 0))
    assert gapped_events(batch, [stored(1, None, 10)]) == set()


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.none() | st.integers(1, 6), st.integers(1, 9)), max_size=6
    )
)
def test_whatever_has_two_ends_at_any_moment_is_noted(
    versions: Sequence[tuple[int, int | None, int]],
) -> None:
    rows = {stored(number, former, at) for number, former, at in versions if number != former}
    batch = Batch()
    for row in rows:
        if row.supersedes:
            batch.replaced.append((EVENT, b"v" * 16, b"correction", b"w" * 16, 0, b"t", 0, 0, 0))
    if batch.replaced and any(_ends(rows, at) > 1 for at in range(1, 10)):
        assert gapped_events(batch, rows) == {EVENT.hex()}


def _ends(rows: set[StoredVersion], at: int) -> int:
    known = [row for row in rows if row.recorded_at <= at]
    former = {row.supersedes for row in known if row.supersedes}
    return len({row.version for row in known} - former)
