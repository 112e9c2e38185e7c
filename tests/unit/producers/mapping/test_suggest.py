"""What `quipu mapping suggest` promises: from a file alone a mapping that loads, and under which
most rows become events.
"""

import csv
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from producers.errors import MappingError
from producers.events.draft import EventOrigin
from producers.ingest.dry_run import DryRun, DryRunCounts
from producers.mapping.loader import load_mapping, parse_mapping
from producers.mapping.mapping import RowMapping
from producers.mapping.suggest import suggest
from producers.scenario.demo import demo
from producers.scenario.generate import generate
from producers.sources.reader import read
from schemas.codes import code_sets
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import event_type

SEIZURES = demo.REAL
GOAML = Path(__file__).parent / "data" / "goaml-str.xml"
NOW = 1_795_000_000_000


def suggested(path: Path, **expected: str) -> RowMapping:
    return parse_mapping(tomllib.loads(suggest(path, **expected).text), Path("suggested.toml"))


def share(path: Path, mapping: RowMapping, country: str) -> float:
    """Of the rows, those that would become events."""
    counts = DryRunCounts()
    known = code_sets({})
    check = DryRun(
        mapping,
        event_type(mapping.type),
        EventOrigin("n", country, "A", bytes(32), EnvelopeValidator(known)),
        NOW,
    )
    assert list(check.problems(read(path, mapping.source, mapping.columns), counts)) is not None
    return (counts.good + counts.repeated) / counts.rows


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, str, str]]:
    """A small scenario's files, with the mapping that the project has for each and the country."""
    folder = tmp_path_factory.mktemp("scenario") / "s"
    generate(300, "suggest", folder)
    listed = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))["files"]
    return [
        (folder / item["file"], item["mapping"], item["country"])
        for item in listed
        if item["kind"] == "records" and item["rows"] > 20
    ]


def test_every_scenario_file_gets_a_mapping_under_which_its_rows_pass(
    files: list[tuple[Path, str, str]],
) -> None:
    assert files
    for path, name, country in files:
        ours, row_mapping = load_mapping(name), suggested(path)
        assert (row_mapping.type, row_mapping.reference) == (ours.type, ours.reference), path.name
        assert share(path, row_mapping, country) >= 0.85, path.name
        columns = {column for field in ours.fields for column in field.columns}
        used = {column for field in row_mapping.fields for column in field.columns}
        assert len(columns & used) >= 0.65 * len(columns), (path.name, sorted(columns - used))


def test_the_polices_own_file_passes_whole() -> None:
    row_mapping = suggested(SEIZURES)
    assert (row_mapping.type, share(SEIZURES, row_mapping, "CO")) == ("seizure", 1.0)
    assert {"items[0].quantity", "items[0].unit", "place.municipality", "envelope.subdivision"} <= {
        field.target for field in row_mapping.fields
    }


def test_a_goaml_report_gets_its_list_of_transactions() -> None:
    row_mapping = suggested(GOAML, country="PE")
    assert row_mapping.type == "suspicious_flow"
    assert row_mapping.reference == ("entity_reference",)
    assert row_mapping.column_of("transactions[0].currency") == "currency_code_local"
    assert {"amount", "date"} <= {
        field.target
        for repeated_list in row_mapping.group.lists
        for field in repeated_list.group.fields
    }


def sheet(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def test_an_excel_with_titles_is_understood(tmp_path: Path) -> None:
    head = [
        ["MINISTERIO DE GOBIERNO"],
        ["Armas 2018"],
        ["Expediente", "Situación", "Marca", "Calibre", "Nro. Serie", "Departamento", "Fecha"],
    ]
    rows = [
        [
            f"E-{n}",
            ["Robada", "Perdida"][n % 2],
            "Bersa",
            "9mm",
            f"AB{n}",
            ["La Paz", "Beni"][n % 2],
            f"{n + 1:02}/03/2018",
        ]
        for n in range(28)
    ]
    path = sheet(tmp_path / "armas.xlsx", head + rows)
    row_mapping = suggested(path)
    assert (row_mapping.type, row_mapping.source.header_row, row_mapping.reference) == (
        "weapon_record",
        3,
        ("Expediente",),
    )
    assert share(path, row_mapping, "BO") == 1.0
    text = suggest(path).text
    assert "America/La_Paz" in text
    assert '"%d/%m/%Y"' in text


@pytest.mark.parametrize(
    ("dates", "expected", "doubt"),
    [
        (["03/04/2018", "05/06/2018"], "%d/%m/%Y", True),
        (["03/04/2018", "25/06/2018"], "%d/%m/%Y", False),
        (["03/04/2018", "06/25/2018"], "%m/%d/%Y", False),
        (["2018-04-03 10:15", "2018-04-25 23:59"], "%Y-%m-%d %H:%M", False),
    ],
)
def test_the_order_of_day_and_month_is_found_or_doubted(
    tmp_path: Path, dates: list[str], expected: str, doubt: bool
) -> None:
    path = tmp_path / "armas.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(
            [
                ["Caso", "Serie", "Marca", "Fecha"],
                *([f"c{at}", f"A{at}", "Colt", item] for at, item in enumerate(dates)),
            ]
        )
    text = suggest(path).text
    line = next(line for line in text.splitlines() if line.startswith('"envelope.occurred"'))
    assert f'["{expected}"]' in line
    assert ("¿primero el día o el mes?" in line) is doubt


def test_unknown_codes_stand_in_comments_to_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "armas.csv"
    path.write_text(
        "Caso,Situación,Serie\n1,Robada,A1\n2,Robada,A2\n3,Inutilizada,A3\n", encoding="utf-8"
    )
    text = suggest(path).text
    assert 'Robada = "STOLEN"' in text
    assert '# Inutilizada = "?"' in text


def test_a_file_without_rows_or_form_says_so(tmp_path: Path) -> None:
    for name, content in (
        ("a.csv", b""),
        ("b.json", b'{"a": 1,\n"b": 2}'),
        ("c.xml", b"<!DOCTYPE a><a/>"),
        ("d.xlsx", b"PK\x03\x04"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(MappingError, match=name):
            suggest(path)
