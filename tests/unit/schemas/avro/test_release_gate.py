"""The gate: every released version stays readable for ever; what breaks it is named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemas.avro import release_gate

Schema = dict[str, Any]


FEW = ("log/event", "events/weapon_record", "events/retraction", "events/seizure")
"""Formats that the tests change. To check all of them each time takes twelve times as long."""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("formats")
    for name in FEW:
        path = root / f"{name}.avsc"
        path.parent.mkdir(exist_ok=True)
        shutil.copy(release_gate.ROOT / f"{name}.avsc", path)
    release_gate.release(root)
    return root


@pytest.fixture
def root(released: Path, tmp_path: Path) -> Path:
    """A copy of few formats, released."""
    return shutil.copytree(released, tmp_path / "formats")


def change(root: Path, name: str, how: Callable[[Schema], None], folder: str = "events") -> None:
    path = root / folder / f"{name}.avsc"
    definition = json.loads(path.read_text(encoding="utf-8"))
    how(definition)
    path.write_text(json.dumps(definition), encoding="utf-8")


def field(definition: Schema, name: str) -> Schema:
    return next(item for item in definition["fields"] if item["name"] == name)


def weapon(definition: Schema) -> Schema:
    schema: Schema = field(definition, "weapon")["type"]
    return schema


def drop_calibre(definition: Schema) -> None:
    weapon(definition)["fields"] = [
        item for item in weapon(definition)["fields"] if item["name"] != "calibre"
    ]


def test_the_formats_of_this_project_pass() -> None:
    assert release_gate.check() == []


def test_what_was_released_passes(tmp_path: Path) -> None:
    root = tmp_path / "formats"
    for folder in ("log", "events"):
        shutil.copytree(release_gate.ROOT / folder, root / folder)
    assert len(release_gate.release(root)) == len([*root.glob("*/*.avsc")])
    assert release_gate.check(root) == []
    assert release_gate.main(["--root", str(root)]) == 0
    assert release_gate.release(root) == []


@pytest.mark.parametrize(
    ("how", "named"),
    [
        (drop_calibre, "weapon.calibre"),
        (lambda schema: field(weapon(schema), "calibre").update(name="caliber"), "weapon.calibre"),
        (
            lambda schema: field(weapon(schema), "year").update(type=["null", "string"]),
            "weapon.year",
        ),
        (
            lambda schema: field(weapon(schema), "serial").update(type="string", default=""),
            "weapon.serial",
        ),
        (lambda schema: weapon(schema).update(name="Gun"), "weapon"),
        (
            lambda schema: weapon(schema)["fields"].append({"name": "colour", "type": "string"}),
            "weapon.colour",
        ),
        (lambda schema: field(schema, "photographs")["type"].update(items="int"), "photographs"),
        (lambda schema: schema.update(name="gun_record"), "gun_record"),
    ],
)
def test_a_breaking_change_fails_and_names_the_field(
    root: Path, how: Callable[[Schema], None], named: str
) -> None:
    change(root, "weapon_record", how)
    problems = release_gate.check(root)
    assert problems
    assert all(problem.startswith("weapon_record: breaks version 1: ") for problem in problems)
    assert any(f": {named}: " in problem for problem in problems), problems
    assert release_gate.main(["--root", str(root)]) == 1
    with pytest.raises(ValueError, match="breaks version 1"):
        release_gate.release(root)


def test_a_breaking_change_of_the_log_fails_and_names_the_field(root: Path) -> None:
    change(
        root,
        "event",
        lambda schema: field(field(schema, "envelope")["type"], "reported_at").update(type="int"),
        "log",
    )
    assert [problem.split(": ")[:3] for problem in release_gate.check(root)] == [
        ["event", "breaks version 1", "envelope.reported_at"]
    ]


def test_a_fixed_of_another_size_is_named(root: Path) -> None:
    change(root, "retraction", lambda schema: field(schema, "target")["type"].update(size=17))
    assert any(": target: " in problem for problem in release_gate.check(root))


@pytest.mark.parametrize(
    "how",
    [
        lambda schema: weapon(schema)["fields"].append(
            {"name": "colour", "type": ["null", "string"], "default": None}
        ),
        lambda schema: field(weapon(schema), "year").update(maximum=2200),
        lambda schema: field(weapon(schema), "year").update(type=["null", "long"]),
    ],
)
def test_a_compatible_change_must_be_declared_and_then_passes(
    root: Path, how: Callable[[Schema], None]
) -> None:
    change(root, "weapon_record", how)
    (problem,) = release_gate.check(root)
    assert "python -m schemas.avro.release_gate --release" in problem
    assert release_gate.release(root) == ["weapon_record 2"]
    assert release_gate.check(root) == []
    assert len(list((root / "released" / "weapon_record").iterdir())) == 4


def test_the_second_version_is_held_to_the_first(root: Path) -> None:
    change(
        root,
        "weapon_record",
        lambda schema: field(weapon(schema), "year").update(type=["null", "long"]),
    )
    release_gate.release(root)
    change(
        root,
        "weapon_record",
        lambda schema: field(weapon(schema), "year").update(type=["null", "int"]),
    )
    assert any("breaks version 2: weapon.year" in problem for problem in release_gate.check(root))


@pytest.mark.parametrize("suffix", ["avsc", "bin"])
def test_a_removed_released_file_is_missed(root: Path, suffix: str) -> None:
    next((root / "released" / "seizure").glob(f"*.{suffix}")).unlink()
    assert any(
        "seizure 1: the released file" in problem and "removed" in problem
        for problem in release_gate.check(root)
    )


def test_a_changed_released_schema_is_seen_by_its_fingerprint(root: Path) -> None:
    path = next((root / "released" / "seizure").glob("*.avsc"))
    path.write_text(
        path.read_text(encoding="utf-8").replace("ISO 4217", "ISO 4218"), encoding="utf-8"
    )
    assert any("fingerprint" in problem for problem in release_gate.check(root))


def test_changed_stored_bytes_are_seen(root: Path) -> None:
    path = root / "released" / "seizure" / "1.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert any("stored bytes" in problem for problem in release_gate.check(root))


def test_a_format_cannot_leave(root: Path) -> None:
    (root / "events" / "seizure.avsc").unlink()
    assert any("put seizure.avsc back" in problem for problem in release_gate.check(root))


def test_a_released_file_outside_of_the_index_is_seen(root: Path) -> None:
    (root / "released" / "seizure" / "2.bin").write_bytes(b"")
    assert any("index.json" in problem for problem in release_gate.check(root))


def test_a_default_that_does_not_fit_is_named(root: Path) -> None:
    change(
        root, "weapon_record", lambda schema: field(weapon(schema), "year").update(type="string")
    )
    assert [problem.split(": ")[:3] for problem in release_gate.check(root)] == [
        ["weapon_record", "weapon.year", "the schema cannot be read"]
    ]


def test_a_schema_that_is_none_is_said(root: Path) -> None:
    (root / "events" / "seizure.avsc").write_text(
        '{"type": "record", "name": "seizure", "fields": [{"name": "a", "type": "strin"}]}'
    )
    assert any(
        "seizure: " in problem and "cannot be read" in problem
        for problem in release_gate.check(root)
    )
