"""Run a command that dies with its parent: `die_with_parent.py PARENT_PID COMMAND ...`.

Linux kills it (SIGKILL) as soon as the thread that started it ends, even when the parent was itself
killed; the request survives exec. It is a small program of its own, because code between fork and
exec is not safe in a process with threads. Elsewhere than on Linux the command simply runs, and a
killed supervisor leaves it behind.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Bind this process to its parent's life, then become the command."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0):
            sys.exit(f"tether: prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:
        sys.exit("tether: the parent ended before the command began")
    os.execvp(command[0], command)  # noqa: S606 - the command is the supervisor's own


if __name__ == "__main__":
    main()
