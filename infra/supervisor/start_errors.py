"""Describe why something does not start."""

from __future__ import annotations

import signal
from pathlib import Path

from infra.errors import StartError
from infra.supervisor import rotating_output
from schemas.i18n import _


def how_it_ended(code: int) -> str:
    """Write `exit 1` or `signal SIGKILL` for a return code of subprocess."""
    return f"exit {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def not_ready(name: str, code: int, timed_out: float | None, log_file: Path) -> StartError:
    """Make the error for a child that ended before it was ready, with its last words.

    `timed_out`: after how many seconds the supervisor ended it; None if it ended by itself.
    """
    tail = rotating_output.tail(log_file)
    last_words = f"\n{tail}" if tail else ""
    if timed_out is not None:
        problem = _("did not answer within {timed_out:g} s", timed_out=timed_out)
    else:
        problem = _("ended while it started ({how})", how=how_it_ended(code))
    return StartError(
        _("{name} {problem}.{last_words}", name=name, problem=problem, last_words=last_words),
        _("Look at {log_file}.", log_file=log_file),
    )


def step_failed(name: str, why: str) -> StartError:
    """Make the error for a task that raised something unexpected."""
    return StartError(
        _("The step {name} failed: {why}", name=name, why=why),
        _("Read the log and repeat."),
    )
