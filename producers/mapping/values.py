"""Read values of a source as text, and say that one cannot be used. Pure."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from producers.mapping.lookup_tables import LookupTable
from producers.model import Row
from schemas.i18n import UserMessage

Step = Callable[[Any, Row], Any]
Tables = Callable[[str], LookupTable]
Columns = Callable[[str], Callable[[Row], Any]]
StepFactory = Callable[[Mapping[str, Any], Tables, Columns, str], Step]
LOWERCASE_WORDS = frozenset({"de", "del", "la", "las", "los", "el", "y", "e"})


class BadValueError(Exception):
    """A value that cannot be used: a stable code and what was expected.

    `offending_value` is what to show, if that is not the value itself.
    """

    def __init__(self, code: str, detail: UserMessage | str, offending_value: str = "") -> None:
        """Take the stable code, what was expected, and what to show."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.offending_value = offending_value


def to_text(value: Any) -> str:
    """A value of the source as text; whole numbers of JSON without a decimal point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@lru_cache(4096)  # a file names few places
def to_title_case(value: str) -> str:
    """Capital letters at words' beginnings, small words inside small: «El Carmen de Viboral»."""
    words = re.split(r"([\s\-(]+)", value.lower())
    return "".join(
        word if index and word in LOWERCASE_WORDS else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )
