"""One rule, apart from its file: roles, conditions between two members, grades, weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.model import DAY_MS
from schemas.normalise import calibre
from streams.rules.rule import DAY_ENDS, GRACE, GRADES, JOINS, RoleCondition, Rule
from streams.rules.trait_condition import TraitCondition

STOLEN = RoleCondition("record", {"status": TraitCondition(frozenset({"STOLEN", "LOST"}))})
KEPT = RoleCondition(
    "record", {"status": TraitCondition(frozenset({"REGISTERED"}))}, unless="exported"
)
EXPORTED = RoleCondition("record", {"status": TraitCondition(frozenset({"EXPORTED"}))})
FOUND = RoleCondition("seizure", {})
RULE = Rule(
    id="rule",
    version=1,
    kinds=("weapon",),
    severity="high",
    pair=("stolen", "found"),
    joined_by=None,
    days=None,
    until=None,
    hub=10,
    cap=1.0,
    roles={"stolen": (STOLEN, KEPT), "found": (FOUND,), "exported": (EXPORTED,)},
    weights={"stolen": 1.0, "found": 2.0, "certain": 3.0, "possible": 0.5, "calibre": 4.0},
    title={},
    sentence={},
)
JOINED = replace(RULE, joined_by="calibre")
TIMED = replace(RULE, days=(-2, 3))
UNTIL = replace(RULE, until="valid_until")
NOON = 12 * 3_600_000


@dataclass(frozen=True)
class View:
    """Stand for a member as a rule sees it (`MemberView`)."""

    certainty: str = "certain"
    occurred: int | None = 0
    traits: Mapping[str, str] = field(default_factory=dict)


def view(occurred: int | None = 0, certainty: str = "certain", **traits: str) -> View:
    return View(certainty, occurred, traits)


def test_a_condition_holds_for_one_of_several_values() -> None:
    accepts, rejects = (
        TraitCondition(frozenset({"A", "B"})),
        TraitCondition(frozenset({"A", "B"}), but_not=True),
    )
    for text, accepted, other in (
        ("A", True, False),
        ("C", False, True),
        ("C|B", True, True),
        ("A|B", True, False),
        ("", False, True),
        (None, False, True),
    ):
        assert (accepts.holds(text), rejects.holds(text)) == (accepted, other), text
    assert (accepts.describe(), rejects.describe()) == ("A B", "not A B")


def test_a_role_is_filled_by_its_type_with_all_its_traits() -> None:
    both = RoleCondition("record", {name: TraitCondition(frozenset({"1"})) for name in "ab"})
    assert both.fits("record", {"a": "1", "b": "1"})
    assert not both.fits("seizure", {"a": "1", "b": "1"})
    assert not both.fits("aaa", {"a": "1", "b": "1"})
    assert not both.fits("record", {"a": "1", "b": "2"})
    assert not both.fits("record", {"b": "1"})
    assert FOUND.fits("seizure", {"any": "thing"})


def test_a_role_says_what_it_asks_for() -> None:
    assert FOUND.describe() == "seizure"
    assert STOLEN.describe() == "record (status: LOST STOLEN)"
    assert KEPT.describe() == "record (status: REGISTERED), unless exported"
    assert replace(FOUND, unless="exported").describe() == "seizure, unless exported"
    both = RoleCondition("record", {name: TraitCondition(frozenset({"1"})) for name in "ab"})
    assert both.describe() == "record (a: 1, b: 1)"


def test_a_rule_lists_what_must_be_true_between_the_two() -> None:
    assert list(RULE.conditions()) == []
    every = replace(RULE, joined_by="calibre", days=(-2, 3), until="valid_until")
    assert list(every.conditions()) == [
        ("joined_by", "calibre"),
        ("days", "-2 … 3"),
        ("until", "valid_until"),
    ]


def test_a_member_fills_every_role_that_it_fits() -> None:
    assert RULE.roles_of("record", {"status": "STOLEN"}) == ["stolen"]
    assert RULE.roles_of("record", {"status": "STOLEN|EXPORTED"}) == ["exported", "stolen"]
    assert RULE.roles_of("seizure", {}) == ["found"]
    assert RULE.roles_of("record", {"status": "SOLD"}) == []


def test_a_possible_member_is_no_evidence_of_a_certain_pair() -> None:
    stolen = {"status": "STOLEN|EXPORTED"}
    assert RULE.roles_in("certain", "record", "possible", 0, stolen) == []
    assert RULE.roles_in("certain", "record", "certain", 0, stolen) == ["exported", "stolen"]
    assert RULE.roles_in("possible", "record", "possible", 0, stolen) == ["exported", "stolen"]
    assert RULE.roles_in("possible", "record", "certain", 0, stolen) == ["exported", "stolen"]


@pytest.mark.parametrize(
    ("rule", "occurred", "calibre", "complete"),
    [
        (RULE, None, "", True),
        (JOINED, 0, "", False),
        (JOINED, 0, "9X19", True),
        (TIMED, None, "9", False),
        (TIMED, 0, "", True),
        (replace(TIMED, joined_by="calibre"), 0, "9X19", True),
        (replace(TIMED, joined_by="calibre"), 0, "", False),
        (replace(TIMED, joined_by="calibre"), None, "9X19", False),
    ],
)
def test_what_lacks_a_compared_value_is_in_no_certain_pair_but_may_exclude(
    rule: Rule, occurred: int | None, calibre: str, complete: bool
) -> None:
    traits = {"status": "STOLEN|EXPORTED", "calibre": calibre}
    excluding, every = ["exported"], ["exported", "stolen"]
    certain = rule.roles_in("certain", "record", "certain", occurred, traits)
    assert certain == (every if complete else excluding)
    assert rule.roles_in("possible", "record", "certain", occurred, traits) == every
    first, second = (view(occurred, calibre=calibre), view(0, calibre="9X19"))
    grade = "certain" if complete else "possible"
    assert rule.grade_of(first, second) == grade
    assert rule.grade_of(second, first) == grade


def test_a_role_without_condition_is_not_taken_away() -> None:
    assert RULE.unless_of("stolen", "record", {"status": "REGISTERED"}) == {"exported"}
    assert RULE.unless_of("stolen", "record", {"status": "STOLEN"}) == frozenset()
    assert RULE.unless_of("stolen", "record", {"status": "STOLEN|REGISTERED"}) == frozenset()
    assert RULE.unless_of("stolen", "record", {"status": "SOLD"}) == frozenset()
    two = replace(RULE, roles={"stolen": (KEPT, replace(KEPT, unless="sold"))})
    assert two.unless_of("stolen", "record", {"status": "REGISTERED"}) == {"exported", "sold"}


@pytest.mark.parametrize(
    ("member", "other", "excludes"),
    [(5 * DAY_MS, 5 * DAY_MS - age, age < DAY_MS) for age in (-DAY_MS, 0, DAY_MS - 1, DAY_MS)]
    + [(None, 0, True), (0, None, True), (10 * DAY_MS, 0, False)],
)
def test_an_older_record_excludes_nothing_in_a_rule_of_time(
    member: int | None, other: int | None, excludes: bool
) -> None:
    assert GRACE == DAY_MS
    assert TIMED.excludes(view(other), view(member)) == excludes
    assert RULE.excludes(view(other), view(member))


def test_what_does_not_fit_a_member_excludes_it_not() -> None:
    assert JOINED.excludes(view(calibre="9X19"), view(calibre="9X19"))
    assert not JOINED.excludes(view(calibre="9X19"), view(calibre="7.62X39"))


@pytest.mark.parametrize(
    ("first", "second", "grade"),
    [
        ("certain", "certain", "certain"),
        ("certain", "possible", "possible"),
        ("possible", "certain", "possible"),
        ("possible", "possible", None),
    ],
)
def test_a_certain_pair_has_two_certain_members(first: str, second: str, grade: str | None) -> None:
    assert GRADES == ("certain", "possible")
    assert RULE.grade_of(view(certainty=first), view(certainty=second)) == grade


@pytest.mark.parametrize(
    ("first", "second", "grade"),
    [
        (
            view(certainty="possible", whole="yes"),
            view(certainty="possible", whole="yes"),
            "possible",
        ),
        (view(certainty="possible", whole="yes"), view(certainty="possible"), None),
        (view(certainty="possible"), view(certainty="possible", whole="yes"), None),
    ],
)
def test_two_possible_members_are_a_possible_pair_only_if_they_agree_wholly(
    first: View, second: View, grade: str | None
) -> None:
    assert RULE.grade_of(first, second) == grade
    assert JOINED.grade_of(first, second) is None, "an unknown calibre agrees with nothing"
    unknown = replace(first, occurred=None)
    assert TIMED.grade_of(unknown, second) is None


@pytest.mark.parametrize(
    ("occurred", "valid_until", "grade"),
    [
        (0, "2026-01-01", "certain"),
        (None, "", "certain"),
        (0, "", "certain"),
        (None, "2026-01-01", "possible"),
    ],
)
def test_without_a_time_what_ends_is_compared_with_nothing(
    occurred: int | None, valid_until: str, grade: str
) -> None:
    pair = view(valid_until=valid_until), view(occurred)
    assert UNTIL.grade_of(*pair) == grade
    assert RULE.grade_of(*pair) == "certain"
    assert UNTIL.conditions_hold(view(0, valid_until="1960-01-01"), view(None))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("9X19", "9X19", True),
        ("9X19", "7.62X39", False),
        ("7.62X39", "9X19", False),
        ("9X19", "", True),
        ("", "9X19", True),
        ("", "", True),
        ("9X19", "7.62X39|9X19", True),
        ("7.62X39|9X19", "9X19", True),
        ("OTHER", "OTHER", True),
        ("38|9X19", "38|7.62X39", True),
        ("45 ACP|9X19", "7.62X39|223 REMINGTON", False),
    ],
)
def test_two_members_are_joined_by_equal_unknown_or_fitting_values(
    first: str, second: str, joined: bool
) -> None:
    assert JOINED.joined({"calibre": first}, {"calibre": second}) == joined
    assert JOINED.conditions_hold(view(calibre=first), view(calibre=second)) == joined
    assert RULE.joined({"calibre": first}, {"calibre": second})


@pytest.mark.parametrize(("first", "second"), [("7.62", "7.62X51"), ("7.62X51", "7.62")])
def test_adjacent_values_join(first: str, second: str) -> None:
    assert JOINS["calibre"].fit(first, second)
    assert JOINED.joined({"calibre": first}, {"calibre": second})
    assert JOINED.joined({"calibre": f"{first}|38"}, {"calibre": f"45 ACP|{second}"})
    assert not JOINED.joined({"calibre": "7.62X39"}, {"calibre": "7.62X51"})


known_calibres = st.sampled_from(sorted(calibre.CALIBRES))
written_calibres = st.one_of(known_calibres, st.text("0123456789XMACP .", max_size=9))


@given(known_calibres, written_calibres.filter(lambda text: not calibre.is_known(text)))
def test_an_unknown_calibre_contradicts_none_and_proves_nothing(known: str, unknown: str) -> None:
    pair = view(0, calibre=known), view(0, calibre=unknown)
    for first, second in (pair, pair[::-1]):
        assert JOINED.conditions_hold(first, second)
        assert JOINED.grade_of(first, second) == "possible"
    assert JOINED.grade_of(view(0, calibre=unknown), view(0, calibre=unknown)) == "possible"
    assert "calibre" not in JOINED.weigh("found", "certain", {"calibre": unknown})


@given(written_calibres, written_calibres)
def test_calibres_fit_both_ways_and_a_certain_pair_has_two_known_ones_that_fit(
    first: str, second: str
) -> None:
    assert calibre.calibres_fit(first, second) == calibre.calibres_fit(second, first)
    pair = view(0, calibre=first), view(0, calibre=second)
    if JOINED.grade_of(*pair) == "certain" and JOINED.conditions_hold(*pair):
        assert calibre.is_known(first) and calibre.is_known(second)
        assert calibre.calibres_fit(first, second)


def test_a_trait_that_one_lacks_joins() -> None:
    assert JOINED.joined({}, {"calibre": "9X19"})
    assert JOINED.joined({"calibre": "9X19"}, {})


@given(
    st.integers(-5 * DAY_MS, 5 * DAY_MS),
    st.integers(-5 * DAY_MS, 5 * DAY_MS),
    st.tuples(st.integers(-4, 4), st.integers(-4, 4)),
)
def test_the_second_follows_the_first_by_so_many_days(
    first: int, second: int, days: tuple[int, int]
) -> None:
    after = timedelta(milliseconds=second - first)
    holds = timedelta(days=days[0]) <= after <= timedelta(days=days[1])
    assert replace(RULE, days=days).conditions_hold(view(first), view(second)) == holds


@pytest.mark.parametrize(
    ("after", "holds"),
    [
        (-2 * DAY_MS - 1, False),
        (-2 * DAY_MS, True),
        (0, True),
        (3 * DAY_MS, True),
        (3 * DAY_MS + 1, False),
    ],
)
def test_the_first_and_the_last_day_count(after: int, holds: bool) -> None:
    assert TIMED.conditions_hold(view(7 * DAY_MS), view(7 * DAY_MS + after)) == holds


def test_what_has_no_time_breaks_no_condition_of_time() -> None:
    assert TIMED.conditions_hold(view(None), view(9 * DAY_MS))
    assert TIMED.conditions_hold(view(9 * DAY_MS), view(None))
    assert RULE.conditions_hold(view(9 * DAY_MS), view(0))


@pytest.mark.parametrize(
    ("last_day", "hours", "counts"),
    [
        ("2026-03-01", 0, True),
        ("2026-03-01", 28.999, True),
        ("2026-03-01", 29, False),
        ("2026-03-01", 30, False),
        ("", 9999, True),
        ("2026-02-01|2026-03-01", 28, True),
        ("2026-02-01|2026-01-01", 28, False),
        ("2026-02-01|", 28, True),
        ("never", -99999, False),
    ],
)
def test_what_ends_counts_until_its_day_is_over_in_the_west(
    last_day: str, hours: float, counts: bool
) -> None:
    assert timedelta(hours=29) == DAY_ENDS
    moment = int((datetime(2026, 3, 1, tzinfo=UTC).timestamp() + hours * 3600) * 1000)
    first, second = view(0, valid_until=last_day), view(moment)
    assert UNTIL.conditions_hold(first, second) == counts
    assert replace(UNTIL, days=(-99999, 99999)).conditions_hold(first, second) == counts
    assert UNTIL.conditions_hold(view(0), second)


def test_a_member_weighs_by_its_role_its_certainty_and_a_known_joining_trait() -> None:
    known, unknown = {"calibre": "9X19"}, {"calibre": ""}
    assert RULE.weigh("stolen", "certain", known) == {"stolen": 1.0, "certain": 3.0}
    assert JOINED.weigh("found", "possible", unknown) == {"found": 2.0, "possible": 0.5}
    assert JOINED.weigh("found", "possible", {}) == {"found": 2.0, "possible": 0.5}
    assert JOINED.weigh("found", "certain", known) == {
        "found": 2.0,
        "certain": 3.0,
        "calibre": 4.0,
    }


@pytest.mark.parametrize(
    ("hub", "share", "quota"), [(2, 1, 1), (9, 4, 1), (29, 14, 2), (50, 25, 5), (100, 50, 10)]
)
def test_a_country_crowds_a_hub_with_more_than_half_and_a_tenth_is_shown(
    hub: int, share: int, quota: int
) -> None:
    rule = replace(RULE, hub=hub)
    assert (rule.share, rule.quota) == (share, quota)
    assert isinstance(rule.share, int)
    assert isinstance(rule.quota, int)


def test_a_rule_names_the_roles_that_exclude() -> None:
    assert RULE.unless == {"exported"}
    assert replace(RULE, roles={"stolen": (STOLEN,)}).unless == frozenset()


def test_a_rule_never_changes() -> None:
    with pytest.raises(AttributeError):
        RULE.hub = 3  # type: ignore[misc]
