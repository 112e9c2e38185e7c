"""Attacks by another user of the machine (findings A3, A4): nothing of who may ask is readable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from consumers.identity.identity import open_identity
from consumers.identity.local_access import prepare_local_access
from infra import data_folder
from infra.settings import Settings, load

NOBODY = 65534
ATTEMPTS = """
import sys
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*"):
    pass
for name in sys.argv[2:]:
    for act in (lambda: open(name, "rb").read(), lambda: open(name, "ab").write(b"x")):
        try:
            act()
        except PermissionError:
            continue
        print("reached", name)
"""


@pytest.fixture
def settings() -> Iterator[Settings]:
    """A prepared data folder whose parents everybody may pass."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    settings = load({"QUIPU_HOME": str(folder / "home")})
    data_folder.prepare(settings)
    settings.home.chmod(0o755)  # the worst case: whoever passes here still reaches nothing
    with open_identity(settings) as identity:
        prepare_local_access(settings, identity)
    yield settings
    shutil.rmtree(folder)


def as_nobody(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_reads_no_account_token_or_password(settings: Settings) -> None:
    """A3, A4: neither the file of accounts, nor a token, nor the first password."""
    files = [str(path) for path in settings.access_dir.rglob("*") if path.is_file()]
    assert len(files) >= 4
    python = shutil.which("python3", path="/usr/bin:/bin") or sys.executable
    done = as_nobody(python, "-c", ATTEMPTS, str(settings.access_dir), *files)
    assert "reached" not in done.stdout
    assert done.returncode == 0 or "PermissionError" in done.stderr, done.stderr
    for path in settings.access_dir.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
