"""Goals and decisions: each owner for itself, the setter moves the day, only a seat sets them."""

from __future__ import annotations

import pytest

from streams.lifecycles.deadlines import Clock
from streams.lifecycles.drafting import Case, CaseStep, opening_draft, steps_of
from streams.lifecycles.fold import fold
from streams.lifecycles.library import COMMITMENTS, GOAL
from streams.lifecycles.model import Act, Course, Party, StepRefusal
from streams.lifecycles.parties import is_entitled

PERU, COLOMBIA, ECUADOR = Party("PE", "RREE"), Party("CO", "PONAL"), Party("EC", "SENAE")
DAY = 86_400_000
BEGIN = 1_543_622_400_000  # 2018-12-01T00:00Z
OWNERS = [
    {"country": "CO", "authority": "PONAL"},
    {"country": "PE", "authority": "RREE"},
]


def goal(**payload: object) -> Act:
    content = {"seat": "PE/RREE", "owners": OWNERS, "due": "2018-12-10", **payload}
    return Act("g", "goal", PERU, BEGIN, "", recipients=("ALL",), payload=content)


def step(word: str, author: Party, days: float, **payload: object) -> Act:
    content = {"grounds": "Falta personal", **payload}
    at = BEGIN + round(days * DAY)
    return Act(f"{word}{author}{days}", "commitment_step", author, at, word, payload=content)


def course(*steps: Act, after: float = 30) -> Course:
    return fold(GOAL, goal(), steps, Clock(BEGIN + round(after * DAY)))


def tracks(folded: Course) -> dict[str, tuple[str, str]]:
    return {
        str(track.party): (track.state, track.deadlines[0].status.value) for track in folded.tracks
    }


def test_each_owner_answers_for_itself_and_the_setter_too_where_it_is_one() -> None:
    folded = course(step("ACHIEVED", COLOMBIA, 2), step("PROGRESS", PERU, 3), after=5)
    assert tracks(folded) == {"CO/PONAL": ("ACHIEVED", "kept"), "PE/RREE": ("PROGRESS", "running")}
    assert folded.state == "PROGRESS", "the least advanced"
    assert course(step("ACHIEVED", COLOMBIA, 2), step("ACHIEVED", PERU, 3)).state == "ACHIEVED"


def test_one_owner_who_did_not_reach_it_decides_over_one_who_did() -> None:
    folded = course(step("ACHIEVED", COLOMBIA, 2), step("NOT_ACHIEVED", PERU, 3))
    assert (folded.state, folded.is_open) == ("NOT_ACHIEVED", False)


def test_only_the_setter_moves_the_day_and_withdraws() -> None:
    moved = step("POSTPONED", PERU, 1, new_due="2018-12-20")
    late = step("ACHIEVED", COLOMBIA, 15)
    assert tracks(course(late))["CO/PONAL"] == ("ACHIEVED", "late")
    assert tracks(course(moved, late))["CO/PONAL"] == ("ACHIEVED", "kept")
    own = step("PROGRESS", COLOMBIA, 1, new_due="2018-12-20")
    assert tracks(course(own, late))["CO/PONAL"] == ("ACHIEVED", "late"), "an owner does not"
    for word in ("POSTPONED", "WITHDRAWN"):
        refused = course(step(word, COLOMBIA, 1, new_due="2018-12-20")).steps[0]
        assert refused.refusal is StepRefusal.NOT_YOURS
    stranger = course(step("ACHIEVED", ECUADOR, 1)).steps[0]
    assert stranger.refusal is StepRefusal.NOT_ADDRESSED


@pytest.mark.parametrize("word", ["POSTPONED", "WITHDRAWN", "NOT_ACHIEVED", "DECLINED"])
def test_what_changes_a_commitment_says_why(word: str) -> None:
    author = PERU if word in ("POSTPONED", "WITHDRAWN") else COLOMBIA
    folded = course(step(word, author, 1, grounds="", new_due="2018-12-20"))
    assert (folded.steps[0].refusal, folded.steps[0].detail) == (StepRefusal.INCOMPLETE, "grounds")


def test_a_day_that_is_over_makes_it_overdue_without_anybody_doing_anything() -> None:
    assert tracks(course(after=9))["CO/PONAL"] == ("SET", "running")
    assert tracks(course(after=11))["CO/PONAL"] == ("SET", "missed")


@pytest.mark.parametrize("kind", sorted(COMMITMENTS))
def test_only_who_holds_the_seat_sets_it(kind: str) -> None:
    lifecycle = COMMITMENTS[kind]
    assert is_entitled(lifecycle, goal())
    assert not is_entitled(lifecycle, goal(seat="CO/CANCILLERIA"))
    assert not is_entitled(lifecycle, goal(seat=None))
    draft = opening_draft(kind, PERU, ["ALL"])
    assert draft["payload"] == {"seat": "PE/RREE"}


def test_the_setter_takes_its_own_steps_and_those_of_an_owner_that_it_is() -> None:
    steps = tuple(
        CaseStep(item.word, item.type, item.role, item.party, item.needs)
        for item in course(after=1).next_steps
    )
    case = Case("g", "goal", "SET", PERU, "R", {}, {}, steps)
    assert {item.word for item in steps_of(case, PERU)} == {
        *("AGREED", "PROGRESS", "ACHIEVED", "NOT_ACHIEVED", "DECLINED", "POSTPONED", "WITHDRAWN")
    }
    assert {item.word for item in steps_of(case, COLOMBIA)} == {
        *("AGREED", "PROGRESS", "ACHIEVED", "NOT_ACHIEVED", "DECLINED")
    }
    assert steps_of(case, ECUADOR) == []
