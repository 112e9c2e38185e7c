"""The wheel works outside of the checkout: everything the packages read is inside."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
GIT = shutil.which("git") or "git"
PACKAGES = ("schemas", "producers", "streams", "consumers", "infra")


CLIENT = "consumers/client"
"""A distribution of its own: quipu-client."""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the wheels from a copy of the tracked files, as `make package` does; by name."""
    copy, target = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in (*tracked(), *built()):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    run(
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(target),
        ".",
        f"./{CLIENT}",
        cwd=copy,
    )
    return {path.name.partition("-")[0]: path for path in target.glob("*.whl")}


@pytest.fixture(scope="module")
def wheel(wheels: dict[str, Path]) -> Path:
    """The wheel of the exchange."""
    return wheels["quipu"]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the content of the wheel, and nothing else of the project."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def tracked() -> list[str]:
    """The files of the packages that git tracks, and what the build reads."""
    names = subprocess.run(
        [GIT, "ls-files", *PACKAGES, "pyproject.toml", "README.md", "LICENSE"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return [name for name in names if (ROOT / name).is_file()]


def built() -> list[str]:
    """Files that `make` puts into the packages and git ignores: the compiled catalogue."""
    return [path.relative_to(ROOT).as_posix() for path in ROOT.glob("schemas/locale/*/*/*.mo")]


def run(*arguments: str, cwd: Path, environ: dict[str, str] | None = None) -> str:
    """Run Python with these arguments; what it printed. Fails with its errors."""
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_every_tracked_file_of_the_packages_is_inside(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    needed = {
        name
        for name in tracked()
        if name.split("/")[0] in PACKAGES
        and not name.endswith((".npmrc", "package-lock.json"))
        and not name.startswith(f"{CLIENT}/")
    }
    assert needed
    assert needed <= inside
    assert not [name for name in inside if name.startswith((CLIENT, "quipu/"))]


def test_the_client_is_a_wheel_that_needs_nothing_else(
    wheels: dict[str, Path], tmp_path: Path
) -> None:
    with ZipFile(wheels["quipu_client"]) as archive:
        names = set(archive.namelist())
        metadata = next(name for name in names if name.endswith("METADATA"))
        needs = archive.read(metadata).decode()
        archive.extractall(tmp_path)
    assert "quipu/client/__init__.py" in names
    assert "quipu/client/py.typed" in names
    assert [line for line in needs.splitlines() if line.startswith("Requires-Dist")] == [
        'Requires-Dist: pandas>=2; extra == "pandas"'
    ]
    probe = "import sys, quipu.client; print({name.partition('.')[0] for name in sys.modules})"
    loaded = run(
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {probe}",
        cwd=tmp_path,
    )
    assert not {"httpx", "pandas", "aiokafka", "chdb", "schemas", "consumers"} & set(
        ast.literal_eval(loaded)
    )


def test_the_command_line_runs_from_it_alone(installed: Path, tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("QUIPU_")}
    environ = clean | {"PYTHONPATH": str(installed), "QUIPU_HOME": str(tmp_path / "home")}
    places = run(
        "-P",
        "-c",
        "import infra, schemas; print(infra.__file__, schemas.__file__)",
        cwd=tmp_path,
        environ=environ,
    ).split()
    assert all(Path(place).is_relative_to(installed) for place in places)

    quipu = ("-P", "-m", "infra.cli", "--lang", "en")
    scenario = tmp_path / "scenario"
    run(
        *quipu,
        "scenario",
        "--records",
        "200",
        "--out",
        str(scenario),
        cwd=tmp_path,
        environ=environ,
    )
    checked = run(
        *quipu,
        "mapping",
        "check",
        str(next(scenario.rglob("co-ponal*arm*"))),
        "--mapping",
        "scenario-co-ponal-armas",
        cwd=tmp_path,
        environ=environ,
    )
    assert checked
