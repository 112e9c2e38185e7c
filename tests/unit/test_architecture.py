"""ARCHITECTURE.md is a true map: of at most 100 lines, naming every package and the layers that
the import contract holds.
"""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
TOPS = ("schemas", "producers", "streams", "consumers", "infra")


def section(title: str) -> str:
    return MAP.split(f"\n## {title}\n")[1].split("\n## ")[0]


def named_packages() -> set[str]:
    """The packages of the table's first column; `.name` stands under the one before it."""
    names = set()
    for row in re.findall(r"^\| (`[^|]+`) \|", section("Packages"), re.M):
        top = ""
        for name in re.findall(r"`([a-z_.]+)`", row):
            top = top if name.startswith(".") else name.split(".")[0]
            names.add(top + name if name.startswith(".") else name)
    return names


def test_the_map_fits_a_hundred_lines() -> None:
    assert len(MAP.splitlines()) <= 100


def test_the_map_names_every_package() -> None:
    folders = {
        f"{top}.{path.parent.name}" for top in TOPS for path in (ROOT / top).glob("*/__init__.py")
    }
    assert folders - named_packages() == set()


def test_what_the_map_names_exists() -> None:
    assert {name for name in named_packages() if find_spec(name) is None} == set()


def test_the_layers_of_the_map_are_those_that_the_import_contract_holds() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = config["tool"]["importlinter"]["contracts"][0]
    block = re.findall(r"```\n(.*?)```", section("Imports"), re.S)[0]
    assert contract["type"] == "layers"
    assert block.splitlines() == contract["layers"]
