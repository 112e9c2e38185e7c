"""Give the few words that distinguish one event from another of its type.

Its schema names the fields in `summary`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from schemas.errors import ConfigRefusedError
from schemas.event.event_type import event_type

MAX_VALUES = 6  # values: beyond, it is no summary


def _plain(_path: str, value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def summary(type_: str, payload: Any, say: Callable[[str, object], str] = _plain) -> list[str]:
    """List the values at the paths of the type's `summary`, in its order, at most six.

    The list is empty for a type not released here. `say(path, value)` gives the text of a value.
    """
    try:
        paths: Sequence[str] = event_type(type_).format.definition.get("summary", ())
    except ConfigRefusedError:
        return []
    values = [say(path, value) for path in paths for value in _at(payload, path.split("."))]
    return values[:MAX_VALUES]


def _at(value: Any, path: Sequence[str]) -> Iterator[object]:
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif isinstance(value, dict):
        yield from _at(value.get(path[0]), path[1:]) if path else ()
    elif value not in (None, "") and not path:
        yield value
