"""The node as a Python program uses it: the example in its docstring runs, and what it promises
holds without Kafka.
"""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import pytest

from infra.errors import FoundingError
from producers import node as node_module
from producers.node import ControlStatement, CountryNode
from tests.support.node import NODE, offline, row, weapons, write

REAL = Path(node_module.__file__).parent / "scenario" / "data" / "co-seizures-2018.json"


def example() -> str:
    """The indented part of the module's docstring; without waiting, since nobody answers."""
    lines = (node_module.__doc__ or "").splitlines()
    inside = [line for line in lines[: len(lines)] if line.startswith("    ") or not line.strip()]
    return textwrap.dedent("\n".join(inside)).replace("wait=30", "wait=0")


def test_the_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = offline(tmp_path)
    shutil.copy(REAL, tmp_path / "incautaciones.json")
    monkeypatch.chdir(tmp_path)
    names = {
        "settings": settings,
        "CountryNode": CountryNode,
        "ControlStatement": ControlStatement,
        "Path": Path,
    }
    exec(compile(example(), "example", "exec"), names)  # noqa: S102 - it is ours
    printed = capsys.readouterr().out
    assert "'unanswered': 1000}" in printed
    assert "sealed b" in printed
    with CountryNode(settings, NODE) as node:
        types = [receipt.type for receipt in node.receipts_of(reference="R-1")]
        assert types == ["weapon_record", "weapon_record"]
        assert node.outbox.rows("SELECT count(*) FROM items WHERE type = 'retraction'") == [(1,)]


def test_before_config_was_ever_read_nothing_is_sealed(tmp_path: Path) -> None:
    settings = offline(tmp_path)
    with CountryNode(settings, NODE) as node:
        node.outbox.rows("DELETE FROM facts")
    with CountryNode(settings, NODE) as node:
        with pytest.raises(FoundingError, match="never read the config"):
            node.publish_events("weapon_record", [{}])
        assert node.outbox.rows("SELECT count(*) FROM items") == [(0,)]


def test_without_config_the_receipts_of_an_item_are_still_found(tmp_path: Path) -> None:
    settings = offline(tmp_path)
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
        node.outbox.rows("DELETE FROM facts")
        assert [receipt.line for receipt in node.receipts_of(reference="R-1")] == [2]
