"""What is said when something does not start."""

from __future__ import annotations

import signal
from pathlib import Path

from infra.errors import StartError, Words
from infra.supervisor import rotating_output


def how_it_ended(code: int) -> str:
    """``exit 1`` or ``signal SIGKILL``, from a return code as subprocess gives it."""
    return f"exit {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def not_ready(name: str, code: int, timed_out: float | None, log_file: Path) -> StartError:
    """A child ended before it was ready, or (``timed_out``: after how many seconds) was given up;
    with its last words.
    """
    tail = rotating_output.tail(log_file)
    said = f"\n{tail}" if tail else ""
    if timed_out is not None:
        es, en = f"no respondió en {timed_out:g} s", f"did not answer within {timed_out:g} s"
    else:
        es, en = (
            f"terminó al arrancar ({how_it_ended(code)})",
            f"ended while starting ({how_it_ended(code)})",
        )
    return StartError(
        Words(f"{name} {es}.{said}", f"{name} {en}.{said}"),
        Words(f"Mire {log_file}.", f"Look at {log_file}."),
    )


def step_failed(name: str, why: str) -> StartError:
    """A task raised what nobody expected."""
    return StartError(
        Words(f"El paso «{name}» falló: {why}", f"The step {name} failed: {why}"),
        Words("Mire el registro y repita.", "Look at the log and repeat."),
    )
