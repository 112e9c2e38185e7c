"""Say by what figures can be grouped and narrowed: the envelope's columns, and marks of schemas.

An expression of SQL is made here only; names and values that somebody writes are parameters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from consumers.query.figures.themes import theme_expression
from consumers.query.known_names import UnknownNameError, likely_names
from schemas.i18n import _

ENVELOPE_DIMENSIONS = (
    "type",
    "country",
    "authority",
    "crime",
    "theme",
    "place",
    "subdivision",
    "exercise",
)
"""Those that every record has. `theme`: of the plan; `place`: the country where it happened."""
MOST_DIMENSIONS = 3
"""How many a question groups by at once."""
_COLUMNS = {name: name for name in ENVELOPE_DIMENSIONS} | {
    "place": "place_country",
    "theme": theme_expression(),
}


def check_dimensions(names: Iterable[str], known: Collection[str]) -> None:
    """Accept names of dimensions, each once. `known`: those that schemas mark.

    Raises UnknownNameError.
    """
    every = [*ENVELOPE_DIMENSIONS, *sorted(known)]
    chosen = list(names)
    for name in chosen:
        if name not in every:
            raise UnknownNameError(
                _("Figures cannot be grouped by `{name}`.", name=name[:40]),
                _("The names are: {names}.", names=likely_names(name, every)),
            )
    if len(chosen) > MOST_DIMENSIONS or len(set(chosen)) < len(chosen):
        raise UnknownNameError(
            _("Figures are grouped by {most} different names at most.", most=MOST_DIMENSIONS),
            _("Name fewer, and each once."),
        )


def are_of_the_record(names: Iterable[str]) -> bool:
    """Say whether all of these are in the envelope, so that a record has one value of each."""
    return all(name in _COLUMNS for name in names)


def key_expressions(names: Sequence[str]) -> dict[str, str]:
    """Return the SQL of the keys: `<keys>`, and `<payload_keys>` of those in the payload.

    Grouping by a tuple, `<group>`, costs a third of grouping by an array; `<group_keys>` are the
    keys of a group.
    """
    values = [
        f"toString({_COLUMNS[name]})"
        if name in _COLUMNS
        else f"toString(dimensions[{{by_{place}:String}}])"
        for place, name in enumerate(names)
    ]
    payload = [value for name, value in zip(names, values, strict=True) if name not in _COLUMNS]
    own = [f"group.{place}" for place in range(1, len(names) + 1)]
    return {
        "keys": f"[{', '.join(values)}]" if values else "emptyArrayString()",
        "group": f"tuple({', '.join(values)})" if values else "tuple(0)",
        "group_keys": f"[{', '.join(own)}]" if own else "emptyArrayString()",
        "payload_keys": f"[{', '.join(payload)}]" if payload else "emptyArrayString()",
    }


def key_parameters(names: Sequence[str]) -> Mapping[str, Any]:
    """Return the parameters of `key_expressions`."""
    return {f"by_{place}": name for place, name in enumerate(names)}
