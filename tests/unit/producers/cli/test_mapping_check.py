"""What `quipu mapping check` promises: the first rows as events, every problem with its place,
counts, exit codes; nothing published.
"""

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.outbox.store import Outbox
from tests.support.node import NODE, offline

MAPPING = """
type = "weapon_record"
[source]
format = "csv"
[reference]
columns = ["caso"]
[envelope]
tlp = "AMBER"
purpose = "investigation"
legal_basis = "CAN-552"
crime = "09012"
evaluation = { scheme = "4x4", source = "A", information = "1" }
[fields]
"status" = { column = "estado", steps = [{ codes = "status" }] }
"weapon.kind" = { constant = "firearm" }
"weapon.serial" = "serie"
"weapon.year" = { column = "año", steps = [{ integer = true }] }
"envelope.subdivision" = { column = "dane", steps = [{ place_code = "dane" }] }
"envelope.occurred" = { column = "fecha", steps = [{ date = ["%d/%m/%Y"], zone = "America/Bogota" }] }
[tables.status]
ROBADA = "STOLEN"
"""
CASES = Path(__file__).parents[3] / "cases"
GOOD = "caso,estado,serie,año,dane,fecha\n1,ROBADA,A1,2001,05001,03/04/2018\n2,robada,B2,,11001,05/04/2018\n"
BAD = (
    "3,PRESTADA,C3,dos,04999,31/02/2018\n3\n1,ROBADA,A9,2001,05001,03/04/2018\n"
    "1,ROBADA,A1,2001,05001,03/04/2018\n4,ROBADA,D4,2001,05001,03/04/2098\n"
)


def run(tmp_path: Path, content: str | None, *options: str) -> tuple[int, str]:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    if content is not None:
        (tmp_path / "armas.csv").write_text(content, encoding="utf-8")
    settings = load({"QUIPU_HOME": str(tmp_path / "home")})
    done = CliRunner().invoke(
        mapping_group,
        ["check", str(tmp_path / "armas.csv"), "--mapping", str(tmp_path / "m.toml"), *options],
        obj=settings,
        env={"COLUMNS": "200"},
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_a_good_file_shows_its_rows_in_words(tmp_path: Path) -> None:
    code, text = run(tmp_path, GOOD, "--rows", "1")
    assert code == 0
    assert "línea 2 → Registro de arma" in text
    assert "línea 3" not in text
    assert "Robada [STOLEN]" in text
    assert "Antioquia [CO-ANT]" in text
    assert "2 serían eventos" in text
    assert not (tmp_path / "home").exists()


def test_english_is_spoken(tmp_path: Path) -> None:
    assert "2 would be events" in run(tmp_path, GOOD, "--lang", "en")[1]


def test_every_problem_has_line_field_column_and_what_was_seen(tmp_path: Path) -> None:
    code, text = run(tmp_path, GOOD + BAD, "--json")
    matches = json.loads(text)
    assert code == 1
    assert [
        (problem["line"], problem["code"], problem["field"], problem["column"], problem["seen"])
        for problem in matches["problems"]
    ] == [
        (4, "UNKNOWN_CODE", "status", "estado", "PRESTADA"),
        (4, "BAD_NUMBER", "weapon.year", "año", "dos"),
        (4, "UNKNOWN_PLACE", "subdivision", "dane", "04999"),
        (4, "IMPOSSIBLE_DATE", "occurred", "fecha", "31/02/2018"),
        (5, "BROKEN_LINE", "", "", ""),
        (6, "CONFLICT", "source_reference", "caso", ""),
        (8, "FROM_FUTURE", "occurred_from", "fecha", matches["problems"][-1]["seen"]),
    ]
    assert (matches["rows"], matches["good"], matches["repeated"]) == (7, 2, 1)


def test_problems_are_counted_with_their_remedies(tmp_path: Path) -> None:
    code, text = run(tmp_path, GOOD + BAD)
    assert code == 1
    assert "línea 4 · Situación (status, columna estado) · UNKNOWN_CODE" in text
    assert "«PRESTADA»" in text
    assert "qué hacer" in text
    assert "2 serían eventos, 1 repiten otra fila, 4 no se admitirían" in text


@pytest.mark.parametrize("content", ["", "caso,serie\n1,2\n"])
def test_a_file_that_cannot_be_read_is_exit_code_2(tmp_path: Path, content: str) -> None:
    assert run(tmp_path, content)[0] == 2


def test_suggest_writes_a_new_file_that_check_takes(tmp_path: Path) -> None:
    (tmp_path / "armas.csv").write_text(GOOD, encoding="utf-8")
    settings, out = load({"QUIPU_HOME": str(tmp_path / "home")}), tmp_path / "propuesta.toml"
    command = ["suggest", str(tmp_path / "armas.csv"), "--out", str(out)]
    assert CliRunner().invoke(mapping_group, command, obj=settings).exit_code == 0
    checked = CliRunner().invoke(
        mapping_group, ["check", str(tmp_path / "armas.csv"), "--mapping", str(out)], obj=settings
    )
    assert checked.exit_code == 0, checked.output
    assert (
        CliRunner().invoke(mapping_group, command, obj=settings).exit_code != 0
    )  # never over an officer's file


def test_as_a_node_the_events_are_the_nodes_and_its_outbox_stays_as_it_was(tmp_path: Path) -> None:
    settings = offline(tmp_path / "home")
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "armas.csv").write_text(GOOD, encoding="utf-8")
    command = [
        "check",
        str(tmp_path / "armas.csv"),
        "--mapping",
        str(tmp_path / "m.toml"),
        "--node",
        NODE,
        "--json",
    ]
    done = CliRunner().invoke(mapping_group, command, obj=settings)
    assert done.exit_code == 0, done.output
    envelope = json.loads(done.output)["samples"][0]["envelope"]
    assert (envelope["country"], envelope["authority"], envelope["node"]) == (
        "CO",
        "CO-PONAL",
        NODE,
    )
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as box:
        assert box.rows("SELECT count(*) FROM bundles") == [(0,)]


def test_nul_and_escape_characters_are_refused_and_never_reach_a_terminal(tmp_path: Path) -> None:
    file, mapping = CASES / "23-nul-and-escape.csv", CASES / "23-mapping.toml"
    done = CliRunner().invoke(
        mapping_group,
        ["check", str(file), "--mapping", str(mapping), "--lang", "en"],
        obj=load({"QUIPU_HOME": str(tmp_path / "home")}),
    )
    assert done.exit_code == 1
    assert "0 would be events" in done.output
    assert done.output.count("HIDDEN_CHARACTER") >= 3
    assert not {"\x00", "\x1b"} & set(done.output)
    assert "U+0000" in done.output and "U+001B" in done.output
