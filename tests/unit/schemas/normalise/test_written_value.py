"""The reading step in front of all observers: values of a cell, without labels and damage."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.normalise.labels import Labels, labels_of
from schemas.normalise.reading import (
    NOTHING,
    Reading,
    Readings,
    Why,
    add_agreement,
    nothing,
    observations_of,
)
from schemas.normalise.spreadsheet import undo_spreadsheet
from schemas.normalise.written_value import MOST_VALUES, split_cell, tidy
from schemas.observation import WHOLE, Observation

DIGITS = {"document": (5, 13), "phone": (7, 15), "imei": (14, 16), "account": (8, 20)}


def values_of(kind: str, cell: str) -> list[str]:
    """The values of a cell, spaces and points dropped."""
    low, high = DIGITS[kind]

    def is_value(text: str) -> bool:
        digits = "".join(text.translate({ord(sign): None for sign in " .()-+"}))
        return digits.isdigit() and low <= len(digits) <= high

    values = split_cell(cell, labels_of(kind), is_value)
    return [value.text.replace(".", "").replace(" ", "") for value in values]


@pytest.mark.parametrize(
    ("kind", "cell", "values"),
    [
        ("document", "C.C. No. 10.111.222 expedida en Bogotá D.C.", ["10111222"]),
        ("document", "Documento: CC N.º 10111222", ["10111222"]),
        ("document", "CÃ©dula NÂ° 10111222", ["10111222"]),
        ("document", "CÃ©dula N° 10111222", ["10111222"]),
        ("document", "(CC)10111222", ["10111222"]),
        ("document", "10111222 (C.C.)", ["10111222"]),
        ("document", '="01234567"', ["01234567"]),
        ("document", "'01234567", ["01234567"]),
        ("document", "10111222, 10111333 y 10111444", ["10111222", "10111333", "10111444"]),
        ("document", "10,111,222", ["10,111,222"]),
        ("document", "10111222 / NO TIENE", ["10111222"]),
        ("document", "No. 10.111.222", ["10111222"]),
        ("phone", "Tel. 3005550100 - Cel. 3105550100", ["3005550100", "3105550100"]),
        ("phone", "300 555 0100 310 555 0100", ["3005550100", "3105550100"]),
        ("phone", "71234567-72345678", ["71234567", "72345678"]),
        ("phone", "6015550100 exts. 9775 - 9753", ["6015550100"]),
        ("phone", "3005550100 (WhatsApp)", ["3005550100"]),
        ("imei", "IMEI1: 490154203237518 IMEI2: 490154203237526", ["490154203237518", "490154203237526"]),
        ("imei", "IMEI (SLOT 1) 490154203237518", ["490154203237518"]),
        ("account", "CTA. CTE. SOLES Nº 24055566677", ["24055566677"]),
    ],
)  # fmt: skip
def test_a_cell_gives_its_values_without_labels(kind: str, cell: str, values: list[str]) -> None:
    assert values_of(kind, cell) == values


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("10111222.0", "10111222"),
        ("10111222,00", "10111222"),
        ("10.111.222,00", "10111222"),
        ("10111222.000000002", "10111222"),
        ("10111221.999999998", "10111222"),
        ("1.0111222E+7", "10111222"),
        ("1,0111222E+07", "10111222"),
        ("4.90154203237518E+14", "490154203237518"),
    ],
)
def test_what_a_spreadsheet_did_to_a_number_is_undone(text: str, digits: str) -> None:
    assert undo_spreadsheet(text) == (digits, True, False)


@pytest.mark.parametrize("text", ["3.0055501E+9", "1.01E+7", "4.90154E+14", "1E+10"])
def test_digits_that_scientific_notation_dropped_are_lost(text: str) -> None:
    assert undo_spreadsheet(text).lost


@pytest.mark.parametrize("text", ["10.111.222", "800.000", "1234567-0", "TKX12345", "0.38", "9.12"])
def test_a_number_without_damage_stays_as_it_is(text: str) -> None:
    assert undo_spreadsheet(text) == (text, False, False)


@given(st.integers(1_000, 10**15 - 1), st.sampled_from("Ee"))
def test_every_number_whose_digits_all_stand_comes_back_from_scientific_notation(
    number: int, sign: str
) -> None:
    text = str(number)
    written = f"{text[0]}.{text[1:]}{sign}+{len(text) - 1:02}"
    assert undo_spreadsheet(tidy(written)) == (text, True, False)


def test_labels_of_serials_are_not_glued() -> None:
    labels = Labels(["N", "SERIE"], glued=False)
    assert labels.strip("N123456") == ("N123456", False, "")
    assert labels.strip("SERIE N° TKX12345".replace("°", "")) == ("TKX12345", True, "SERIE N")


@given(st.sampled_from(sorted(DIGITS)), st.text(max_size=260))
def test_any_cell_is_read_without_an_error_and_gives_few_plain_values(kind: str, cell: str) -> None:
    values = split_cell(cell, labels_of(kind), lambda text: text.isdigit())
    assert len(values) <= MOST_VALUES
    assert all(value.text.isascii() and value.text == value.text.upper() for value in values)


@given(st.sampled_from(sorted(DIGITS)), st.from_regex("[1-9][0-9]{8}", fullmatch=True))
def test_plain_digits_are_read_as_they_are(kind: str, digits: str) -> None:
    assert split_cell(digits, labels_of(kind), lambda text: True) == ((digits, (), None, ""),)


@pytest.mark.parametrize(
    "unit", ["NO DE ", "N.", "C.C.", "1 NO DE ", "EXT 1 - ", "DE ", "(", " ", "1/"]
)
@pytest.mark.parametrize("kind", sorted(DIGITS))
def test_no_cell_takes_long(kind: str, unit: str) -> None:
    cell = (unit * 200)[:199] + "!"
    before = time.process_time()
    for _repetition in range(5):
        split_cell(cell, labels_of(kind), lambda text: text.isdigit())
    assert time.process_time() - before < 1


def test_what_was_done_to_a_value_is_listed() -> None:
    value = split_cell("DNI 01234567.0", labels_of("document"), lambda text: True)[0]
    assert value.why == (Why.LABEL_REMOVED, Why.SPREADSHEET_UNDONE)


def test_reasons_have_stable_codes() -> None:
    assert {why: why.value for why in Why} == {
        Why.AS_WRITTEN: "as_written",
        Why.LABEL_REMOVED: "label_removed",
        Why.ONE_OF_SEVERAL: "one_of_several",
        Why.SPREADSHEET_UNDONE: "spreadsheet_undone",
        Why.ZEROS_RESTORED: "zeros_restored",
        Why.CHECK_HOLDS: "check_holds",
        Why.CHECK_FAILS: "check_fails",
        Why.NO_CHECK: "no_check",
        Why.OTHER_FORM: "other_form",
        Why.OTHER_KIND: "other_kind",
        Why.TWO_READINGS: "two_readings",
        Why.PART_OF_ANOTHER: "part_of_another",
        Why.WORDS_BESIDE: "words_beside",
        Why.COUNTRY_UNKNOWN: "country_unknown",
        Why.TYPE_UNKNOWN: "type_unknown",
        Why.NOT_UNIQUE: "not_unique",
        Why.OLD_PLAN: "old_plan",
        Why.NEW_NUMBER: "new_number",
        Why.FILLER_LIKE: "filler_like",
        Why.UNREAD_POSITIONS: "unread_positions",
        Why.LOOK_ALIKE: "look_alike",
        Why.ZEROS_IN_FRONT: "zeros_in_front",
        Why.PARTIAL_MARK: "partial_mark",
        Why.ONE_MEANT: "one_meant",
        Why.MAKE_IN_DOUBT: "make_in_doubt",
        Why.CALIBRE_UNKNOWN: "calibre_unknown",
        Why.OTHER_COUNTRY: "other_country",
        Why.IN_TABLE: "in_table",
        Why.OWN_SPELLING: "own_spelling",
        Why.MISSPELT: "misspelt",
        Why.NOTHING_WRITTEN: "nothing_written",
        Why.TOO_SHORT: "too_short",
        Why.TOO_LONG: "too_long",
        Why.DIGITS_LOST: "digits_lost",
        Why.MASKED: "masked",
        Why.NO_NUMBER: "no_number",
        Why.AREA_MISSING: "area_missing",
        Why.ISSUER_MISSING: "issuer_missing",
        Why.MAKE_MISSING: "make_missing",
        Why.CALIBRE_MISSING: "calibre_missing",
        Why.NOT_LEGIBLE: "not_legible",
        Why.IS_MODEL: "is_model",
        Why.NOT_IN_TABLE: "not_in_table",
        Why.IMITATION: "imitation",
        Why.SEVERAL_NAMES: "several_names",
        Why.NO_KEY: "no_key",
    }


def test_readings_become_observations_and_only_whole_possible_ones_may_agree() -> None:
    things = (
        Reading("1", "certain", (Why.AS_WRITTEN,), "CO"),
        Reading("2", "possible", (Why.CHECK_FAILS,), "CO"),
        Reading("3", "possible", (Why.TWO_READINGS,), "CO", whole=False),
    )
    readings = Readings(things, together=(("CO", "|?23"),))
    assert observations_of("document", readings) == [
        Observation("document", "CO", "1", "certain", {}),
        Observation("document", "CO", "2", "possible", {WHOLE: "yes"}),
        Observation("document", "CO", "3", "possible", {}),
        Observation("document", "CO", "|?23", "possible", {WHOLE: "yes"}),
    ]
    assert nothing(Why.NOTHING_WRITTEN) == NOTHING
    assert nothing(Why.TOO_SHORT).nothing_because is Why.TOO_SHORT


def test_records_with_the_same_readings_share_one_key_and_others_do_not() -> None:
    def weapon(serial: str) -> list[Observation]:
        return [
            Observation("weapon", "", f"{serial}{n}|M|T", "possible", {"calibre": "9"})
            for n in (1, 2)
        ]

    joint = add_agreement(weapon("A"))[2]
    assert joint == add_agreement(weapon("A")[::-1])[2]
    assert joint.value != add_agreement(weapon("B"))[2].value
    assert joint.traits == {"calibre": "9", WHOLE: "yes"}
    assert [thing.traits for thing in add_agreement(weapon("A"))[:2]] == [{"calibre": "9"}] * 2
    assert add_agreement(weapon("A")[:1])[0].traits == {"calibre": "9", WHOLE: "yes"}
    sure = [weapon("A")[0]._replace(certainty="certain"), weapon("A")[1]]
    assert add_agreement(sure) == sure
    assert add_agreement([]) == []
