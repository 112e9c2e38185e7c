"""Attacks on the files of the data folder (finding A4): another user of the machine reads none."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra import data_folder
from infra.cli.root import main
from infra.orchestration.stack import running
from infra.settings import Settings, load
from tests.support.native_servers import ROOT

WALKER = """
import os, sys
for folder, folders, files in os.walk(sys.argv[1], onerror=lambda error: None):
    for name in files:
        try:
            open(os.path.join(folder, name), "rb").read(1)
            print(os.path.join(folder, name))
        except OSError:
            pass
for name in ("credentials", "keys", "run", "kafka"):
    try:
        print(os.listdir(os.path.join(sys.argv[1], name)))
    except OSError:
        pass
"""


def seen_by_nobody(home: Path) -> str:
    """What the operating-system user `nobody` can read of a folder; skips where we cannot be it."""
    if os.geteuid() != 0:
        pytest.skip("only root can start a process as another user")
    identity = pwd.getpwnam("nobody")
    run = subprocess.run(
        [shutil.which("python3", path="/usr/bin:/bin") or sys.executable, "-c", WALKER, str(home)],
        user=identity.pw_uid,
        group=identity.pw_gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return run.stdout


def open_entries(home: Path) -> list[str]:
    """List what has any right for group or others."""
    entries = [home, *home.rglob("*")]
    return [
        f"{stat.S_IMODE(path.lstat().st_mode):o} {path.relative_to(home)}"
        for path in entries
        if not path.is_symlink() and path.lstat().st_mode & 0o077
    ]


@pytest.fixture
def reachable(tmp_path: Path) -> Iterator[Path]:
    """A folder whose parents every user may enter, as /srv is."""
    closed = [path for path in (tmp_path, *tmp_path.parents) if not path.stat().st_mode & 0o001]
    before = {path: stat.S_IMODE(path.stat().st_mode) for path in closed}
    for path in closed:
        path.chmod(before[path] | 0o001)
    yield tmp_path
    for path, mode in before.items():
        path.chmod(mode)


def test_a_running_system_leaves_nothing_readable(reachable: Path) -> None:
    """A4: 109 files of ClickHouse were readable, in the clear; the engine makes its own files."""
    settings = load({"QUIPU_HOME": str(reachable / "home")})
    with running(settings, only=("clickhouse",)):
        assert not seen_by_nobody(settings.home)
        files = [path for path in settings.clickhouse_dir.rglob("*") if path.is_file()]
        assert files
        assert not [path for path in files if path.lstat().st_mode & 0o077]
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700


def test_a_folder_of_an_older_release_is_mended_and_it_is_said(reachable: Path) -> None:
    """A4: folders 0755 and files 0644 are what older releases made."""
    settings = load({"QUIPU_HOME": str(reachable / "home"), "QUIPU_LANG": "en"})
    data_folder.prepare(settings)
    outside = reachable / "outside.txt"
    outside.write_text("not ours\n")
    outside.chmod(0o644)
    (settings.home / "kafka" / "00.log").write_text("clear\n")
    (settings.home / "kafka" / "link").symlink_to(outside)
    for path in (settings.home, *settings.home.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    if os.geteuid() == 0:
        assert "00.log" in seen_by_nobody(settings.home)
    assert data_folder.prepare(settings) > 3
    assert not open_entries(settings.home)
    assert not seen_by_nobody(settings.home)
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644, "a link was followed"
    assert data_folder.prepare(settings) == 0


def test_up_says_in_a_line_that_it_mended(tmp_path: Path) -> None:
    home = tmp_path / "home"
    data_folder.prepare(load({"QUIPU_HOME": str(home)}))
    home.chmod(0o755)
    command = [sys.executable, "-m", "infra.cli", "--home", str(home)]
    run = subprocess.run(
        [*command, "up", "--only", "nothing", "--lang", "en"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "now only you can" in run.stdout


def test_commands_make_files_for_their_user_alone(settings: Settings) -> None:
    """A4: `quipu watch`, `publish` and the others take the rights of others from new files."""
    before = os.umask(0o022)
    try:
        CliRunner().invoke(main, ["--home", str(settings.home), "status"])
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)
