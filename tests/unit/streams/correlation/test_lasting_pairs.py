"""Pairs for all readers and moments: each reader's, as of each moment, are those that it is shown."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from schemas.model import Label
from schemas.release.reader_text import parse_reader
from schemas.release.rules import release
from streams.correlation.assess import indicators_for, rows_by_indicator
from streams.correlation.lasting_pairs import (
    MOST_COMPARISONS,
    LastingRow,
    lasting_pairs,
    rule_digest,
)
from streams.rules import read_rule_book
from tests.support.members import OPEN, Member, Statement, adds, evidence

BOOK = read_rule_book()
READERS = [parse_reader("PE/analyst/AMBER"), parse_reader("BO/analyst/GREEN")]
LABELS = [OPEN, replace(OPEN, recipients=("PE",)), replace(OPEN, tlp="AMBER")]
STATES = ["STOLEN", "LOST", "FOUND", "SEIZED", "REGISTERED", "EXPORTED"]


def members() -> st.SearchStrategy[Member]:
    return st.builds(
        lambda event, country, status, certainty, label, day: Member(
            event, "weapon", country, "weapon_record", {"status": status}, day, certainty, label
        ),
        st.integers(1, 5),
        st.sampled_from(["BO", "CO", "PE"]),
        st.sampled_from(STATES),
        st.sampled_from(["certain", "possible"]),
        st.sampled_from(LABELS),
        st.sampled_from([None, 0, 86_400_000 * 400]),
    )


@st.composite
def logs(draw: st.DrawFn) -> list[Statement]:
    """Adds, changes and withdrawals of events of one weapon, each of one country."""
    changes = draw(st.lists(st.tuples(members(), st.sampled_from(["add", "add", "withdraw"]))))
    countries: dict[int, str] = {}
    statements = []
    for time, (member, op) in enumerate(changes[:12], 1):
        country = countries.setdefault(member.event, member.country)
        if op == "add" or time > 1:
            statements.append(Statement(op, replace(member, country=country), time))
    return statements


@given(statements=logs(), reader=st.sampled_from(READERS), moment=st.integers(1, 13))
def test_what_is_released_and_live_is_what_the_reader_is_shown(
    statements: list[Statement], reader: object, moment: int
) -> None:
    rows = evidence(statements, BOOK)
    shown = {
        own.id: (own.pairs, {member.row.event_id for member in own.evidence})
        for own in indicators_for(rows, reader, moment, BOOK)  # type: ignore[arg-type]
    }

    def sees(label: Label | None) -> bool:
        return label is not None and release(label, reader).released  # type: ignore[arg-type]

    def is_seen(other: LastingRow) -> bool:
        return other.since <= moment < other.until and sees(other.row.label)

    counted = {}
    for id_, own_rows in rows_by_indicator(rows).items():
        pairs = lasting_pairs(own_rows, BOOK.by_id[own_rows[0].rule])
        assert pairs is not None
        seen = [
            pair
            for pair in pairs
            if pair.since <= moment < pair.until
            and sees(pair.first.label)
            and sees(pair.second.label)
            and not any(map(is_seen, pair.excluders))
        ]
        if seen:
            events = {row.event_id for pair in seen for row in (pair.first, pair.second)}
            counted[id_] = (len(seen), events)
    assert counted == shown


def test_a_thing_that_many_share_has_no_pairs_of_its_own() -> None:
    for count in (BOOK.by_id["weapon-in-two-countries"].hub + 1, MOST_COMPARISONS):
        crowd = [
            Member(number, "weapon", ("CO", "PE")[number % 2], "weapon_record", {"status": "LOST"})
            for number in range(min(count, 60))
        ]
        rows = [row for row in evidence(adds(crowd), BOOK) if row.rule == "weapon-in-two-countries"]
        assert lasting_pairs(rows, BOOK.by_id["weapon-in-two-countries"]) is None


def test_a_rule_that_decides_otherwise_has_another_digest() -> None:
    rule = BOOK.by_id["weapon-in-two-countries"]
    assert len({rule_digest(own) for own in BOOK.by_id.values()}) == len(BOOK.by_id)
    assert rule_digest(replace(rule, hub=3)) != rule_digest(rule)
    assert rule_digest(replace(rule, title={})) == rule_digest(rule)
