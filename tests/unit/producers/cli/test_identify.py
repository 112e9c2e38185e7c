"""`quipu identify` shows how any written value is read, for users and for tests."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infra.cli.root import main
from producers.mapping.identify import KINDS, WHY
from schemas.normalise.reading import Why
from tests.support.identifier_strategies import CASES, right_values


def quipu(home: Path, *arguments: str, lines: str | None = None, lang: str = "en") -> Result:
    environment = {"QUIPU_LANG": lang, "COLUMNS": "200"}
    runner = CliRunner(env=environment)
    return runner.invoke(main, ["--home", str(home), "identify", *arguments], input=lines)


def rows_of(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_text_is_shown_with_its_things_their_certainty_and_the_reasons(tmp_path: Path) -> None:
    arguments = ["document", "--country", "CO", "--type", "national_id", "C.C. No. 10.111.222"]
    shown = quipu(tmp_path, *arguments, lang="es").stdout
    assert "CO national_id|10111222" in shown
    assert "seguro" in shown
    assert "se quitaron las palabras que lo acompañan" in shown


def test_a_text_that_is_nothing_is_shown_with_the_reason(tmp_path: Path) -> None:
    done = quipu(tmp_path, "phone", "--country", "CO", "3.0055501E+9", "5550100")
    assert "nothing: a spreadsheet dropped digits" in done.stdout
    assert "nothing: the area code is missing" in done.stdout


@pytest.mark.parametrize(
    ("case", "kind", "columns"),
    [
        ("01-float-ids", "document", {"country": "PAIS", "type": "TIPO", "text": "NUMERO"}),
        ("03-document-labels", "document", {"country": "PAIS", "type": "TIPO", "text": "NUMERO"}),
        ("10-phones", "phone", {"country": "PAIS", "text": "TEL"}),
        ("11-imei", "imei", {"text": "IMEI"}),
        ("13-accounts", "account", {"country": "PAIS", "issuer": "BANCO", "text": "CUENTA"}),
    ],
)
def test_lines_of_json_give_the_things_of_the_cases(
    case: str, kind: str, columns: dict[str, str], tmp_path: Path
) -> None:
    with (CASES / f"{case}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    lines = [
        {"id": row["REF"], "kind": kind} | {name: row[column] for name, column in columns.items()}
        for row in rows
    ]
    answers = rows_of(quipu(tmp_path, "--json", lines="\n".join(map(json.dumps, lines))))
    assert {
        answer["id"]: {
            (thing["issuer"], thing["value"], thing["certainty"]) for thing in answer["things"]
        }
        for answer in answers
    } == right_values(case)
    for answer in answers:
        assert bool(answer["why"]) != bool(answer["things"])
        assert all(thing["why"] for thing in answer["things"])


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ({"kind": "serial", "text": "TKX12345"}, ["TKX12345"]),
        (
            {"kind": "weapon", "make": "Taurus", "type": "PISTOL", "text": "TKX12345"},
            ["TKX12345|TAURUS|PISTOL"],
        ),
        ({"kind": "lot", "text": "L-0517"}, ["L0517"]),
        (
            {"kind": "ammunition_lot", "make": "Indumil", "calibre": "9 mm", "text": "L-0517"},
            ["L0517|INDUMIL|9X19"],
        ),
        ({"kind": "make", "text": "INDUMIL COLOMBIA"}, ["INDUMIL"]),
        ({"kind": "calibre", "text": "38 special"}, ["38 SPECIAL"]),
        ({"kind": "plate", "country": "co", "text": "abc-123"}, ["ABC123"]),
        ({"kind": "date", "text": "2021-03-15"}, ["2021-03-15"]),
        ({"kind": "date", "type": "nothing such", "text": "2021-03-15"}, ["2021-03-15"]),
        ({"kind": "date", "text": "2021-13-45"}, []),
        ({"kind": "number", "text": "1.234"}, ["1.234", "1234"]),
        ({"kind": "number", "text": "many"}, []),
        ({"kind": "account", "country": "CO", "issuer": "Bancolombia", "text": 24055566677.0}, ["24055566677"]),
        ({"kind": "weapon", "text": "TKX12345", "make": None}, []),
        ({"kind": "document", "text": None}, []),
    ],
)  # fmt: skip
def test_every_kind_can_be_asked(line: dict[str, Any], values: list[str], tmp_path: Path) -> None:
    (answer,) = rows_of(quipu(tmp_path, "--json", lines=json.dumps({"id": 7, **line})))
    assert answer["id"] == 7
    assert [thing["value"] for thing in answer["things"]] == values


def test_texts_of_the_command_line_are_answered_as_json_too(tmp_path: Path) -> None:
    answers = rows_of(quipu(tmp_path, "imei", "490154203237518", "S/N", "--json"))
    assert [len(answer["things"]) for answer in answers] == [1, 0]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "Line 2: It is no JSON."),
        ("[1]", "Line 2: It is no JSON object."),
        ('{"kind": "passport", "text": "x"}', "Line 2: There is no kind `passport`."),
        (
            '{"kind": "document", "type": "carta", "text": "10111222"}',
            "Line 2: There is no type `carta`.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_go_on(
    line: str, problem: str, tmp_path: Path
) -> None:
    imei = '{"id": 3, "kind": "imei", "text": "490154203237518"}'
    done = quipu(tmp_path, "--json", lines=f"\n{line}\n{imei}\n")
    bad, good = (json.loads(row) for row in done.stdout.splitlines())
    assert (done.exit_code, bad["things"], problem in bad["error"]) == (1, [], True)
    assert (good["id"], good["error"], len(good["things"])) == (3, "", 1)


@pytest.mark.parametrize("type_", ["national_id", "NATIONAL_ID", "National id", "DNI", "d.n.i."])
def test_a_type_of_document_is_a_code_or_a_word_for_it(type_: str, tmp_path: Path) -> None:
    line = {"kind": "document", "country": "PE", "type": type_, "text": "RUC 10401234565"}
    (answer,) = rows_of(quipu(tmp_path, "--json", lines=json.dumps(line)))
    (thing,) = answer["things"]
    assert (thing["value"], thing["certainty"]) == ("national_id|40123456", "possible")


def test_a_type_of_weapon_is_a_code_or_a_word_for_it(tmp_path: Path) -> None:
    line = {"kind": "weapon", "make": "Taurus", "text": "TKX12345"}
    lines = [json.dumps(line | {"type": type_}) for type_ in ("PISTOL", "pistol", "Pistola")]
    first, *others = rows_of(quipu(tmp_path, "--json", lines="\n".join(lines)))
    assert first["things"]
    assert [other["things"] for other in others] == [first["things"]] * 2


def test_without_a_text_the_command_says_what_to_write(tmp_path: Path) -> None:
    done = quipu(tmp_path, "phone")
    assert (done.exit_code, "A kind and a text are missing." in done.stderr) == (2, True)


def test_hidden_characters_of_a_text_never_reach_the_terminal(tmp_path: Path) -> None:
    done = quipu(tmp_path, "document", "10111222\x1b[31m")
    assert "\x1b" not in done.stdout


def test_every_reason_has_a_text_and_every_kind_a_reader() -> None:
    assert set(WHY) == set(Why)
    assert {"document", "phone", "imei", "account", "plate", "serial", "date", "number"} <= set(
        KINDS
    )
