"""infra.settings: what is read, from where, and what is refused."""

import json
from pathlib import Path

import pytest

from infra.errors import NotRunningError, SettingsError
from infra.file_lock import file_lock
from infra.settings import Endpoint, load


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "quipu.toml").write_text(
        'kafka = "file:9092"\nclickhouse = "file:9000"\nlang = "en"\nlog_json = true\n'
    )
    settings = load({"QUIPU_HOME": str(tmp_path), "QUIPU_KAFKA": "one:9092,two:9092"})
    assert str(settings.kafka) == "one:9092,two:9092"
    assert (settings.clickhouse_host, settings.clickhouse_port) == ("file", 9000)
    assert (settings.lang, settings.log_json) == ("en", True)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("QUIPU_LANG", "qu"),
        ("QUIPU_CLICKHOUSE", "nohost"),
        ("QUIPU_API", "h:99999"),
        ("QUIPU_LOG", "loud"),
        ("QUIPU_LOG_JSON", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_its_name(
    tmp_path: Path, variable: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=variable):
        load({"QUIPU_HOME": str(tmp_path), variable: value})


@pytest.mark.parametrize(("text", "level"), [("debug", 10), ("WARNING", 30)])
def test_the_log_level_reaches_the_processes_that_are_started(
    tmp_path: Path, text: str, level: int
) -> None:
    settings = load({"QUIPU_HOME": str(tmp_path), "QUIPU_LOG": text})
    assert settings.log_level == level
    assert load(settings.environ()).log_level == level


@pytest.mark.parametrize("text", ['kafak = "x:1"\n', "kafka = \n", "\xff"])
def test_a_file_that_cannot_be_used_is_refused_by_its_path(tmp_path: Path, text: str) -> None:
    (tmp_path / "quipu.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"quipu\.toml"):
        load({"QUIPU_HOME": str(tmp_path)})


def test_where_nothing_runs_no_address_is_handed_out(tmp_path: Path) -> None:
    settings = load({"QUIPU_HOME": str(tmp_path)})
    for name in ("kafka", "clickhouse_host", "clickhouse_port", "api_host", "api_port"):
        with pytest.raises(NotRunningError, match="quipu up"):
            getattr(settings, name)


def test_the_ports_of_a_run_are_found_only_while_it_runs(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "ports.json").write_text(
        json.dumps({"kafka": 1, "kafka_controller": 2, "clickhouse": 3, "api": 4})
    )
    with file_lock(tmp_path / "run" / "lock"):
        settings = load({"QUIPU_HOME": str(tmp_path)})
    assert str(settings.kafka) == "127.0.0.1:1"
    assert settings.discovered.api == Endpoint("127.0.0.1", 4)
    assert load({"QUIPU_HOME": str(tmp_path)}).discovered.kafka is None


def test_another_process_reads_the_same_settings_from_their_environment(tmp_path: Path) -> None:
    environ = {
        "QUIPU_HOME": str(tmp_path),
        "QUIPU_API": "a:1",
        "QUIPU_LANG": "en",
        "QUIPU_LOG_JSON": "0",
    }
    assert load(load(environ).environ()) == load(environ)
