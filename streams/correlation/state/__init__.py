"""What the processors keep between messages: rebuilt from the log, dropped with its generation."""

from functools import cache
from pathlib import Path

from schemas.codec import Format

HERE = Path(__file__).parent


@cache
def state_format(name: str) -> Format:
    """The format of the state called `name` (a file of this folder)."""
    return Format((HERE / f"{name}.avsc").read_text(encoding="utf-8"))
