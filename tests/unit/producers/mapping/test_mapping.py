"""What a mapping promises: a row becomes an event or reasons against it, and never an exception."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.errors import MappingError
from producers.mapping import loader
from producers.mapping.dates import layout_parser, precision_of
from producers.mapping.place_codes import SYSTEMS, find_system
from producers.mapping.values import to_title_case
from producers.model import MappedRow, Refusal, SourceRow
from producers.scenario.demo import demo
from producers.sources import reader as sources
from schemas.codes import code_lists

SEIZURES = demo.REAL
DAY = 86_400_000


def map_row(
    fields: Mapping[str, object], row: Mapping[str, object], **top: object
) -> MappedRow | list[Refusal]:
    content = {"type": "seizure", "source": {"format": "csv"}, "fields": fields, **top}
    return loader.parse_mapping(content, Path("test.toml")).apply(row, 7)


def apply_steps(steps: list[object], value: object, **top: object) -> object:
    """The value of one field, or the code of its refusal."""
    matches = map_row({"note": {"column": "C", "steps": steps}}, {"C": value}, **top)
    return matches[0].code if isinstance(matches, list) else matches.payload.get("note")


@pytest.mark.parametrize(
    ("steps", "value", "expected"),
    [
        (["upper"], " ñandú ", "ÑANDÚ"),
        (["title"], "EL CARMEN DE VIBORAL", "El Carmen de Viboral"),
        ([{"cut": r"\s*\(CT\)$"}], "LETICIA (CT)", "LETICIA"),
        ([{"pad": 8}, {"first": 2}], "5001000", "05"),
        ([{"split": ";"}], "a; b;;", ["a", "b"]),
        ([{"number": ","}], "1.234.567,50", 1234567.5),
        ([{"number": "."}], "1,234.5", 1234.5),
        ([{"number": ","}], "12,5", 12.5),
        ([{"number": ","}], "1.5", "BAD_NUMBER"),
        ([{"number": ","}], "1e5", "BAD_NUMBER"),
        ([{"number": ","}], "nan", "BAD_NUMBER"),
        ([{"number": ","}], 2.5, 2.5),
        ([{"integer": True}], "2018", 2018),
        ([{"integer": True}], "20.18", "BAD_NUMBER"),
        ([{"iso_date": ["%d/%m/%Y"]}], "30/06/2018", "2018-06-30"),
        ([{"iso_date": ["%d/%m/%Y"]}], "31/06/2018", "IMPOSSIBLE_DATE"),
        ([{"number": ","}], "1\u00a0234,5", 1234.5),
        ([{"number": ","}], "9" * 400, "BAD_NUMBER"),
        ([{"iso_date": ["%d/%m/%Y", "excel"]}], "43281", "2018-06-30"),
        ([{"iso_date": ["%d/%m/%Y", "excel"]}], 43281.75, "2018-06-30"),
        ([{"iso_date": ["%d/%m/%Y", "excel"]}], "99999999", "IMPOSSIBLE_DATE"),
        ([{"iso_date": ["%d de %B de %Y"]}], "30 de June de 2018", "2018-06-30"),
        ([{"place_code": "dane"}], "5001000", "CO-ANT"),
        ([{"place_code": "dane", "give": "code"}], "5172000", "05172"),
        ([{"place_code": "dane", "give": "municipality"}], 5172, "Chigorodó"),
        ([{"place_code": "dane", "give": "municipality"}], "05999", None),
        ([{"place_code": "dane", "give": "municipality"}], "5380", "La Estrella"),
        ([{"place_code": "dane"}], "05999", "CO-ANT"),
        ([{"place_code": "dane"}], "04001", "UNKNOWN_PLACE"),
        ([{"place_code": "dane"}], "050", "UNKNOWN_PLACE"),
        ([{"place_code": "dane"}], "Medellín", "UNKNOWN_PLACE"),
        ([{"place_code": "ubigeo"}], "150101", "PE-LMA"),
        ([{"place_code": "ubigeo"}], "150201", "PE-LIM"),
        ([{"place_code": "ubigeo"}], "10101", "PE-AMA"),
        ([{"place_code": "ine"}], "20101", "BO-L"),
        ([{"place_code": "inec"}], "1701", "EC-P"),
        ([{"place_code": "inec"}], "90", "UNKNOWN_PLACE"),
        ([{"codes": "t"}], " sí ", "yes"),
        ([{"codes": "t"}], "quizás", "UNKNOWN_CODE"),
        ([{"codes": "t", "else": "other"}], "quizás", "other"),
        ([{"place": "t"}], "quizás", "UNKNOWN_PLACE"),
        (["upper"], "  ", None),
    ],
)
def test_each_step_does_what_the_guide_says(
    steps: list[object], value: object, expected: object
) -> None:
    assert apply_steps(steps, value, tables={"t": {"SÍ": "yes"}}) == expected


def test_a_local_day_is_that_day_in_its_zone() -> None:
    matches = map_row(
        {
            "envelope.occurred": {
                "column": "F",
                "steps": [{"date": ["%d/%m/%Y"], "zone": "America/La_Paz"}],
            }
        },
        {"F": "01/02/2018"},
    )
    assert isinstance(matches, MappedRow)
    assert matches.envelope["occurred_from"] == 1_517_457_600_000  # 2018-02-01T04:00Z
    assert (matches.envelope["occurred_until"], matches.envelope["occurred_precision"]) == (
        1_517_457_600_000 + DAY,
        "day",
    )


def test_precision_is_that_of_the_format_or_coarser() -> None:
    assert [
        precision_of(layout)
        for layout in ("%Y", "%m/%Y", "%d/%m/%Y", "%d/%m/%Y %H", "%H:%M", "%H:%M:%S")
    ] == [
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
    ]


def test_units_are_brought_to_one_by_the_table() -> None:
    fields = {
        "items[0].quantity": {
            "column": "Q",
            "steps": [{"number": ","}, {"times": "u.factor", "by": "U"}],
        }
    }
    units = {"u": {"KG": {"factor": 1000}, "G": {"factor": 1}}}
    matches = map_row(fields, {"Q": "1,5", "U": "kg"}, tables=units)
    assert isinstance(matches, MappedRow)
    assert matches.payload == {"items": [{"quantity": 1500.0}]}
    refusals = map_row(fields, {"Q": "1", "U": "@"}, tables=units)
    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["UNKNOWN_CODE"]


def test_a_group_without_values_is_left_out_and_a_condition_decides() -> None:
    fields = {
        "items[0].weapon.kind": {"constant": "firearm", "when": {"column": "K", "in": ["ARMA"]}},
        "items[0].weapon.serial": {"column": "S", "when": {"column": "K", "in": ["ARMA"]}},
        "items[1].what": {"column": "W"},
        "place.text": {"columns": ["A", "B"], "join": ", "},
    }
    weapon = map_row(fields, {"K": "arma", "S": "X1", "W": "", "A": "", "B": "calle 1"})
    other = map_row(fields, {"K": "droga", "S": "X1", "W": "", "A": "", "B": ""})
    assert isinstance(weapon, MappedRow)
    assert isinstance(other, MappedRow)
    assert weapon.payload == {
        "items": [{"weapon": {"kind": "firearm", "serial": "X1"}}],
        "place": {"text": "calle 1"},
    }
    assert other.payload == {}


def test_a_reference_lacking_a_part_is_refused_by_its_column() -> None:
    matches = map_row(
        {"note": "N"},
        {"N": "x", "A": "1", "B": " "},
        reference={"columns": ["A", "B"], "series": "s"},
    )
    assert isinstance(matches, list)
    assert [(refusal.code, refusal.column) for refusal in matches] == [("MISSING_FIELD", "B")]


@pytest.mark.parametrize(
    "content",
    [
        {"typ": "seizure"},
        {"fields": {"note": {"column": "A", "steps": ["shout"]}}},
        {"fields": {"note": {"column": "A", "steps": [{"codes": "missing"}]}}},
        {"fields": {"envelope.tlpp": "A"}},
        {"fields": {"a[x]": "A"}},
        {"fields": {"note": {"column": "A", "steps": [{"date": ["%d"]}]}}},
        {"fields": {"note": {"column": "A", "steps": [{"cut": "("}]}}},
        {"envelope": {"colour": "red"}},
        {"source": {"format": "ods"}},
        {"source": {"format": "xml"}},
        {"source": {"format": "csv", "sheet": "a"}},
        {"source": {"format": "xlsx", "header_row": 0}},
        {"lists": {"items": "X"}},
        {"fields": {"items[*].what": "A"}, "source": {"format": "json"}},
        {"fields": {"note": "A"}, "source": {"format": "json"}, "lists": {"items": "x"}},
        {"fields": {"note": {"column": "A", "steps": [{"place_code": "nuts"}]}}},
        {"fields": {"note": {"column": "A", "steps": [{"iso_date": ["%Q"]}]}}},
        {"fields": {"note": {"column": "A", "steps": [{"first": "x"}]}}},
        {"source": {"format": "csv", "encoding": "klingon"}},
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused_naming_the_file(
    content: dict[str, object],
) -> None:
    with pytest.raises(MappingError, match=r"test\.toml"):
        loader.parse_mapping(
            {"type": "seizure", "source": {"format": "csv"}, "fields": {"note": "A"}, **content},
            Path("test.toml"),
        )


def test_every_mapping_that_comes_with_the_project_loads() -> None:
    for path in (path for folder in loader.FOLDERS for path in folder.glob("*.toml")):
        assert loader.load_mapping(path.stem).fields


def test_the_police_file_maps_whole_with_its_traps() -> None:
    how = loader.load_mapping("co-ponal-incautaciones")
    matches = [
        how.apply(or_refusal.row, or_refusal.number)
        for or_refusal in sources.read(SEIZURES, how.source, how.columns)
        if isinstance(or_refusal, SourceRow)
    ]
    assert len(matches) == 1000
    assert all(isinstance(match, MappedRow) for match in matches)
    antioquia = [
        match
        for match in matches
        if isinstance(match, MappedRow) and match.envelope["subdivision"] == "CO-ANT"
    ]
    assert len(antioquia) == 984  # their codes lost the leading zero
    leticia = matches[0]
    assert isinstance(leticia, MappedRow)
    assert leticia.payload["place"] == {"municipality": "Leticia", "municipality_code": "91001"}
    assert leticia.envelope["occurred_until"] - leticia.envelope["occurred_from"] == DAY


def test_a_place_must_agree_with_its_code_where_both_are_given() -> None:
    step = {"place_code": "dane", "municipality": "M", "department": "D"}

    def codes(municipality: str, department: str) -> list[str]:
        matches = map_row(
            {"envelope.subdivision": {"column": "C", "steps": [step]}},
            {"C": "91001000", "M": municipality, "D": department},
        )
        return (
            [refusal.code for refusal in matches]
            if isinstance(matches, list)
            else [matches.envelope["subdivision"]]
        )

    assert (
        codes("LETICIA (CT)", "AMAZONAS")
        == codes("leticia", "")
        == codes("", "Amazonas")
        == ["CO-AMA"]
    )
    results = map_row(
        {"envelope.subdivision": {"column": "C", "steps": [step]}}, {"C": "91001", "M": "Cali"}
    )
    assert isinstance(results, list)
    assert (results[0].offending_value, "Leticia" in str(results[0].detail)) == (
        "Leticia ≠ Cali",
        False,
    )  # the place is for the screen, never stored
    assert codes("Medellín", "AMAZONAS") == codes("LETICIA", "Antioquia") == ["UNKNOWN_PLACE"]


def test_a_municipality_that_we_do_not_know_is_what_the_column_says_or_the_nodes_own_table() -> (
    None
):
    beside = {"place_code": "ubigeo", "give": "municipality", "municipality": "M"}
    matches = map_row(
        {"place.municipality": {"column": "C", "steps": [beside]}}, {"C": "170301", "M": "IÑAPARI"}
    )
    assert isinstance(matches, MappedRow)
    assert matches.payload == {"place": {"municipality": "Iñapari"}}
    own = {"place_code": "ubigeo", "give": "municipality", "table": "districts"}
    tables = {"districts": {"170301": "Iñapari"}}
    assert apply_steps([own], "170301", tables=tables) == "Iñapari"
    assert apply_steps([own], "170302", tables=tables) == "UNKNOWN_PLACE"


def test_every_subdivision_of_the_four_countries_is_reached_by_a_code() -> None:
    reached = {iso for name in SYSTEMS for iso, _ in find_system(name).rows.values()}
    assert reached == {
        code for code in code_lists()["subdivision"].codes if code[:2] in ("BO", "CO", "EC", "PE")
    }


def test_a_time_column_beside_a_date_column() -> None:
    steps = [{"date": ["%d/%m/%Y %H:%M", "%d/%m/%Y"], "zone": "America/La_Paz"}]
    fields = {"envelope.occurred": {"columns": ["F", "H"], "steps": steps}}
    precisions = [map_row(fields, {"F": "01/02/2018", "H": hour}) for hour in ("13:45", "")]
    assert [
        precision.envelope["occurred_precision"]
        for precision in precisions
        if isinstance(precision, MappedRow)
    ] == ["minute", "day"]


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%Y%m%d", "%d.%m.%Y"]),
)
def test_dates_are_read_as_strptime_reads_them(moment: datetime, layout: str) -> None:
    written = moment.strftime(layout)
    assert layout_parser(layout)(written) == datetime.strptime(written, layout)


@pytest.mark.parametrize(
    "written",
    ["31/02/2018", "1/1/18", "01/01/2018x", "٠١/01/2018", "00/01/2018", "", " 01/01/2018"],
)
def test_what_is_no_date_is_none(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        layout_parser("%d/%m/%Y")(written)


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.lists(st.text(max_size=3), max_size=2),
)
objects = st.dictionaries(st.sampled_from(["f", "."]), values)
rows = st.dictionaries(
    st.sampled_from(["C", "D", "E", "E.f"]),
    st.one_of(values, objects, st.lists(st.one_of(values, objects), max_size=3)),
)
ALL = {
    "note": {"column": "C", "steps": ["title", {"cut": "a+"}, {"first": 3}, {"pad": 5}]},
    "items[0].quantity": {
        "column": "C",
        "steps": [{"number": ","}, {"times": "t.factor", "by": "D"}],
    },
    "items[0].unit": {
        "column": "E.f",
        "steps": [{"codes": "t.unit"}],
        "when": {"column": "D", "not_in": ["x"]},
    },
    "hidden": {"columns": ["C", "D", "E"], "join": "-"},
    "envelope.occurred": {
        "column": "D",
        "steps": [{"date": ["%d/%m/%Y", "%Y"], "zone": "America/Lima"}],
    },
    "asset_stage": {"column": "C", "steps": [{"integer": True}]},
    "place.municipality": {
        "column": "C",
        "steps": [{"place_code": "dane", "give": "municipality", "municipality": "D"}],
    },
    "persons[*].name": {"column": "f", "steps": ["title"]},
    "persons[*].alias": {"columns": [".", "/C"], "when": {"columns": ["f", "/D"], "present": True}},
}
EVERYTHING = loader.parse_mapping(
    {
        "type": "seizure",
        "source": {"format": "json"},
        "fields": ALL,
        "lists": {"persons": "E"},
        "reference": {"columns": ["C", "D"]},
        "tables": {"t": {"g": {"unit": "g", "factor": 1}}},
    },
    Path("all.toml"),
)


@given(rows)
def test_no_row_ever_raises(row: dict[str, object]) -> None:
    matches = EVERYTHING.apply(row, 1)
    assert isinstance(matches, MappedRow) or all(
        refusal.line == 1 and refusal.code for refusal in matches
    )


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_a_number_written_the_spanish_way_comes_back(whole: int, cents: int) -> None:
    sign = "-" if whole < 0 else ""
    written = f"{sign}{abs(whole):,}".replace(",", ".") + f",{cents:02d}"
    assert apply_steps([{"number": ","}], written) == pytest.approx(float(f"{whole}.{cents:02d}"))


@given(st.text())
def test_title_is_idempotent_up_to_letters_without_a_lower_form(value: str) -> None:
    assert to_title_case(to_title_case(value)).lower() == to_title_case(value).lower()


def test_a_json_rows_path_goes_into_objects() -> None:
    matches = map_row(
        {"note": "arma.serie"}, json.loads('{"arma": {"serie": " A1 "}}'), source={"format": "json"}
    )
    assert isinstance(matches, MappedRow)
    assert matches.payload == {"note": "A1"}
