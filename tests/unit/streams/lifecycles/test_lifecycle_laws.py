"""Laws of streams.lifecycles: order, doubling, impossible steps, hidden steps, moments."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.lifecycles.deadlines import Clock
from streams.lifecycles.fold import fold
from streams.lifecycles.library import LIFECYCLES, STEP_TYPES
from streams.lifecycles.model import Act, Course, Lifecycle, Party, StepRefusal, StepRole

OPENER = Party("PE", "MPFN")
RECEIVERS = (Party("CO", "FGN"), Party("EC", "FGE"))
STRANGER = Party("BO", "FELCN")
AUTHORS = (OPENER, *RECEIVERS, STRANGER)
ALWAYS = Clock(10**9)
FULL = {
    **{"reason": "FORM", "expected_by": "1970-01-20", "will_answer": "YES"},
    **{"grounds": "Falta personal", "new_due": "1970-02-01"},
}
OWNERS = [{"country": party.country, "authority": party.authority} for party in RECEIVERS]


def opening_of(lifecycle: Lifecycle, word: str | None = None) -> Act:
    words = [*lifecycle.begins]
    return Act(
        "opening",
        lifecycle.opening,
        OPENER,
        1_000,
        words[-1] if word is None else word,
        recipients=tuple(map(str, RECEIVERS)),
        payload={"answer_minutes": 15, "seat": str(OPENER), "owners": OWNERS, "due": "1970-01-15"},
    )


lifecycles = st.sampled_from(sorted(LIFECYCLES)).map(LIFECYCLES.__getitem__)


@st.composite
def acts_of(draw: st.DrawFn, lifecycle: Lifecycle) -> list[Act]:
    """Some acts, possible and impossible, of those who have a part and of a stranger."""
    rules = [(rule.word, rule.types[0]) for rule in lifecycle.steps] + [("NONSENSE", "heartbeat")]
    number = draw(st.integers(0, 7))
    acts = []
    for place in range(number):
        word, type_ = draw(st.sampled_from(rules))
        follows = draw(st.sampled_from([None, "opening", "hidden", *(f"a{n}" for n in range(7))]))
        at = 1_000 + draw(st.integers(1, 9)) * 1_000
        author = draw(st.sampled_from(AUTHORS))
        payload = draw(st.sampled_from([{}, FULL]))
        acts.append(Act(f"a{place}", type_, author, at, word, follows, payload=payload))
    return acts


def states(course: Course) -> list[tuple[Party, str]]:
    return [(track.party, track.state) for track in course.tracks]


@given(st.data())
def test_any_order_and_doubling_of_the_acts_gives_the_same_course(data: st.DataObject) -> None:
    lifecycle = data.draw(lifecycles)
    acts = data.draw(acts_of(lifecycle))
    copies = data.draw(st.lists(st.sampled_from(acts), max_size=4)) if acts else []
    shuffled = data.draw(st.permutations([*acts, *copies]))
    opening = opening_of(lifecycle)
    assert fold(lifecycle, opening, shuffled, ALWAYS) == fold(lifecycle, opening, acts, ALWAYS)


@given(st.data())
def test_a_refused_step_changes_nothing_but_that_it_is_shown(data: st.DataObject) -> None:
    lifecycle = data.draw(lifecycles)
    acts, opening = data.draw(acts_of(lifecycle)), opening_of(lifecycle)
    course = fold(lifecycle, opening, acts, ALWAYS)
    assert {step.act.id for step in course.steps} == {act.id for act in acts}, "none is dropped"
    counting = [step.act for step in course.steps if step.refusal is None]
    unlinked = [replace(act, follows=None, at=2_000 + place) for place, act in enumerate(counting)]
    alone = fold(lifecycle, opening, unlinked, ALWAYS)
    assert [step.refusal for step in alone.steps] == [None] * len(counting)
    assert states(alone) == states(course)
    assert alone.next_steps == course.next_steps


@given(st.data())
def test_a_step_that_is_hidden_makes_no_visible_step_impossible(data: st.DataObject) -> None:
    lifecycle = data.draw(lifecycles)
    acts, opening = data.draw(acts_of(lifecycle)), opening_of(lifecycle)
    course = fold(lifecycle, opening, acts, ALWAYS)
    counting = [step.act for step in course.steps if step.refusal is None]
    seen = [act for act in counting if data.draw(st.booleans())]
    visible = fold(lifecycle, opening, seen, ALWAYS)
    assert [step.act for step in visible.steps if step.refusal is not None] == []


@given(st.data())
def test_of_a_moment_only_what_the_log_had_by_then_counts(data: st.DataObject) -> None:
    lifecycle = data.draw(lifecycles)
    acts, opening = data.draw(acts_of(lifecycle)), opening_of(lifecycle)
    moment = data.draw(st.integers(1_000, 12_000))
    known = [act for act in acts if act.at <= moment]
    clock = Clock(moment)
    assert fold(lifecycle, opening, acts, clock) == fold(lifecycle, opening, known, clock)


@given(st.data())
def test_only_who_has_a_part_changes_a_state(data: st.DataObject) -> None:
    lifecycle = data.draw(lifecycles)
    acts, opening = data.draw(acts_of(lifecycle)), opening_of(lifecycle)
    strangers = [replace(act, author=STRANGER) for act in acts]
    course = fold(lifecycle, opening, strangers, ALWAYS)
    assert states(course) == states(fold(lifecycle, opening, [], ALWAYS))
    assert all(step.refusal for step in course.steps)


@pytest.mark.parametrize("name", sorted(LIFECYCLES))
def test_each_table_names_known_states_and_every_next_step_is_possible(name: str) -> None:
    lifecycle = LIFECYCLES[name]
    named = {state for rule in lifecycle.steps for state in (*rule.after, rule.to) if state}
    assert named | set(lifecycle.begins.values()) | lifecycle.ends == set(lifecycle.states)
    course = fold(lifecycle, opening_of(lifecycle), [], ALWAYS)
    for number, step in enumerate(course.next_steps):
        author = step.party
        act = Act(f"n{number}", step.type, author, 2_000, step.word, payload=FULL)
        taken = fold(lifecycle, opening_of(lifecycle), [act], ALWAYS).steps[0]
        assert taken.refusal is None, (name, step)


def test_every_type_of_a_step_says_where_its_word_is() -> None:
    known = {type_ for lifecycle in LIFECYCLES.values() for type_ in lifecycle.word_fields}
    assert known >= STEP_TYPES


def test_a_step_of_the_other_side_and_one_of_another_world_are_refused() -> None:
    lifecycle = LIFECYCLES["assistance"]
    opening = opening_of(lifecycle)
    answered = Act("a", "assistance_response", OPENER, 2_000, "ANSWERED")
    drill = Act("b", "assistance_response", RECEIVERS[0], 2_000, "ANSWERED", exercise="condor")
    refused = Act("c", "assistance_response", RECEIVERS[0], 2_000, "REFUSED")
    course = fold(lifecycle, opening, [answered, drill, refused], ALWAYS)
    assert [(step.refusal, step.detail) for step in course.steps] == [
        (StepRefusal.NOT_YOURS, ""),
        (StepRefusal.OTHER_WORLD, ""),
        (StepRefusal.INCOMPLETE, "reason"),
    ]
    assert course.state == "SENT"


def test_steps_that_follow_each_other_in_a_circle_are_shown_and_count_for_nothing() -> None:
    lifecycle = LIFECYCLES["assistance"]
    first = Act("a", "assistance_response", RECEIVERS[0], 2_000, "ANSWERED", "b")
    second = Act("b", "assistance_response", RECEIVERS[0], 2_000, "ANSWERED", "a")
    course = fold(lifecycle, opening_of(lifecycle), [first, second], ALWAYS)
    assert {step.refusal for step in course.steps} == {StepRefusal.CIRCULAR}
    assert course.state == "SENT"


def test_the_chain_and_not_the_time_decides_which_step_is_the_last() -> None:
    lifecycle = LIFECYCLES["assistance"]
    first = Act("a", "assistance_response", RECEIVERS[0], 5_000, "RECEIVED")
    second = Act("b", "assistance_response", RECEIVERS[0], 4_000, "ANSWERED", "a")
    course = fold(lifecycle, opening_of(lifecycle), [second, first], ALWAYS)
    assert dict(states(course))[RECEIVERS[0]] == "ANSWERED"


def test_the_opener_ends_a_course_for_all() -> None:
    lifecycle = LIFECYCLES["alert"]
    cancelled = Act("a", "alert", OPENER, 2_000, "CANCELLED")
    course = fold(lifecycle, opening_of(lifecycle), [cancelled], ALWAYS)
    assert {state for _, state in states(course)} == {"CANCELLED"}
    assert not course.is_open
    assert [step.word for step in course.next_steps if step.role is StepRole.ADDRESSED] == []
