"""`quipu node revoke` shows which keys it will hit, and asks on a terminal."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from infra import confirmation
from infra.cli.root import main
from producers.cli import nodes
from tests.support.node import offline

KEYS = (
    SimpleNamespace(node="pe-pnp", key_id="k1", revoked=None),
    SimpleNamespace(node="pe-pnp", key_id="k2", revoked=1),
    SimpleNamespace(node="co-ponal", key_id="k3", revoked=None),
)


@pytest.mark.parametrize(("answer", "revoked"), [("", []), ("s", ["pe-pnp"])])
def test_a_person_is_shown_the_keys_and_asked(
    answer: str, revoked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    config = SimpleNamespace(keys={key.key_id: key for key in KEYS})
    monkeypatch.setattr("producers.cli.nodes.config_writer.read_config", lambda settings: config)

    def revoke(settings: object, node: str, key_id: str | None) -> SimpleNamespace:
        done.append(node)
        return SimpleNamespace(key_id="k1", since=None)

    monkeypatch.setattr(nodes, "revoke_key", revoke)
    monkeypatch.setattr(nodes, "since", lambda settings, written: "-")
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(confirmation, "sys", terminal)
    home = str(offline(tmp_path / "home").home)
    result = CliRunner(env={"QUIPU_LANG": "es", "COLUMNS": "80"}).invoke(
        main, ["--home", home, "node", "revoke", "pe-pnp"], input=f"{answer}\n"
    )
    assert done == revoked, result.output
    assert "k1" in result.output
    assert "k2" not in result.output and "k3" not in result.output
