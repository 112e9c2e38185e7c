"""Deadlines as config has had them: what is announced later moves nothing that ran before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.registry.deadlines import deadline_changes, deadlines_in_effect, founded_deadlines
from schemas.config_entry import read_entry, write_entry
from schemas.deadlines import MOST_MINUTES, DeadlineHistory, DeadlineTable, Minutes
from schemas.errors import ConfigRefusedError
from schemas.exchange_config import ConfigHistory
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.fold import fold
from streams.lifecycles.library import LIFECYCLES
from streams.lifecycles.model import Act, Course, Party

NAMES = sorted(founded_deadlines())
LENGTHS = st.none() | st.integers(1, MOST_MINUTES)
BEGIN = round(datetime(2026, 11, 30, tzinfo=UTC).timestamp() * 1000)
ENTRIES = st.lists(
    st.tuples(
        st.integers(-50, 50),
        st.dictionaries(st.sampled_from(NAMES), st.builds(Minutes, LENGTHS, LENGTHS), max_size=4),
    ),
    max_size=5,
)
"""(seconds before or after the opening from which on it holds, which deadlines it states)"""
Entries = list[tuple[int, dict[str, Minutes]]]


def entry(changes: dict[str, Minutes], reason: str = "Acta 12") -> dict[str, object]:
    deadlines = [{"name": name, **minutes._asdict()} for name, minutes in changes.items()]
    return {"deadlines": deadlines, "author": "ana", "reason": reason}


def history(entries: Entries) -> tuple[ConfigHistory, DeadlineHistory]:
    config = ConfigHistory()
    config.add("Founding", {"notice_ms": 0}, 0, 0)
    config.add("Founded", {}, 0, 0)
    for after, changes in entries:
        since = BEGIN + after * 1000
        body = write_entry("DeadlineTimes", entry(changes), since)
        name, record, effective_from = read_entry(body)
        config.add(name, record, effective_from, since)
    return config, DeadlineHistory((since, view.deadlines) for since, view in config.views())


def test_before_config_began_the_founding_s_deadlines_hold() -> None:
    """A question may be about any moment, one before 1970 too."""
    later = DeadlineTable({"assistance": Minutes(1, 2)})
    deadlines = DeadlineHistory([(1_000, later)])
    assert deadlines.at(-(10**14)) == DeadlineHistory().at(-1_000) == DeadlineTable()
    assert deadlines.at(1_000) is later


def course(kind: str, is_urgent: bool, deadlines: DeadlineHistory, now: int) -> Course:
    lifecycle = LIFECYCLES[kind]
    word, author = [*lifecycle.begins][-1], Party("PE", "MPFN")
    owners = [{"country": "CO", "authority": "FGN"}]
    payload = {lifecycle.seat: str(author), lifecycle.parties: owners} if lifecycle.seat else {}
    opening = Act(
        *("o", lifecycle.opening, author, BEGIN, word, None, ("CO/FGN",), is_urgent),
        payload=payload,
    )
    return fold(lifecycle, opening, [], Clock(now, deadlines.at(opening.at).changes))


@given(ENTRIES, st.sampled_from(sorted(LIFECYCLES)), st.booleans(), st.integers(0, 10**12))
def test_what_config_says_later_moves_no_deadline(
    entries: Entries, kind: str, is_urgent: bool, later: int
) -> None:
    _config, whole = history(entries)
    _config, known = history([item for item in entries if item[0] <= 0])
    now = BEGIN + later
    assert course(kind, is_urgent, whole, now) == course(kind, is_urgent, known, now)


@given(ENTRIES, st.sampled_from(sorted(LIFECYCLES)), st.booleans())
def test_a_deadline_is_that_of_the_newest_entry_or_of_the_lifecycle(
    entries: Entries, kind: str, is_urgent: bool
) -> None:
    config, deadlines = history(entries)
    times = deadlines_in_effect(config.at(BEGIN).deadlines)
    lengths = {
        name.partition(".")[2]: minutes[0] if is_urgent else minutes[1]
        for name, minutes in times.items()
        if name.startswith(f"{kind}.")
    }
    due = {item.name: item.due for item in course(kind, is_urgent, deadlines, BEGIN).deadlines}
    assert due == {
        name: BEGIN + length * 60_000 for name, length in lengths.items() if length is not None
    }


def test_the_founded_deadlines_are_those_of_the_vocabulary() -> None:
    founded = deadlines_in_effect(DeadlineTable())
    assert founded["assistance.say"] == (8 * 60, None)
    assert founded["assistance.acknowledge"] == (None, 7 * 1_440)
    assert founded["assistance.answer"] == (90 * 1_440, 90 * 1_440)
    assert founded["trace.answer"] == (1_440, 90 * 1_440)
    assert founded["alert.acknowledge"] == (15, 15)
    assert "assistance.promise" not in founded


def test_every_decision_is_kept_with_who_and_why() -> None:
    config, _deadlines = history([(1, {NAMES[0]: Minutes(1, 2)}), (2, {NAMES[1]: Minutes(3, 4)})])
    changes = list(deadline_changes(config))
    assert [(item.since - BEGIN, [*item.table.changes]) for item in changes] == [
        (1_000, [NAMES[0]]),
        (2_000, [NAMES[1]]),
    ]
    assert {(item.table.author, item.table.reason) for item in changes} == {("ana", "Acta 12")}
    merged = changes[0].table.with_change(NAMES[1], Minutes(None, 9))
    assert [(item["name"], item["normal"]) for item in merged] == [(NAMES[0], 2), (NAMES[1], 9)]


@pytest.mark.parametrize(
    "deadlines",
    [
        [{"name": "say", "urgent": 1, "normal": 1}],
        [{"name": "assistance.say", "urgent": 0, "normal": 1}],
        [{"name": "assistance.say", "urgent": 1, "normal": MOST_MINUTES + 1}],
        [{"name": "assistance.say", "urgent": 1, "normal": 1}] * 2,
    ],
)
def test_a_deadline_that_cannot_be_is_in_effect_for_nobody(
    deadlines: list[dict[str, object]],
) -> None:
    config, _deadlines = history([])
    with pytest.raises(ConfigRefusedError):
        config.add("DeadlineTimes", {**entry({}), "deadlines": deadlines}, BEGIN, 0)
    assert config.newest().deadlines == DeadlineTable()


def test_a_deadline_of_another_release_changes_nothing() -> None:
    config, deadlines = history([(-1, {"hearing.answer": Minutes(5, 5)})])
    assert deadlines_in_effect(config.at(BEGIN).deadlines) == founded_deadlines()
    assert course("assistance", True, deadlines, BEGIN).deadlines
