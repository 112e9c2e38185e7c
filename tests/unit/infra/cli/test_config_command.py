"""`quipu config`: where each value comes from, what cannot be used, and the schema of the file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from infra.cli.root import main
from infra.errors import SettingsError
from infra.setting_keys import SETTINGS, json_schema
from infra.settings import load


def quipu(home: Path, *arguments: str, **variables: str) -> Result:
    return CliRunner(env={"QUIPU_HOME": str(home), **variables}).invoke(main, arguments)


def test_each_value_names_its_source_and_no_secret_is_shown(tmp_path: Path) -> None:
    (tmp_path / "pw").write_text("geheim-secret")
    (tmp_path / "quipu.toml").write_text(
        'kafka = "k:9092"\nlang = "en"\nkafka_security_protocol = "SASL_SSL"\n'
        f'kafka_username = "u"\nkafka_password_file = "{tmp_path}/pw"\n'
    )
    result = quipu(tmp_path, "config", "show", "--json", QUIPU_LANG="es")
    rows = {row["key"]: row for row in json.loads(result.output)["settings"]}
    assert set(rows) == {setting.key for setting in SETTINGS}
    assert rows["kafka"] == {"key": "kafka", "value": "k:9092", "source": "quipu.toml"}
    assert rows["lang"]["source"] == "QUIPU_LANG"
    assert (rows["log"]["value"], rows["log"]["source"]) == ("info", "default")
    assert rows["api"]["source"] == "unset"
    assert "geheim" not in result.output + quipu(tmp_path, "config", "show").output


def test_a_variable_that_nothing_reads_and_an_open_secret_are_named(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    secret.chmod(0o644)
    variables = {"QUIPU_KAFAK": "x:1", "QUIPU_API_GATEWAY_SECRET_FILE": str(secret)}
    result = quipu(tmp_path, "--lang", "en", "config", "check", **variables)
    assert result.exit_code == 1
    assert "QUIPU_KAFKA" in result.output
    assert f"chmod 600 {secret}" in result.output
    secret.chmod(0o600)
    good = quipu(tmp_path, "config", "check", QUIPU_API_GATEWAY_SECRET_FILE=str(secret))
    assert good.exit_code == 0
    gone = quipu(tmp_path, "config", "check", QUIPU_API_GATEWAY_SECRET_FILE=str(tmp_path / "no"))
    assert gone.exit_code == 1


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("kafak", "kafka"),
        ("clickhouse_pasword_file", "clickhouse_password_file"),
        ("zz", "config show"),
    ],
)
def test_a_key_that_is_no_setting_is_refused_with_the_nearest(
    tmp_path: Path, key: str, near: str
) -> None:
    (tmp_path / "quipu.toml").write_text(f'{key} = "x"\n')
    with pytest.raises(SettingsError, match=key) as raised:
        load({"QUIPU_HOME": str(tmp_path)})
    assert near in raised.value.remedy.in_language("en")


def test_the_schema_takes_what_is_read_and_refuses_what_is_not(tmp_path: Path) -> None:
    schema = json.loads(quipu(tmp_path, "config", "schema").output)
    assert schema == json_schema()
    validator = jsonschema_rs.Draft202012Validator(schema)
    good = 'kafka = "a:1,b:2"\nclickhouse = "c:9000"\nlog = "debug"\nlog_json = true\n'
    assert validator.is_valid(tomllib.loads(good))
    for bad in ('kafka = "u:p@a:1"', 'lang = "qu"', 'kafak = "a:1"'):
        assert not validator.is_valid(tomllib.loads(bad))
