"""Nothing is lost without a word: what the values of a file were read as, by field, and why."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.ingest.reading_tally import MAX_EXAMPLES, ReadingTally
from schemas.event.event_type import event_type
from schemas.event.mark_walker import Mark

MAPPING = """
type = "crime_incident"
[source]
format = "csv"
separator = ";"
[reference]
columns = ["REF"]
[envelope]
tlp = "AMBER"
purpose = "investigation"
legal_basis = "CAN-552"
crime = "0401"
evaluation = { scheme = "4x4", source = "A", information = "1" }
[fields]
"persons[0].document.country" = { constant = "CO", when = { column = "CEDULA", present = true } }
"persons[0].document.type" = { constant = "national_id", when = { column = "CEDULA", present = true } }
"persons[0].document.number" = "CEDULA"
"phones[0].country" = { constant = "CO", when = { column = "TELEFONO", present = true } }
"phones[0].number" = "TELEFONO"
"envelope.occurred" = { column = "FECHA", steps = [{ date = ["%d/%m/%Y"], zone = "America/Bogota" }] }
"""
ROWS = """REF;FECHA;CEDULA;TELEFONO
1;01/02/2021;10111222;3005550100
2;01/02/2021;Cedula No. 10.111.333;3005550101
3;01/02/2021;NO PORTA;
4;01/02/2021;10111444;555
"""


def check(tmp_path: Path, *options: str) -> Result:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "hechos.csv").write_text(ROWS, encoding="utf-8")
    settings = load({"QUIPU_HOME": str(tmp_path / "home")})
    command = ["check", str(tmp_path / "hechos.csv"), "--mapping", str(tmp_path / "m.toml")]
    return CliRunner(env={"COLUMNS": "200"}).invoke(
        mapping_group, [*command, "--rows", "0", *options], obj=settings
    )


def test_check_counts_by_field_what_was_read_and_what_was_not(tmp_path: Path) -> None:
    readings = json.loads(check(tmp_path, "--json").output)["readings"]
    documents = readings["persons[*].document.number"]
    phones = readings["phones[*].number"]
    assert (documents["certain"], documents["possible"], documents["nothing"]) == (3, 0, 1)
    assert documents["examples"]["nothing"] == ["NO PORTA"]
    assert (phones["certain"], phones["possible"] + phones["nothing"]) == (2, 1)


def test_a_person_reads_examples_and_the_reason(tmp_path: Path) -> None:
    text = check(tmp_path, "--lang", "en").output
    assert "How the values were read:" in text
    assert "no thing: 1 · «NO PORTA» (the text says that there is no number)" in text
    assert "«Cedula No. 10.111.333» → " in text


def test_examples_are_few_and_different_however_many_rows_there_are() -> None:
    tally = ReadingTally()
    for number in range(1000):
        value = {"country": "CO", "type": "national_id", "number": f"1011{number % 7:04}"}
        tally.add([Mark("document", "document", value)])
    [field_tally] = tally.fields.values()
    assert sum(field_tally.counts.values()) == 1000
    for examples in field_tally.examples.values():
        assert len(examples) == len(set(examples)) <= MAX_EXAMPLES


def test_marks_are_walked_in_lists_and_where_nothing_is_observed() -> None:
    record = {
        "phones": [{"number": "1", "imei": "490154203237518"}, {"number": "2", "imei": None}],
        "persons": [{"document": {"number": "3"}}, {"document": None}],
    }
    marks = [(mark.path, mark.kind) for mark in event_type("crime_incident").walk_marks(record)]
    assert marks.count(("phones[*]", "phone")) == 2
    assert marks.count(("phones[*].imei", "imei")) == 1
    assert marks.count(("persons[*].document", "document")) == 1
    assert list(event_type("heartbeat").walk_marks({})) == []
