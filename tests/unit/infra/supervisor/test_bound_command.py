"""A command that is bound to its parent does not outlive it, however the parent ends."""

from __future__ import annotations

import signal
import subprocess
import sys

import psutil
import pytest

from infra.supervisor.bound_command import bound_command

_PARENT = """
import subprocess, sys
from infra.supervisor.bound_command import bound_command
child = subprocess.Popen(bound_command([sys.executable, "-c", "input()"]), stdin=subprocess.PIPE)
print(child.pid, flush=True)
child.wait()
"""


def test_the_output_of_a_bound_command_is_its_own() -> None:
    argv = bound_command([sys.executable, "-c", "print('done')"])
    assert subprocess.run(argv, capture_output=True, text=True, check=True).stdout == "done\n"


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a process of its parent's end"
)
def test_a_bound_command_ends_with_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    gone, alive = psutil.wait_procs([child], timeout=60)
    assert (gone, alive) == ([child], [])
