"""What an officer reads when a command cannot do what was typed: one sentence, and exit code 2."""

import os
import pty
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infra.cli.root import main
from infra.settings import Settings
from producers.node import CountryNode
from producers.outbox.store import Outbox
from tests.support.node import NODE, mapping_file, offline, row, weapons, write


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return offline(tmp_path / "home")


def quipu(settings: Settings, *arguments: str) -> Result:
    environment = {"QUIPU_KAFKA": settings.kafka.bootstrap, "QUIPU_LANG": "es", "COLUMNS": "200"}
    return CliRunner(env=environment).invoke(main, ["--home", str(settings.home), *arguments])


def counts(settings: Settings) -> list[dict[str, object]]:
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as outbox:
        return outbox.reconcile_counts()


def test_a_file_that_does_not_exist_is_said_and_nothing_is_counted(
    settings: Settings, tmp_path: Path
) -> None:
    mapping = str(mapping_file(tmp_path))
    done = quipu(
        settings, "publish", str(tmp_path / "nada.csv"), "--node", NODE, "--mapping", mapping
    )
    assert done.exit_code == 2
    assert "No hay ningún archivo" in done.stderr
    assert counts(settings) == []


def test_a_name_with_blanks_and_without_quotes_is_explained(settings: Settings) -> None:
    done = quipu(settings, "mapping", "check", "mis", "armas.csv", "--mapping", "m.toml")
    assert done.exit_code == 2
    assert 'entre comillas: "mis …"' in done.stderr


def test_a_folder_is_not_a_file(settings: Settings, tmp_path: Path) -> None:
    done = quipu(settings, "mapping", "suggest", str(tmp_path))
    assert (done.exit_code, "es una carpeta" in done.stderr) == (2, True)


def test_a_port_in_use_is_said_with_the_remedy(settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = quipu(settings, "serve", "--node", NODE, "--port", port)
    assert done.exit_code == 2
    assert f"No se puede abrir el puerto {port}: otro programa lo usa." in done.stderr
    assert "--port" in done.stderr


def test_a_wrong_reason_lists_the_codes_with_their_meaning(settings: Settings) -> None:
    done = quipu(settings, *ERASE, "--reason", "PORQUE")
    assert done.exit_code == 2
    assert "`PORQUE` no es un motivo." in done.stderr
    assert "COURT_ORDER (" in done.stderr


@pytest.mark.parametrize("name", ["novela", "erasure"])
def test_a_type_that_no_file_becomes_lists_the_types(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "datos.csv"
    path.write_text("ACTA;FECHA\nA1;15/01/2021\n", encoding="utf-8")
    done = quipu(settings, "mapping", "suggest", str(path), "--type", name)
    assert done.exit_code == 2
    assert "weapon_record" in done.stderr
    assert "Corrija el archivo" not in done.stderr


def test_the_urgent_lane_needs_its_reason_before_anything_is_read(
    settings: Settings, tmp_path: Path
) -> None:
    file, mapping = write(tmp_path, row(1)), str(mapping_file(tmp_path))
    done = quipu(
        settings, "publish", str(file), "--node", NODE, "--mapping", mapping, "--lane", "urgent"
    )
    assert done.exit_code == 2
    assert "--justification" in done.stderr
    assert counts(settings) == []


def test_equal_problems_are_told_once_with_their_lines_and_the_valid_values(
    settings: Settings, tmp_path: Path
) -> None:
    rows = [row(number, status="INCAUTADA EN OPERATIVO") for number in range(9)]
    file = write(tmp_path, *rows, row(20, date="31/02/2018"))
    done = quipu(settings, "mapping", "check", str(file), "--mapping", str(mapping_file(tmp_path)))
    assert done.exit_code == 1
    assert done.output.count("INCAUTADA EN OPERATIVO") == 1
    assert "9 líneas: 2, 3, 4, 5, 6 …" in done.output
    assert "valen: REGISTERED, EXPORTED" in done.output
    assert "línea 11 · " in done.output


ERASE = ("erase", "--node", NODE, "--type", "weapon_record", "--reference", "R-1")


@pytest.fixture
def sent(settings: Settings, tmp_path: Path) -> Settings:
    """A node that sent R-1."""
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
    return settings


def test_a_person_is_asked_before_an_erasure(sent: Settings) -> None:
    """On a terminal; `No` by default, and then nothing is sealed."""
    settings, before = sent, counts(sent)
    terminal, stdin = pty.openpty()
    command = [sys.executable, "-m", "infra.cli", "--home", str(settings.home), *ERASE]
    environment = os.environ | {"QUIPU_LANG": "es", "QUIPU_KAFKA": settings.kafka.bootstrap}
    with subprocess.Popen(
        [*command, "--reason", "COURT_ORDER"],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        os.write(terminal, b"\n")
        errors = process.communicate(timeout=60)[1]
    os.close(terminal)
    os.close(stdin)
    assert process.returncode == 1
    assert "register.csv, línea 2" in errors
    assert "No se hizo nada" in errors
    assert counts(settings) == before


RETRACT = ("retract", "--node", NODE, "--reason", "WRONG", "--no-wait")
NAMED = ("--reference", "R-1", "--type", "weapon_record")


def test_a_repeated_retraction_is_one_sentence(sent: Settings) -> None:
    """Usability finding O8: `Aceptado 1` twice."""
    assert "1 registro" in quipu(sent, *RETRACT, *NAMED).output
    before = counts(sent)
    done = quipu(sent, *RETRACT, *NAMED)
    assert done.exit_code == 2
    assert "El registro ya está retirado: retirado el 20" in done.stderr
    assert len(done.output.splitlines()) == 2
    assert counts(sent) == before


def test_a_retracted_record_may_be_erased_once(sent: Settings) -> None:
    quipu(sent, *RETRACT, *NAMED)
    erase = (*ERASE, "--reason", "COURT_ORDER", "--no-wait")
    assert "1 supresión" in quipu(sent, *erase).output
    done = quipu(sent, *erase)
    assert (done.exit_code, "suprimido el 20" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (("--reference", "R-9", "--type", "weapon_record"), "nunca envió ese registro"),
        (("--id", "7ecf6517-2b91-84b4-8bb3-64ba13702154"), "nunca envió ese registro"),
        (("--reference", "R-1", "--type", "armamento"), "No existe el tipo de evento `armamento`"),
        (("--reference", "R-1", "--type", "weapon_recrod"), "Los tipos son: weapon_record."),
        (("--reference", "R-1"), "dé --id, o --reference junto con --type"),
        (("--id", "P-001"), "P-001 no es un identificador"),
        (("--file", "register.csv"), "Con --file dé también --mapping"),
    ],
)
def test_a_record_that_is_not_there_is_said_and_nothing_is_counted(
    name: tuple[str, ...],
    sentence: str,
    sent: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = counts(sent)
    done = quipu(sent, *RETRACT, *name)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert counts(sent) == before


def test_receipts_say_that_answers_are_still_to_come(sent: Settings) -> None:
    output = quipu(sent, "receipts", "--node", NODE).output
    assert output.splitlines() == [
        "Todavía no hay respuestas.",
        f"1 registro espera respuesta: quipu send {NODE}",
    ]
