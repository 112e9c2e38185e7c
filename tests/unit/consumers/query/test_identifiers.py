"""A thing as somebody reads it has the key under which events speak of it."""

from __future__ import annotations

import pytest

from consumers.query.identifiers import KINDS, MOST_GUESSED, Identifiers, thing_ids
from infra.errors import QuipuError
from schemas.ids import thing_key, to_uuid_text

SECRET = b"s" * 32


def key(kind: str, issuer: str, value: str) -> str:
    return to_uuid_text(thing_key(SECRET, kind, issuer, value))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (
            Identifiers("weapon", "tkl-12345", type="pistol", make="Taurus"),
            key("weapon", "", "TKL12345|TAURUS|PISTOL"),
        ),
        (Identifiers("plate", "abc-123", "PE"), key("plate", "PE", "ABC123")),
        (Identifiers("phone", "987 654 321", "PE"), key("phone", "", "+51987654321")),
        (Identifiers("imei", "49-015420-323751-8"), key("imei", "", "49015420323751")),
    ],
)
def test_marks_as_people_write_them_name_the_thing(marks: Identifiers, expected: str) -> None:
    assert thing_ids(marks, SECRET) == [expected]


def test_every_kind_can_be_looked_up() -> None:
    full = {
        "number": "987654321",
        "country": "PE",
        "type": "PISTOL",
        "make": "Taurus",
        "calibre": "9 mm",
        "institution": "BCP",
    }
    for kind in KINDS:
        assert all(
            len(thing_id) == 36 for thing_id in thing_ids(Identifiers(kind, **full), SECRET)
        ), kind


@pytest.mark.parametrize(
    "marks",
    [Identifiers("weapon", "TKL?2345"), Identifiers("ghost", "1"), Identifiers("phone", " ")],
)
def test_marks_that_name_nothing_are_refused_with_what_to_say(marks: Identifiers) -> None:
    with pytest.raises(QuipuError) as refused:
        thing_ids(marks, SECRET)
    assert refused.value.code == "THING_MARKS"


def test_missing_identifiers_are_named_in_the_language_of_the_user() -> None:
    with pytest.raises(QuipuError) as refused:
        thing_ids(Identifiers("weapon", number="TKL?2345"), SECRET)
    assert refused.value.message.in_language("es").endswith("Faltan: la marca, el tipo.")
    assert refused.value.remedy.in_language("en") == "Required: the number, the make, the type."


def test_a_placeholder_is_no_thing() -> None:
    assert thing_ids(Identifiers("document", "00000000", "PE", "national_id"), SECRET) == []


@pytest.mark.parametrize(
    "marks",
    [
        Identifiers("weapon", "tkl-12345"),
        Identifiers("weapon", "TKL12345", make="TAURUS"),
        Identifiers("weapon", "TKL12345", type="PISTOL"),
        Identifiers("arma", "TKL12345", type="pistola"),
    ],
)
def test_a_serial_alone_is_looked_up_for_every_make_and_type(marks: Identifiers) -> None:
    ids = thing_ids(marks, SECRET)
    assert key("weapon", "", "TKL12345|TAURUS|PISTOL") in ids
    assert len(ids) == len(set(ids)) <= MOST_GUESSED


def test_a_lot_with_its_make_is_looked_up_for_every_calibre() -> None:
    whole = thing_ids(Identifiers("ammunition_lot", "L48213", make="CBC", calibre="9 mm"), SECRET)
    assert set(whole) <= set(thing_ids(Identifiers("lote", "L48213", make="CBC"), SECRET))


def test_names_in_spanish_stand_for_codes() -> None:
    by_code = thing_ids(Identifiers("document", "10111222", "CO", "national_id"), SECRET)
    assert thing_ids(Identifiers("Documento", "10111222", "Colombia", "cédula"), SECRET) == by_code
