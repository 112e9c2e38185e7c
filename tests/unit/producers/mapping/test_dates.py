"""A date is read as what it says, as no date, or not at all; never as another date."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.errors import MappingError
from producers.mapping import loader
from producers.mapping.date_layout import compile_layout
from producers.mapping.date_readings import date_readings
from producers.mapping.mapping import RowMapping
from producers.model import MappedRow, Refusal, SourceRow
from producers.sources.reader import read
from schemas.event.date_bounds import DateRole

CASES = Path(__file__).parents[3] / "cases"
TODAY = date(2026, 11, 29)
LIMA = ZoneInfo("Etc/GMT+5")  # Lima without the summer time of a few years


def mapping_of(
    fields: Mapping[str, object], type_: str = "person_notice", **top: object
) -> RowMapping:
    """Make a mapping of a CSV as it is loaded on TODAY."""
    content = {"type": type_, "source": {"format": "csv"}, "fields": fields, **top}
    return loader.parse_mapping(content, Path("test.toml"), lambda: TODAY)


def occurred(layouts: list[str], written: str) -> str | None:
    """Read a text as the moment of an event in Lima; None if refused."""
    steps = [{"date": layouts, "zone": "Etc/GMT+5"}]
    fields = {"envelope.occurred": {"column": "F", "steps": steps}}
    mapped = mapping_of(fields).apply({"F": written}, 1)
    if not isinstance(mapped, MappedRow):
        return None
    millis = mapped.envelope.get("occurred_from")
    if millis is None:
        return "no date"
    moment = datetime.fromtimestamp(millis / 1000, LIMA)
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds").removesuffix(".000")


def born(layouts: list[str], written: str) -> tuple[object, object]:
    """Read a text as a birth. Gives the date, or the code of its refusal, and the precision."""
    fields = {"person.birth_date": {"column": "F", "steps": [{"iso_date": layouts}]}}
    mapped = mapping_of(fields).apply({"F": written}, 1)
    if not isinstance(mapped, MappedRow):
        return mapped[0].code, None
    person = mapped.payload.get("person", {})
    return person.get("birth_date"), person.get("birth_precision")


def problem_of(fields: Mapping[str, object], type_: str = "person_notice") -> str:
    """Load a mapping that must be refused. Returns the message."""
    with pytest.raises(MappingError) as caught:
        mapping_of(fields, type_)
    return str(caught.value.message.in_language("en"))


def case_rows(name: str) -> Iterator[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter=";")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (
            "14-clock-hhmm-lost-zero",
            ["01:30:00", "01:30:00", "00:15:00", "09:30:00", "00:00:00"],
        ),
        ("15-ddmmyyyy-lost-zero", ["2021-01-01", "2021-01-01", "2021-11-05"]),
    ],
)
def test_a_number_that_lost_its_zeros_is_read_with_them(number: str, expected: list[str]) -> None:
    mapping = loader.load_mapping(str(CASES / f"{number[:2]}-mapping.toml"))
    moments = []
    for row in read(CASES / f"{number}.csv", mapping.source, mapping.columns):
        assert isinstance(row, SourceRow)
        mapped = mapping.apply(row.row, row.number)
        assert isinstance(mapped, MappedRow)
        millis = mapped.envelope["occurred_from"]
        moments.append(datetime.fromtimestamp(millis / 1000, ZoneInfo("America/Bogota")))
    texts = [moment.isoformat() for moment in moments]
    assert all(clock in text for clock, text in zip(expected, texts, strict=True))


def test_no_birth_of_a_two_digit_year_is_in_the_future() -> None:
    days = [
        born(["%d/%m/%y"], row["NACIMIENTO"])[0] for row in case_rows("16-two-digit-birth-year.csv")
    ]
    assert days == ["1950-03-15", "1968-03-15", "1972-03-15"]


SPANISH = [
    "%d-%b-%Y",
    "%d de %B de %Y",
    "%d/%m/%Y %H:%M %p",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "epoch",
    "epoch_ms",
]
"""One mapping for all rows of case 17."""


def test_spanish_dates_are_read() -> None:
    texts = [occurred(SPANISH, row["FECHA"]) for row in case_rows("17-dates-spanish.csv")]
    assert texts == [
        "2021-01-15T00:00:00",
        "2021-03-15T00:00:00",
        "2021-04-15T00:00:00",
        "2021-08-15T00:00:00",
        "2021-09-15T00:00:00",
        "2021-12-15T00:00:00",
        "2021-03-15T00:00:00",
        "2021-03-15T02:30:00",
        "2021-03-15T14:30:00",
        "2021-03-16T00:00:00",
        "2021-03-15T09:05:00.123",
        "2021-03-15T09:05:00",
        "2021-03-15T09:05:00",
    ]


@pytest.mark.parametrize(
    ("layout", "written", "expected"),
    [
        ("%d de %B de %Y", "15 de Setiembre del 2021", "2021-09-15T00:00:00"),
        ("%A, %d de %B de %Y", "lunes, 15 de marzo de 2021", "2021-03-15T00:00:00"),
        ("%A, %d de %B de %Y", "martes, 15 de marzo de 2021", None),
        ("%d-%b-%Y", "15-ENE.-2021", "2021-01-15T00:00:00"),
        ("%d-%b-%Y", "15-III-2021", "2021-03-15T00:00:00"),
        ("%d-%b-%Y", "15-enr-2021", None),
        ("%d/%m/%Y %I:%M %p", "15/03/2021 12:00 m.", "2021-03-15T12:00:00"),
        ("%d/%m/%Y %I:%M %p", "15/03/2021 12:30\u00a0a.\u00a0m.", "2021-03-15T00:30:00"),
        ("%d/%m/%Y %I:%M %p", "15/03/2021 12:30PM", "2021-03-15T12:30:00"),
        ("%d/%m/%Y %I:%M %p", "15/03/2021 14:30 p. m.", None),
        ("%d/%m/%Y %H:%M %p", "15/03/2021 14:30 p. m.", "2021-03-15T14:30:00"),
        ("%d/%m/%Y %H:%M %p", "15/03/2021 14:30 a. m.", None),
        ("%d/%m/%Y %H:%M", "15/03/2021 24:30", None),
        ("%d/%m/%Y %H:%M", "31/12/2021 24:00", "2022-01-01T00:00:00"),
        ("%Y%m%d", "2021315", None),
        ("%Y%m%d%H%M", "202103150130", "2021-03-15T01:30:00"),
        ("%Y%m%d%H%M", "20210315130", None),
        ("%d%m%Y", "112021", None),
        ("%d%m%Y", "٠1012021", None),
        ("%Y-%j", "2021-074", "2021-03-15T00:00:00"),
        ("%Y-%j", "2021-366", None),
        ("%d/%m/%Y %H.%M", "15/03/2021 14.5", None),
        ("%d/%m/%Y %H:%M", "15/03/2021 7:05", "2021-03-15T07:05:00"),
        ("%d/%m/%Y", "15/03/21", None),
        ("%d/%m/%y", "15/03/2021", None),
        ("%d/%m/%Y", "15/03/1821", None),
        ("epoch", "1615817100.5", "2021-03-15T09:05:00.500"),
        ("epoch", "1615817100000", None),
        ("epoch_ms", "1615817100", None),
        ("epoch", "1.6E9", None),
        ("excel", "44270", "2021-03-15T00:00:00"),
        ("excel", "2021", None),
    ],
)
def test_a_text_is_read_as_it_says_or_refused(
    layout: str, written: str, expected: str | None
) -> None:
    assert occurred([layout], written) == expected


@pytest.mark.parametrize(
    ("layouts", "written"),
    [
        (["%d/%m/%Y"], "01/01/1900"),
        (["%Y-%m-%dT%H:%M:%S"], "1900-01-01T00:00:00"),
        (["%d/%m/%Y"], "31/12/9999"),
        (["%Y-%m-%d"], "0001-01-01"),
        (["%Y-%m-%d"], "1970-01-01"),
        (["epoch"], "0"),
        (["excel"], "2958465"),
        (["%d/%m/%Y"], "-"),
        (["%d/%m/%Y"], "---"),
    ],
)
def test_what_systems_write_for_no_date_is_no_date(layouts: list[str], written: str) -> None:
    assert occurred(layouts, written) == "no date"


def test_a_text_that_two_formats_read_differently_is_refused_with_both() -> None:
    layouts = ["%d/%m/%Y", "%m/%d/%Y"]
    assert occurred(layouts, "15/03/2021") == "2021-03-15T00:00:00"
    assert occurred(layouts, "03/03/2021") == "2021-03-03T00:00:00"
    steps = [{"date": layouts, "zone": "America/Lima"}]
    mapping = mapping_of({"envelope.occurred": {"column": "F", "steps": steps}})
    refusals = mapping.apply({"F": "04/03/2021"}, 1)
    assert isinstance(refusals, list)
    assert refusals[0].code == "IMPOSSIBLE_DATE"
    assert str(refusals[0].detail) == "it may be 2021-03-04 or 2021-04-03"


def test_a_year_or_month_of_birth_keeps_its_precision() -> None:
    assert born(["%d/%m/%Y", "%m/%Y", "%Y"], "15/03/1980") == ("1980-03-15", None)
    assert born(["%d/%m/%Y", "%m/%Y", "%Y"], "03/1980") == ("1980-03-01", "month")
    assert born(["%d/%m/%Y", "%m/%Y", "%Y"], "1980") == ("1980-01-01", "year")


def test_the_precision_that_a_mapping_gives_itself_stays() -> None:
    fields = {
        "person.birth_date": {"column": "F", "steps": [{"iso_date": ["%Y"]}]},
        "person.birth_precision": "P",
    }
    mapped = mapping_of(fields).apply({"F": "1980", "P": "month"}, 1)
    assert isinstance(mapped, MappedRow)
    assert mapped.payload["person"] == {"birth_date": "1980-01-01", "birth_precision": "month"}


def test_a_validity_until_a_month_ends_on_its_last_day() -> None:
    fields = {
        "valid_from": {"column": "D", "steps": [{"iso_date": ["%m/%Y"]}]},
        "valid_until": {"column": "H", "steps": [{"iso_date": ["%m/%Y", "%d/%m/%y"]}]},
    }
    mapped = mapping_of(fields).apply({"D": "02/2024", "H": "02/2024"}, 1)
    assert isinstance(mapped, MappedRow)
    assert mapped.payload == {"valid_from": "2024-02-01", "valid_until": "2024-02-29"}
    mapped = mapping_of(fields).apply({"D": "", "H": "15/03/40"}, 1)
    assert isinstance(mapped, MappedRow)
    assert mapped.payload == {"valid_until": "2040-03-15"}


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ("%d/%m", "the format %d/%m has no year (%Y or %y)"),
        ("%H:%M", "the format %H:%M has no year"),
        ("%Y %H:%M", "the format %Y %H:%M lacks %d"),
        ("%d/%Y", "the format %d/%Y lacks %m"),
        ("%d/%m/%Y %I:%M", "in the format %d/%m/%Y %I:%M %I needs %p"),
        ("%d/%m/%Y %M", "the format %d/%m/%Y %M lacks %H"),
        ("%d/%m/%Y %x", "%x in the format %d/%m/%Y %x is not known"),
        ("%c", "%c in the format %c is not known"),
        ("%d/%m/%Y %d", "the format %d/%m/%Y %d names a part twice"),
        ("%Y%m%dT%H%M%S%f%z", None),
        ("%Y%m%d%H%M%S%f", None),
        ("%S.%f%Y%m%d%H%M", "no number may follow %f"),
        ("dd/mm/yyyy", "the format dd/mm/yyyy has no year"),
    ],
)
def test_a_format_that_cannot_be_meant_is_refused_at_loading(
    layout: str, message: str | None
) -> None:
    for step in ({"date": [layout], "zone": "America/Lima"}, {"iso_date": [layout]}):
        target = "envelope.occurred" if "date" in step else "person.birth_date"
        fields = {target: {"column": "F", "steps": [step]}}
        if message is None:
            mapping_of(fields)
        else:
            assert message in problem_of(fields)


def test_a_precision_finer_than_the_format_is_refused_at_loading() -> None:
    step = {"date": ["%Y"], "zone": "America/Lima", "precision": "day"}
    fields = {"envelope.occurred": {"column": "F", "steps": [step]}}
    assert "the precision day is finer than the format %Y" in problem_of(fields)


def test_a_date_that_has_a_day_needs_a_format_with_one() -> None:
    fields = {"transactions[0].date": {"column": "F", "steps": [{"iso_date": ["%m/%Y"]}]}}
    assert "the format %m/%Y lacks the day" in problem_of(fields, type_="suspicious_flow")


LAYOUTS = [
    "%d/%m/%Y",
    "%d-%m-%Y %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y%m%d",
    "%d%m%Y",
    "%Y%m%d%H%M%S",
    "%d%m%Y %H%M",
    "%d de %B de %Y",
    "%d-%b-%Y",
    "%A %d de %B de %Y",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y %H:%M %p",
    "%d/%m/%y",
    "%y%m%d",
]
LONG_YEARS = [layout for layout in LAYOUTS if "%y" not in layout]
MONTHS = [
    ["enero", "ene", "ENE.", "Jan"],
    ["febrero", "feb", "FEB."],
    ["marzo", "mar", "Mar."],
    ["abril", "abr", "Apr"],
    ["mayo", "may"],
    ["junio", "jun"],
    ["julio", "jul"],
    ["agosto", "ago", "AGO", "Aug"],
    ["septiembre", "setiembre", "set", "sep", "sept."],
    ["octubre", "oct"],
    ["noviembre", "nov"],
    ["diciembre", "dic", "Dec"],
]
WEEKDAYS = ["lunes", "MARTES", "miércoles", "jueves", "viernes", "sábado", "dom."]


@st.composite
def written_dates(draw: st.DrawFn, layouts: list[str]) -> tuple[datetime, str, str]:
    """Draw a moment, a format, and the moment as an officer or a system writes it."""
    last = datetime(2026, 11, 29, 23, 59, 59)
    text = layout = draw(st.sampled_from(layouts))
    first = datetime(1926, 12, 2) if compile_layout(layout).has_short_year else datetime(1901, 1, 1)
    moment = draw(st.datetimes(first, last)).replace(microsecond=0)
    if moment.date() == date(1970, 1, 1):  # stands for no date
        moment += timedelta(days=1)
    month = draw(st.sampled_from(MONTHS[moment.month - 1]))
    half = draw(st.sampled_from(["{} m.", "{}.m.", "{}m", "{}. m."])).format("ap"[moment.hour > 11])
    for letter, word in (
        ("%B", month),
        ("%b", month),
        ("%A", WEEKDAYS[moment.weekday()]),
        ("%p", draw(st.sampled_from([half, half.upper()]))),
    ):
        text = text.replace(letter, word)
    text = moment.strftime(text)
    zero = draw(st.booleans())
    if zero and layout[:2] == "%d" and text[0] == "0":
        text = text[1:]  # a spreadsheet, or a hand, leaves the zero out
    return moment, layout, text


@given(written_dates(LAYOUTS))
def test_a_written_date_is_read_back_as_itself(drawn: tuple[datetime, str, str]) -> None:
    moment, layout, text = drawn
    compiled = compile_layout(layout)
    precision = compiled.precision
    expected = moment.replace(
        second=moment.second if precision == "second" else 0,
        minute=moment.minute if precision in ("minute", "second") else 0,
        hour=moment.hour if precision in ("minute", "second") else 0,
    )
    assert occurred([layout], text) == expected.isoformat()


@given(
    written_dates(LONG_YEARS),
    st.lists(st.sampled_from(LAYOUTS), min_size=1, max_size=3, unique=True),
)
def test_a_written_date_is_never_read_as_another(
    drawn: tuple[datetime, str, str], others: list[str]
) -> None:
    moment, layout, text = drawn
    result = occurred([layout, *others], text)
    assert result is None or result.startswith(moment.date().isoformat())


@given(
    st.dates(date(1930, 1, 1), TODAY),
    st.sampled_from(["%d/%m/%y", "%d-%m-%y", "%y%m%d", "%d/%m/%Y", "%Y"]),
)
def test_no_birth_is_ever_in_the_future(day: date, layout: str) -> None:
    text, precision = born([layout], day.strftime(layout))
    assert isinstance(text, str)
    assert text <= TODAY.isoformat()
    if precision is None:
        assert text == day.isoformat()


@given(st.text(max_size=20), st.lists(st.sampled_from(LAYOUTS), min_size=1, max_size=4))
def test_no_text_raises_or_gives_a_future_birth(text: str, layouts: list[str]) -> None:
    value = born(layouts, text)[0]
    assert value in (None, "IMPOSSIBLE_DATE") or str(value) <= TODAY.isoformat()


# Not within 48 days of 1 January 1970, where milliseconds may be seconds.
@given(st.integers(-2_208_988_800, -4_102_445) | st.integers(4_102_445, 4_102_444_799))
def test_seconds_and_milliseconds_are_never_mistaken(seconds: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    texts = {occurred(["epoch", "epoch_ms"], str(number)) for number in (seconds, seconds * 1000)}
    local = moment.astimezone(LIMA).replace(tzinfo=None).isoformat()
    assert texts <= {local, None, "no date"}


@pytest.mark.parametrize(
    ("written", "values", "is_certain"),
    [
        ("15/03/2021", ["2021-03-15"], True),
        ("2021-03-15", ["2021-03-15"], True),
        ("15 de marzo de 2021", ["2021-03-15"], True),
        ("15-set-2021", ["2021-09-15"], True),
        ("15/03/2021 02:30 p. m.", ["2021-03-15T14:30"], True),
        ("15/03/2021 24:00", ["2021-03-16T00:00"], True),
        ("2021-03-15T14:05:00.1234567Z", ["2021-03-15T14:05:00.123Z"], True),
        ("20210315", ["2021-03-15"], True),
        ("01012021", ["2021-01-01"], True),
        ("1012021", ["2021-01-01"], False),
        ("04/03/2021", ["2021-03-04", "2021-04-03"], False),
        ("03/03/2021", ["2021-03-03"], True),
        ("15/03/68", ["1968-03-15"], False),
        ("1980", ["1980"], True),
        ("mar-2021", ["2021-03"], True),
        ("1615817100", ["2021-03-15T14:05:00Z"], False),
        ("1615817100000", ["2021-03-15T14:05:00Z"], False),
        ("44270", ["2021-03-15"], False),
        ("01/01/1900", [], False),
        ("15/03", [], False),
        ("130", [], False),
        ("31/02/2021", [], False),
        ("SIN FECHA", [], False),
        ("-", [], False),
        ("", [], False),
    ],
)
def test_a_text_alone_is_certain_only_when_it_is(
    written: str, values: list[str], is_certain: bool
) -> None:
    readings = date_readings(written, TODAY)
    assert [reading.value for reading in readings] == values
    assert all(reading.is_certain == is_certain for reading in readings)
    assert all(reading.why.in_language("es") for reading in readings)


@pytest.mark.parametrize(
    "written",
    [
        "15 de setiembre del 2021 a las 3:05 p. m.",
        "15 de setiembre del año 2021, a las 15:05",
        "miércoles 15 de septiembre de 2021 15:05 hs",
        "MIERCOLES 15 SEPTIEMBRE 2021 a las 15:05 horas",
        "el 15 de septiembre de 2021 a las 15:05:00",
        "15:05 15/09/2021",
        "3:05 pm 15/09/2021",
        "15:05 horas del 15-09-2021",
    ],
)
def test_a_moment_in_words_is_read_whole(written: str) -> None:
    (reading,) = date_readings(written, TODAY)
    assert reading.is_certain
    assert reading.value in ("2021-09-15T15:05", "2021-09-15T15:05:00")


@pytest.mark.parametrize(
    "written", ["1º de mayo de 2020", "1ro de mayo del 2020", "Primero de mayo de 2020"]
)
def test_the_first_of_a_month_has_its_own_words(written: str) -> None:
    assert [reading.value for reading in date_readings(written, TODAY)] == ["2020-05-01"]
    assert occurred(["%d de %B de %Y"], written) == occurred(["%d/%m/%Y"], "01/05/2020")


def test_six_digits_are_possible_only() -> None:
    readings = date_readings("150321", TODAY)
    assert [reading.value for reading in readings] == ["2021-03-15", "2015-03-21"]
    assert not any(reading.is_certain for reading in readings)


def test_a_birth_alone_is_not_in_the_future() -> None:
    readings = date_readings("30/11/26", TODAY, DateRole.BIRTH)
    assert [reading.value for reading in readings] == ["1926-11-30"]


def test_case_37_has_no_dash_and_no_1900() -> None:
    content = {
        "type": "suspicious_flow",
        "source": {"format": "xml", "rows": "report"},
        "fields": {
            "report_code": "transaction/transactionnumber",
            "transactions[*].date": {
                "column": "date_transaction",
                "steps": [{"iso_date": ["%Y-%m-%dT%H:%M:%S"]}],
            },
            "transactions[*].from.account.number": "t_from/from_account/account",
            "transactions[*].from.account.institution": "t_from/from_account/institution_name",
            "transactions[*].from.person.given_names": {
                "column": "t_from/person/first_name",
                "steps": ["title"],
            },
            "transactions[*].amount": {"column": "amount_local", "steps": [{"number": "."}]},
        },
        "lists": {"transactions": "transaction"},
    }
    mapping = loader.parse_mapping(content, Path("test.toml"))
    path = CASES / "37-dash-and-1900.xml"
    [row] = list(read(path, mapping.source, mapping.columns))
    assert not isinstance(row, Refusal)
    mapped = mapping.apply(row.row, row.number)
    assert isinstance(mapped, MappedRow)
    assert mapped.payload == {"report_code": "1", "transactions": [{"amount": 30100.0}]}


@given(
    st.dates(date(1950, 1, 1), date(2025, 12, 28)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]),
    st.sampled_from(["'{}", "{}.", '"{}"', "={}", " {} ;", "'{}.", "{},"]),
)
def test_signs_around_a_date_do_not_make_it_another(day: date, layout: str, around: str) -> None:
    """A sheet's apostrophe and an officer's full stop made dates unreadable."""
    written = around.format(day.strftime(layout))
    zoned = occurred([layout], written)
    assert zoned == occurred([layout], day.strftime(layout)) and zoned is not None
    assert [reading.value for reading in date_readings(written, TODAY)] == [
        reading.value for reading in date_readings(day.strftime(layout), TODAY)
    ]


def test_gaps_and_float_zeros_in_a_date_are_dropped() -> None:
    assert occurred(["%d/%m/%Y"], "15 / 03 / 2021") == occurred(["%d/%m/%Y"], "15/03/2021")
    assert occurred(["%Y%m%d"], "20210315.0") == occurred(["%Y%m%d"], "20210315")
    assert occurred(["%d/%m/%Y"], "15/03/2021 - 14:30") is None


def test_a_birth_before_anyone_who_lives_is_no_date() -> None:
    assert date_readings("15/03/1850", TODAY, DateRole.BIRTH) == []
    assert [reading.value for reading in date_readings("1901", TODAY, DateRole.BIRTH)] == ["1901"]
