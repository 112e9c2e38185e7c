"""What a mapping itself says wrongly is said once, before a row is read (cases 42 and 44)."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infra.settings import load
from producers.cli.mapping import mapping_group
from producers.errors import MappingError
from producers.mapping.loader import FOLDERS, load_mapping
from producers.mapping.type_check import check_mapping
from schemas.codes import code_sets
from schemas.event.event_type import event_type

CASES = Path(__file__).parents[3] / "cases"
MAPPINGS = sorted(str(path) for folder in FOLDERS for path in folder.glob("*.toml"))


def check(tmp_path: Path, file: str, mapping: str) -> Result:
    settings = load({"QUIPU_HOME": str(tmp_path / "home")})
    command = ["check", str(CASES / file), "--mapping", str(CASES / mapping), "--rows", "0"]
    return CliRunner(env={"COLUMNS": "200"}).invoke(mapping_group, command, obj=settings)


@pytest.mark.parametrize("path", MAPPINGS)
def test_the_mappings_of_the_library_fit_their_types(path: str) -> None:
    mapping = load_mapping(path)
    check_mapping(mapping, event_type(mapping.type), code_sets())


def test_a_target_that_the_type_does_not_have_is_an_error_of_the_mapping(tmp_path: Path) -> None:
    done = check(tmp_path, "43-several-values-in-a-cell.csv", "42-wrong-target.toml")
    assert isinstance(done.exception, MappingError)
    assert "42-wrong-target.toml: titel: crime_incident has no field titel" in str(done.exception)
    assert "there are title" in str(done.exception)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ({"tlp": "AMBAR"}, "tlp"),
        ({"handling": ["H9"]}, "handling"),
        ({"evaluation": {"scheme": "admiralty", "source": "Z", "information": "2"}}, "source"),
        ({"place_country": "COL"}, "place_country"),
    ],
)
def test_a_constant_out_of_its_list_is_told_once_with_the_valid_ones(
    table: dict[str, object], name: str
) -> None:
    mapping = load_mapping(str(CASES / "44-red-to-a-country.toml"))
    wrong = replace(mapping, envelope={**mapping.envelope, **table})
    with pytest.raises(MappingError, match=rf"\[envelope\] .*{name}.*valid: "):
        check_mapping(wrong, event_type(mapping.type), code_sets())


@pytest.mark.parametrize("target", ["status", "weapon.kind", "envelope.tlp"])
def test_a_value_of_a_table_or_a_constant_is_checked_against_the_list_of_its_target(
    target: str,
) -> None:
    mapping = load_mapping(str(CASES / "44-red-to-a-country.toml"))
    wrong = replace(mapping, written_values={target: ("ROBADA",)})
    with pytest.raises(MappingError, match="`ROBADA` is not in its list"):
        check_mapping(wrong, event_type(mapping.type), code_sets())


def test_recipients_whom_the_level_excludes_are_warned_of(tmp_path: Path) -> None:
    done = check(tmp_path, "44-red-to-a-country.csv", "44-red-to-a-country.toml")
    assert done.exit_code == 0
    assert "con TLP RED el destinatario CO no verá nada" in done.output
    assert "con TLP RED el destinatario PE no verá nada" in done.output
