"""The tutorial of docs/extending.md works as written, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "extending.md"
FOLDERS = ("schemas", "producers", "streams", "consumers", "infra", "tests")
ANCHORS = {  # where a reader inserts a step's text: before this
    "schemas/events/crime_incident.avsc": '  {\n   "name": "persons"',
    "schemas/words/fields.json": ' "id"',
    "schemas/examples/crime_incident.json": '  "source_reference"',
}
_FILE = re.compile(r"`([\w./-]+/[\w.-]+)`")
_TEXT = re.compile(r"^```(?:json|toml|python)\n(.*?)^```", re.M | re.S)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the project's code and configuration, without what was installed or generated."""
    unwanted = shutil.ignore_patterns("node_modules", "__pycache__", "*.pyc")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def steps() -> list[tuple[str, str]]:
    """Return the file and the text of each step that writes one."""
    tutorial = GUIDE.read_text(encoding="utf-8").split("\n## Tutorial")[1].split("\n## ")[0]
    return [
        (_FILE.findall(step)[0], block)
        for step in tutorial.split("\n**")
        for block in _TEXT.findall(step)
    ]


def write(project: Path, name: str, text: str) -> None:
    path = project / name
    if name in ANCHORS:
        before, anchor, after = path.read_text(encoding="utf-8").partition(ANCHORS[name])
        text = f"{before}{text}{anchor}{after}"
    path.write_text(text, encoding="utf-8")


def run(project: Path, *module: str) -> str:
    """Run a module of the copy; return its output. Fails with the output if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_newcomer_adds_a_field_and_a_rule_as_the_tutorial_says(project: Path) -> None:
    files = steps()
    assert len(files) == 6
    for name, text in files:
        assert (project / name).exists() == (name in ANCHORS)
        write(project, name, text)
    assert "released crime_incident 4" in run(project, "schemas.avro.release_gate", "--release")
    assert "3 passed" in run(project, "pytest", "-v", files[-1][0])
    run(project, "pytest", "tests/unit/schemas/test_words.py")


def test_the_spanish_tutorial_writes_the_same_files() -> None:
    spanish = (ROOT / "docs" / "es" / "ampliar.md").read_text(encoding="utf-8")
    for _, text in steps():
        assert f"\n{text}```" in spanish
