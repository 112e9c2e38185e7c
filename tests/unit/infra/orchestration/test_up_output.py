"""How the first administrator learns the one-time password."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.orchestration.up_output import UpOutput
from infra.settings import Endpoint, Endpoints, load


@pytest.mark.parametrize("shown", [True, False])
def test_the_first_password_is_shown_on_a_terminal_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shown: bool
) -> None:
    settings = load({"QUIPU_HOME": str(tmp_path), "QUIPU_LANG": "en"}).with_discovered(
        Endpoints(api=Endpoint("127.0.0.1", 8123))
    )
    path = tmp_path / "first-password"
    path.write_text("k3fd-8adm-22pq-zz9x\n")
    UpOutput(settings, quiet=True).first_sign_in(settings, path, shown)
    line = capsys.readouterr().out
    assert "http://127.0.0.1:8123/sign-in" in line
    assert ("k3fd-8adm-22pq-zz9x" in line) == shown
    assert (str(path) in line) != shown
