"""A list to look up is read as spreadsheets write it, or refused with the line and the reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from consumers.exports.formats import export_file
from consumers.presentation.lookup_table import lookup_table
from consumers.query.persons.bulk_lookup import LineAnswer, ThingForms
from consumers.query.persons.lookup_file import MOST_LINES, LookupFileError, read_lookup_file
from consumers.query.persons.person_question import (
    PersonQuestion,
    PersonQuestionError,
    read_question,
)


def test_columns_in_both_languages_and_every_separator_are_read() -> None:
    for content in (
        'name,born,plate\n"Quispe Mamani, Juan",1984,\n,,ABC123\n',
        "Nombre;Fecha de nacimiento;Placa\r\nQuispe Mamani, Juan;1984;\r\n;;ABC123\r\n",
        "NOMBRE\tNacido\tplaca\nQuispe Mamani, Juan\t1984\t\n\t\tABC123",
    ):
        first, second = read_lookup_file(content.encode())
        assert first.person == PersonQuestion("Quispe Mamani, Juan", "1984")
        assert (first.number, first.values.get("plate", "")) == (2, "")
        assert (second.number, second.person, second.values["plate"]) == (3, None, "ABC123")


def test_a_file_of_an_old_spreadsheet_and_blank_lines_are_read() -> None:
    (line,) = read_lookup_file("nombre;país\n\n;\nNúñez Ñato, José;PE\n".encode("cp1252"))
    assert (line.number, line.values["name"]) == (4, "Núñez Ñato, José")
    (line,) = read_lookup_file("\ufeffdocumento\n45678912\n".encode())
    assert line.person == PersonQuestion(document="45678912")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1"),
        (b"name,colour\nJuan,red\n", "`colour`"),
        (b"name,nombre\nJuan,Juan\n", "`name`"),
        (b"name\n", "no line"),
        (b"name,born\nQuispe, Juan,1984\n", "Line 2 has 3 cells"),
        (b'name,born\n"Quispe,1984\n', "Line 2 cannot be read"),
        (b"name\n" + b"Juan Quispe\n" * (MOST_LINES + 1), "1,000 lines"),
        (b"x" * 1_000_001, "1,000,000 bytes"),
    ],
)
def test_what_is_no_list_is_refused_with_its_line(content: bytes, words: str) -> None:
    with pytest.raises(LookupFileError) as refusal:
        read_lookup_file(content)
    assert words in refusal.value.message.in_language("en")


def test_a_report_has_a_row_for_each_line_also_where_nothing_was_found() -> None:
    lines = read_lookup_file(b"name,plate,country\nQuispe,,\n,???,PE\nJuan Choque,,\n")
    plates = ThingForms(b"s" * 32)
    assert [plates.ids_of(line) for line in lines[::2]] == [[], []]
    with pytest.raises(PersonQuestionError) as refusal:
        read_question(PersonQuestion("Quispe"))
    problem = refusal.value.message
    answers = [LineAnswer(lines[0], problem=problem), LineAnswer(lines[1]), LineAnswer(lines[2])]
    table = lookup_table(answers, datetime(2026, 1, 1, tzinfo=UTC), "es")
    parts = b"".join(export_file(table, "csv").parts).decode("utf-8-sig")
    assert len(parts.strip().splitlines()) >= 4
    assert "Esto es muy poco" in parts and "usted pueda ver" in parts
