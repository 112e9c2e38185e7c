"""`quipu mapping edit`: an officer answers questions, and the mapping takes the file."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.mapping.edit.question import Choice, MappingQuestion, read_answer
from schemas.i18n import _

CASES = Path(__file__).parents[3] / "cases"
QUESTION = MappingQuestion(
    _("Which?"),
    (Choice("STOLEN", "Robada"), Choice("LOST", "Extraviada")),
    "LOST",
    (Choice("SEIZED", "Incautada por la policía"), Choice("SOLD", "Vendida en la frontera")),
)


def edit(tmp_path: Path, file: Path, answers: Sequence[str]) -> Result:
    settings = load({"QUIPU_HOME": str(tmp_path / "home")})
    command = ["edit", str(file), "--out", str(tmp_path / "m.toml"), "--lang", "en"]
    answers_text = "".join(f"{answer}\n" for answer in answers)
    return CliRunner(env={"COLUMNS": "80"}).invoke(
        mapping_group, command, obj=settings, input=answers_text
    )


def mapping_of(tmp_path: Path) -> dict[str, Any]:
    return tomllib.loads((tmp_path / "m.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "LOST"),
        ("1", "STOLEN"),
        ("lost", "LOST"),
        ("robada", "STOLEN"),
        ("SEIZED", "SEIZED"),
    ],
)
def test_an_answer_is_enter_a_number_a_code_or_a_name(text: str, key: str) -> None:
    assert read_answer(QUESTION, text).key == key


def test_words_of_a_choice_lead_to_it_and_nonsense_is_said() -> None:
    answer = read_answer(QUESTION, "frontera")
    assert (answer.key, [choice.key for choice in answer.nearest]) == ("", ["SOLD"])
    assert read_answer(QUESTION, "7").problem is not None
    assert read_answer(QUESTION, "xyz").nearest == ()


def test_enter_alone_takes_the_proposals_and_the_file_passes(tmp_path: Path) -> None:
    file = tmp_path / "armas.csv"
    file.write_text(
        "EXPEDIENTE;FECHA;SITUACIÓN;TIPO ARMA;MARCA;CALIBRE;SERIE\n"
        "A-1;03/04/2018;ROBADA;PISTOLA;TAURUS;9MM;TKX12345\n"
        "A-2;25/04/2018;PERDIDA;REVOLVER;ROSSI;38;AB4567\n",
        encoding="utf-8",
    )
    done = edit(tmp_path, file, [""] * 40)
    assert done.exit_code == 0, done.output
    assert "2 would be events" in done.output
    mapping = mapping_of(tmp_path)
    assert mapping["type"] == "weapon_record"
    assert mapping["reference"]["columns"] == ["EXPEDIENTE"]
    assert mapping["fields"]["weapon.serial"] == "SERIE"
    assert "#" not in (tmp_path / "m.toml").read_text(encoding="utf-8").split("[fields]")[0]


def test_answers_decide_type_column_value_and_marking(tmp_path: Path) -> None:
    """Column names with accents and signs; a value that means nothing is left out."""
    file = tmp_path / "lista.csv"
    file.write_text(
        "Nº;¿Qué pasó?;Nº de serie (tal cual);Sitio\n"
        "1;EN LA COCHA;TKX12345;RUTA 5\n2;EN LA COCHA;AB4567;NO SE SABE\n",
        encoding="utf-8",
    )
    columns = ["the number that identifies the record", "status", "weapon.serial"]
    values = ["firearm", "Seized [SEIZED]"]
    envelope = ["AMBER+STRICT", "border_control", "CAN-552", "09012", "A", "1"]
    done = edit(tmp_path, file, ["weapon_record", "PE", *columns, "", *values, *envelope])
    assert done.exit_code == 0, done.output
    mapping = mapping_of(tmp_path)
    assert mapping["type"] == "weapon_record"
    assert mapping["reference"]["columns"] == ["Nº"]
    assert mapping["fields"]["weapon.serial"] == "Nº de serie (tal cual)"
    assert mapping["tables"]["que_paso"] == {"EN LA COCHA": "SEIZED"}
    assert mapping["envelope"] == {
        "tlp": "AMBER+STRICT",
        "purpose": "border_control",
        "legal_basis": "CAN-552",
        "crime": "09012",
        "evaluation": {"scheme": "admiralty", "source": "A", "information": "1"},
    }


def test_a_value_that_is_left_out_leaves_the_field_empty(tmp_path: Path) -> None:
    file = CASES / "25-suggest-codes.csv"
    answers = ["person_notice", "CO", *[""] * 6, "requisitoria", "", "", "-", "KR", "-", "-"]
    done = edit(tmp_path, file, [*answers, *[""] * 6])
    assert done.exit_code == 0, done.output
    assert "4 would be events" in done.output
    mapping = mapping_of(tmp_path)
    assert mapping["tables"]["nacionalidad"] == {"COREA": "KR"}
    assert mapping["fields"]["person.nationalities[0]"]["when"]["not_in"] == [
        "NO REGISTRA",
        "NO DETERMINADO",
        "ISLAS",
    ]


def test_what_ends_early_writes_nothing(tmp_path: Path) -> None:
    done = edit(tmp_path, CASES / "25-suggest-codes.csv", ["person_notice"])
    assert done.exit_code == 1
    assert not (tmp_path / "m.toml").exists()


COUNTS = "PROVINCIA;MES;AÑO;DELITO;TOTAL\nGUAYAS;ENERO;2021;ROBO;12\nMANABÍ;ABRIL;2021;ROBO;7\n"


def test_a_month_next_to_a_year_is_proposed_and_may_be_left_out(tmp_path: Path) -> None:
    file = tmp_path / "conteo.csv"
    file.write_text(COUNTS, encoding="utf-8")
    assert edit(tmp_path, file, [""] * 40).exit_code == 0
    assert mapping_of(tmp_path)["fields"]["envelope.occurred"]["columns"] == ["MES", "AÑO"]
    (tmp_path / "m.toml").unlink()
    answers = ["", "", "", "-", *[""] * 40]
    assert edit(tmp_path, file, answers).exit_code == 0
    assert mapping_of(tmp_path)["fields"]["envelope.occurred"]["column"] == "AÑO"


def test_the_answer_to_enter_is_always_listed_and_a_required_value_is_said_to_be(
    tmp_path: Path,
) -> None:
    file = tmp_path / "armas.csv"
    file.write_text(
        "FECHA;CLASE DE ARMA;MARCA;CANT.\n2026-01-03;PISTOLA;TAURUS;1\n", encoding="utf-8"
    )
    text = edit(tmp_path, file, [""] * 40).output
    questions = [part for part in text.split("> \n") if "\n    1  " in part or "*  1  " in part]
    assert len(questions) > 8
    assert max(map(len, "".join(questions).split("\n"))) <= 80
    assert all(" * " in question for question in questions), "Enter takes what is marked"
    assert "(status). What is it in every row? It is required" in text
    assert "“CANT.”, with the values 1." in text
