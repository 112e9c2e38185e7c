"""What steps, columns and places stand on: values of a source as text, and the way of saying that
one cannot be taken. Pure.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from producers.mapping.lookup_tables import Table
from producers.model import Row

Step = Callable[[Any, Row], Any]
Tables = Callable[[str], Table]
Columns = Callable[[str], Callable[[Row], Any]]
Make = Callable[[Mapping[str, Any], Tables, Columns, str], Step]
SMALL = frozenset({"de", "del", "la", "las", "los", "el", "y", "e"})


class Bad(Exception):
    """A value that cannot be taken: a stable code, what was expected, and what to show for what
    stood there where that is not the value.
    """

    def __init__(self, code: str, detail: str, seen: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.seen = seen


def text(value: Any) -> str:
    """A value of the source as text; whole numbers of JSON without a decimal point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@lru_cache(4096)  # a file names few places
def title(value: str) -> str:
    """Capital letters at words' beginnings, small words inside small: «El Carmen de Viboral»."""
    words = re.split(r"([\s\-(]+)", value.lower())
    return "".join(
        word if index and word in SMALL else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )
