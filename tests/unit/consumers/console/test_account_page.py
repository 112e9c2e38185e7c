"""The page of the account says of each level what the rules of need to know do."""

from __future__ import annotations

from consumers.console.account_views import seen_levels
from schemas.model import Reader


def seen(reader: Reader) -> dict[str, str]:
    """Why a level is hidden, by level; empty where it is shown."""
    return {level.tlp: level.reason for level in seen_levels(reader)}


def test_an_analyst_with_a_purpose_sees_up_to_the_own_clearance() -> None:
    reader = Reader("ana", "CO", "PONAL", clearance="AMBER", purpose="investigation")
    assert seen(reader) == {
        "": "",
        "CLEAR": "",
        "GREEN": "",
        "AMBER": "",
        "AMBER+STRICT": "CLEARANCE",
        "RED": "CLEARANCE",
    }


def test_red_is_shown_to_who_is_named_and_strict_to_the_authority() -> None:
    reader = Reader("ana", "CO", "PONAL", clearance="RED", purpose="investigation")
    assert set(seen(reader).values()) == {""}
    without = Reader("ana", "CO", clearance="RED", purpose="investigation")
    assert seen(without)["AMBER+STRICT"] == "RECIPIENTS"


def test_without_a_purpose_nothing_amber_of_others_is_shown() -> None:
    assert seen(Reader("ana", "EC", clearance="AMBER"))["AMBER"] == "PURPOSE"


def test_an_operator_sees_no_content_at_all() -> None:
    reader = Reader("op", "PE", roles=frozenset({"operator"}), clearance="RED")
    assert set(seen(reader).values()) == {"ROLE"}


def test_in_an_exercise_the_levels_are_those_of_the_exercise() -> None:
    reader = Reader("ana", "BO", clearance="GREEN", purpose="prevention", exercise="CONDOR")
    assert seen(reader)["GREEN"] == ""
