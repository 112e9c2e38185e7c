"""A name of a rule or type that does not exist is refused, with the names that exist."""

from __future__ import annotations

import pytest

from consumers.query.known_names import (
    KnownNames,
    UnknownNameError,
    check_country,
    check_place,
)
from schemas.rule_changes import RuleChange
from streams.rules import library_texts, read_dated_rule_book, read_rule_book

NAMES = KnownNames(read_rule_book(), {"beacon": "{}"})


@pytest.mark.parametrize("rule", ["", *read_rule_book().by_id])
def test_a_rule_in_effect_or_none_may_be_named(rule: str) -> None:
    NAMES.check_rule(rule)


def test_a_rule_that_is_off_is_refused_with_who_switched_it_off_when_and_why() -> None:
    rule, texts = "stolen-plate-at-crossing", library_texts()
    off = {name: text for name, text in texts.items() if name != rule}
    change = RuleChange(rule, "", 86_400_000, "ana", "too many sold lorries")
    book = read_dated_rule_book([(0, texts), (change.since, off)], [change])
    names = KnownNames(book)
    explained = r"off since 1970-01-02 00:00 UTC, by ana, because: too many sold lorries"
    for as_of in (None, change.since):
        with pytest.raises(UnknownNameError, match=explained):
            names.check_rule(rule, as_of)
    names.check_rule(rule, change.since - 1)
    names.check_rule("weapon-in-two-countries")
    again = book.decided([change, change._replace(text=texts[rule], since=change.since + 1)])
    with pytest.raises(UnknownNameError, match=explained):
        KnownNames(again).check_rule(rule, change.since)
    KnownNames(again).check_rule(rule)


@pytest.mark.parametrize("type_", ["", "seizure", "retraction", "heartbeat", "beacon"])
def test_a_type_of_the_release_or_of_config_may_be_named(type_: str) -> None:
    NAMES.check_type(type_)


def test_a_misspelt_name_is_refused_with_the_name_that_is_near() -> None:
    with pytest.raises(UnknownNameError, match="are: stolen-weapon-seized-abroad, "):
        NAMES.check_rule("stolen-weapon-seized-abraod")
    with pytest.raises(UnknownNameError, match=r"are: seizure\.$"):
        NAMES.check_type("seizures")


def test_a_name_unlike_all_others_is_refused_with_all_of_them() -> None:
    with pytest.raises(
        UnknownNameError, match=r"beacon, commitment_step, contact_point.*weapon_record"
    ):
        NAMES.check_type("?" * 9_000)
    with pytest.raises(UnknownNameError, match="wanted-person-at-crossing"):
        NAMES.check_rule("Weapon")


@pytest.mark.parametrize("code", ["", "CO", "PE", "CN", "MEC", "UNODC"])
def test_a_country_of_the_world_or_a_partner_may_be_asked_for(code: str) -> None:
    check_country(code)
    check_place("" if code in ("MEC", "UNODC") else code)


@pytest.mark.parametrize("code", ["COLOMBIA", "XX", "co", "CO-NAR", "../x", "x" * 500])
def test_a_country_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(UnknownNameError, match="There is no country") as caught:
        check_country(code)
    assert len(str(caught.value)) < 200


def test_a_place_is_a_country_or_a_part_of_one() -> None:
    check_place("CO-NAR")
    for code in ("NARIÑO", "CO-XXX", "XX-NAR"):
        with pytest.raises(UnknownNameError, match="such as CO or CO-NAR"):
            check_place(code)
