"""Everything users read is there in Spanish and in English."""

import json
from string import Formatter

import pytest

from schemas import words
from schemas.avro.codec import LOG_FOLDER
from schemas.avro.compatibility import paths
from schemas.codes import code_lists
from schemas.event.event_type import EVENTS
from schemas.normalise import OBSERVERS, ammunition
from schemas.release.rules import _ROWS

# The stable codes by who gives them; a code never changes its meaning, and none may disappear.
BY_THE_NODE = (
    "EMPTY_FILE UNREADABLE_FILE BAD_ENCODING BROKEN_LINE MISSING_FIELD UNKNOWN_CODE "
    "IMPOSSIBLE_DATE BAD_NUMBER "
    "UNKNOWN_PLACE FROM_FUTURE EVENT_TOO_LARGE ALREADY_TAKEN CONFLICT UNKNOWN_TARGET "
    "TOO_MANY_ENTRIES TEXT_TOO_LONG TOO_MANY_OBSERVATIONS"
)
OF_AN_ITEM = (
    "BROKEN_FORMAT UNKNOWN_SCHEMA NOT_OWNER CONFLICT CANNOT_OPEN KEY_MISSING MISSING_FIELD "
    "UNKNOWN_CODE "
    "NAME_REFUSED NO_AGREEMENT TYPE_NOT_ADMITTED IMPOSSIBLE_DATE FROM_FUTURE EVENT_TOO_LARGE WRONG_ORIGIN BAD_NUMBER UNKNOWN_PLACE "
    "TOO_MANY_ENTRIES TEXT_TOO_LONG TOO_MANY_OBSERVATIONS TOO_MANY_READINGS TOO_MANY_VERSIONS "
    "TOO_MANY_PENDING TOO_MANY_LABELS"
)
OF_A_BUNDLE = (
    "BROKEN_FORMAT UNKNOWN_KEY KEY_REVOKED BAD_SIGNATURE WRONG_TOPIC EPOCH_NOT_APPROVED "
    "BROKEN_CHAIN FORK REPEAT GAP BUNDLE_TOO_LARGE TOO_MANY_EVENTS TOO_FAR"
)
OF_ANOTHER_MESSAGE = "BROKEN_FORMAT CONFIG_REFUSED KEY_REPLACED"


def stable_codes() -> set[str]:
    return set(" ".join((BY_THE_NODE, OF_AN_ITEM, OF_A_BUNDLE, OF_ANOTHER_MESSAGE)).split())


def fields() -> set[str]:
    envelope = json.loads((LOG_FOLDER / "event.avsc").read_text(encoding="utf-8"))["fields"][0][
        "type"
    ]
    schemas = [
        envelope,
        *(json.loads(path.read_text(encoding="utf-8")) for path in EVENTS.glob("*.avsc")),
    ]
    return {path for schema in schemas for path in paths(schema)}


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_stable_code_has_a_title_and_a_remedy(lang: str) -> None:
    codes = stable_codes() | {reason for reason, _ in _ROWS}
    assert len(codes) > 40
    assert {
        code for code in codes if not words.remedy(code, lang) or words.message(code, lang) == code
    } == set()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_field_of_every_event_has_words(lang: str) -> None:
    assert {path for path in fields() if words.field(path, lang) == path} == set()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_event_type_has_a_name(lang: str) -> None:
    assert all(words.event_type(path.stem, lang) != path.stem for path in EVENTS.glob("*.avsc"))


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_kind_of_thing_has_a_name_and_says_the_same_thing(lang: str) -> None:
    kinds = words.load_table("kinds")
    assert set(kinds) == {*OBSERVERS, ammunition.KIND}
    assert all(kinds[kind][lang][what] for kind in kinds for what in ("name", "same"))


def test_no_words_are_kept_for_what_does_not_exist() -> None:
    ends = {".".join(path.split(".")[-n:]) for path in fields() for n in (1, 2)}
    assert set(words.load_table("fields")) <= ends
    assert set(words.load_table("event_types")) == {path.stem for path in EVENTS.glob("*.avsc")}


def test_details_are_said_line_first_then_field_then_what_is_wrong() -> None:
    text = words.message(
        "UNKNOWN_CODE", "es", detail="weapon_kind: ARMA", field="items[0].weapon.kind", line=12
    )
    assert (
        text == "Código que no está en su lista: línea 12, "
        "Clase de arma (items[0].weapon.kind), weapon_kind: ARMA"
    )


def test_code_values_are_said_in_both_languages() -> None:
    assert (
        words.value("weapon_status", "STOLEN", "es"),
        words.value("weapon_status", "STOLEN", "en"),
    ) == ("Robada", "Stolen")


def test_a_code_of_a_newer_release_is_shown_as_it_is() -> None:
    assert words.message("NEW_CODE", "es", line=3) == "NEW_CODE: línea 3"
    assert words.value("weapon_status", "NEW", "en") == "NEW"


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="es, en"):
        words.message("CONFLICT", "pt")


HOLES = {"o", "also", "owner", "of", "to_owner", "in_owner", "in", "crime", "what", "crossing"}
HOLES.add("list")
PARTS = {"attribute", "predicate", "mention"}


def test_each_event_type_that_names_a_thing_has_phrases_in_both_languages() -> None:
    acts = words.load_table("acts")
    for key, entry in acts.items():
        assert set(entry["es"]) == set(entry["en"]) != set(), key
        assert set(entry["es"]) <= PARTS, key
        for text in (*entry["es"].values(), *entry["en"].values()):
            assert {hole for _, hole, _, _ in Formatter().parse(text) if hole} <= HOLES, key
    types = {key.partition(".")[0] for key in acts}
    assert types <= {path.stem for path in EVENTS.glob("*.avsc")}
    observing = {path.stem for path in EVENTS.glob("*.avsc") if '"observed"' in path.read_text()}
    assert observing <= types


def test_nouns_of_sentences_are_of_codes_that_exist() -> None:
    nouns, lists = words.load_table("nouns"), code_lists()
    for table in ("weapon_type", "vehicle_kind", "seizure_what", "document_type"):
        codes = {code.partition(".")[0] for code in nouns[table]} - {""}
        assert codes <= set(lists[table].codes), table
        left_out = set(lists[table].codes) - codes - {"OTHER", "UNKNOWN", "other"}
        assert left_out == set(), table
    countries = {*lists["country"].codes, *lists["partner"].codes}
    assert set(nouns["country_article"]) <= countries
