"""What a test process started ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil

from tests.support.engines import eventually

ROOT = Path(__file__).parents[2]
HANGING = """
import subprocess, sys, time
from pathlib import Path

def test_that_hangs():
    wait = [sys.executable, "-c", "import signal; signal.pause()"]
    child = subprocess.Popen(wait, start_new_session=True)
    Path(__file__).with_name("pid").write_text(str(child.pid))
    time.sleep(60)
"""


def test_what_a_test_started_ends_when_the_time_limit_ends_its_process(tmp_path: Path) -> None:
    """Before: the engine of such a test was still alive half an hour later."""
    (tmp_path / "test_hanging.py").write_text(HANGING)
    options = ("-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", "--timeout=1")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "Timeout" in ended.stdout
    child = int((tmp_path / "pid").read_text())
    eventually(lambda: not _is_alive(child), "the child ends with the test process")


def _is_alive(pid: int) -> bool:
    """Say whether a process runs; one that nobody has waited for has ended."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
