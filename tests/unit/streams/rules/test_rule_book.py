"""The rules together: which look at a kind of thing, and what classes of members could match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from streams.rules.rule import RoleCondition, Rule
from streams.rules.rule_book import (
    LIBRARY,
    MemberClass,
    RuleBook,
    gradings_of_pairs,
    library_texts,
    read_rule_book,
)
from streams.rules.trait_condition import TraitCondition
from tests.unit.streams.rules.test_rule import EXPORTED, JOINED, RULE

TIMED = replace(RULE, id="timed", kinds=("plate", "weapon"), days=(0, 3))
UNTIL = replace(RULE, id="until", kinds=("document",), until="valid_until")
EMPTY: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    """Stand for a member whose class is needed (`ClassifiedMember`)."""

    type: str = "record"
    country: str = "CO"
    certainty: str = "certain"
    occurred: int | None = 0
    traits: Mapping[str, str] = field(default_factory=lambda: {"status": "STOLEN"})


def book(*rules: Rule) -> RuleBook:
    return RuleBook({rule.id: rule for rule in rules})


def ids(rules: RuleBook, kind: str) -> list[str]:
    return [rule.id for rule in rules.of_kind(kind)]


def test_the_rules_of_a_kind_are_sorted_by_id() -> None:
    rules = book(UNTIL, TIMED, RULE)
    assert list(rules.by_id) == ["rule", "timed", "until"]
    assert ids(rules, "weapon") == ["rule", "timed"]
    assert ids(rules, "plate") == ["timed"]
    assert ids(rules, "document") == ["until"]
    assert rules.of_kind("phone") == ()


def test_a_class_is_what_the_rules_read_of_a_member() -> None:
    rules = book(JOINED)
    traits = {"status": "STOLEN", "calibre": "9X19", "serial": "1"}
    text = rules.class_of("weapon", Member(traits=traits))
    assert MemberClass.read(text) == MemberClass(
        "record", "CO", "certain", ("calibre",), (("status", "STOLEN"),)
    )
    assert text == "record\tCO\tcertain\tcalibre\tstatus=STOLEN"
    assert rules.class_of("weapon", Member(traits={**traits, "calibre": "45 ACP"})) == text
    without = rules.class_of("weapon", Member(traits={**traits, "calibre": ""}))
    assert MemberClass.read(without).compared == ()


def test_a_member_that_fills_no_role_has_no_class() -> None:
    assert book(RULE).class_of("phone", Member()) == ""
    assert book(RULE).class_of("weapon", Member(traits={"status": "SOLD"})) == ""
    assert book(RULE).class_of("weapon", Member(traits={})) == ""
    assert book(RULE).class_of("weapon", Member(type="seizure", traits={})) == (
        "seizure\tCO\tcertain\t"
    )


@pytest.mark.parametrize(
    ("rule", "occurred", "compared"),
    [
        (replace(RULE, id="a"), 0, EMPTY),
        (replace(RULE, id="b", days=(0, 1)), 0, ("occurred",)),
        (replace(RULE, id="c", days=(0, 1)), None, EMPTY),
        (replace(RULE, id="d", until="valid_until"), 0, ("occurred",)),
        (replace(RULE, id="e", until="valid_until"), None, EMPTY),
        (replace(RULE, id="f", joined_by="calibre", days=(0, 1)), 0, ("occurred",)),
    ],
)
def test_a_time_is_known_or_not_where_a_rule_asks_for_it(
    rule: Rule, occurred: int | None, compared: tuple[str, ...]
) -> None:
    text = book(rule).class_of("weapon", Member(occurred=occurred))
    assert MemberClass.read(text).compared == compared
    assert MemberClass.read(text).occurred == (0 if compared else None)


def test_one_timed_rule_among_several_makes_the_time_count() -> None:
    text = book(RULE, TIMED).class_of("weapon", Member())
    assert MemberClass.read(text).occurred == 0


def test_a_class_is_a_member_whose_compared_traits_are_known() -> None:
    member = MemberClass(
        "record", "CO", "certain", ("calibre", "status"), (("model", "a=b"), ("status", "X"))
    )
    assert MemberClass.read(member.text()) == member
    assert member.traits == {"calibre": "known", "status": "X", "model": "a=b"}
    assert member.occurred is None


def test_every_trait_of_every_role_is_read_once_and_sorted() -> None:
    coloured = replace(
        RULE,
        id="coloured",
        until="valid_until",
        joined_by="calibre",
        roles={
            **RULE.roles,
            "found": (RoleCondition("record", {"colour": TraitCondition(frozenset({"red"}))}),),
        },
    )
    traits = {"status": "STOLEN", "colour": "red", "calibre": "9X19", "valid_until": "2026-01-01"}
    text = book(RULE, coloured).class_of("weapon", Member(traits=traits))
    assert MemberClass.read(text) == MemberClass(
        "record",
        "CO",
        "certain",
        ("calibre", "valid_until", "occurred"),
        (("colour", "red"), ("status", "STOLEN")),
    )


def classes(*countries: str, certainty: str = "certain") -> list[MemberClass]:
    """A stolen member of the first country, a seized one of the second."""
    return [
        MemberClass("record", countries[0], certainty, (), (("status", "STOLEN"),)),
        MemberClass("seizure", countries[1], "certain", (), ()),
    ]


@pytest.mark.parametrize("countries", [("CO", "EC"), ("EC", "CO")])
def test_two_of_different_countries_that_fill_both_roles_could_match(
    countries: tuple[str, str],
) -> None:
    certain, possible = classes(*countries), classes(*countries, certainty="possible")
    assert gradings_of_pairs(RULE, certain) == [(RULE, "certain")]
    assert gradings_of_pairs(RULE, possible) == [(RULE, "possible")]
    assert gradings_of_pairs(RULE, certain + possible) == [(RULE, "certain"), (RULE, "possible")]
    assert gradings_of_pairs(RULE, certain[:1]) == gradings_of_pairs(RULE, certain[1:]) == []
    assert gradings_of_pairs(RULE, classes("CO", "CO")) == []


def test_what_could_match_is_asked_of_every_rule_of_the_kind() -> None:
    rules = book(RULE, replace(RULE, id="second"), UNTIL)
    names = frozenset(member.text() for member in classes("CO", "EC"))
    for _ in range(2):
        assert [(rule.id, grade) for rule, grade in rules.possible_gradings("weapon", names)] == [
            ("rule", "certain"),
            ("second", "certain"),
        ]
    assert rules.possible_gradings("phone", names) == ()
    assert rules.possible_gradings("weapon", frozenset()) == ()


def test_an_excluding_role_alone_is_no_pair() -> None:
    exported = MemberClass("record", "CO", "certain", (), (("status", "EXPORTED"),))
    assert EXPORTED.fits(exported.type, exported.traits)
    assert gradings_of_pairs(RULE, [exported, classes("CO", "EC")[1]]) == []


def test_without_rules_in_config_those_of_the_release_hold() -> None:
    assert set(library_texts()) == {path.stem for path in LIBRARY.glob("*.toml")}
    assert read_rule_book().by_id == read_rule_book({}).by_id
    assert read_rule_book().ids == set(library_texts())
    (name, text) = next(iter(library_texts().items()))
    assert list(read_rule_book({"mine": text}).by_id) == ["mine"]
    assert read_rule_book({name: text}).by_id[name].id == name
