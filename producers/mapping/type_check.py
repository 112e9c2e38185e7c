"""Check what a mapping itself says against its event type, before any row is read. Pure.

Targets must be fields of the type. Constants, defaults and the values of code tables must be in the
code lists in effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from producers.errors import MappingError, bad_mapping
from producers.mapping.mapping import RowMapping
from schemas.codes import CodeSets
from schemas.event.event_type import EventType
from schemas.event.field_paths import field_paths
from schemas.i18n import _

_INDEX = re.compile(r"\[\d+\]")
_ENVELOPE_LISTS = {
    "tlp": "tlp",
    "purpose": "purpose",
    "legal_basis": "legal_basis",
    "crime": "crime",
    "urgency": "urgency",
    "language": "language",
    "handling": "handling",
    "place_country": "country",
}
_CODES_SHOWN = 16


def check_mapping(mapping: RowMapping, kind: EventType, code_sets: CodeSets) -> None:
    """Check targets and written values of a mapping for its type.

    Raises MappingError naming the file, the key, the value and what is valid.
    """
    lists = {leaf.path: leaf.codes for leaf in field_paths(kind)}
    for name, list_name, value in _envelope_values(mapping.envelope):
        _check_code(value, code_sets.get(list_name), f"{mapping.file}: [envelope] {name}")
    for target, values in mapping.written_values.items():
        where = f"{mapping.file}: {target}"
        section, _dot, name = target.partition(".")
        if section == "envelope":
            list_name = _ENVELOPE_LISTS.get(name, "")
        else:
            list_name = lists.get(_known_path(target, kind.name, lists, where), "")
        for value in values:
            _check_code(value, code_sets.get(list_name), where)


def _known_path(target: str, type_: str, lists: Mapping[str, str], where: str) -> str:
    """Return the path of a target in its type. Raises MappingError where there is none."""
    path = _INDEX.sub("[*]", target)
    if path in lists:
        return path
    if f"{path}[*]" in lists:
        return f"{path}[*]"
    if any(known.startswith((f"{path}.", f"{path}[*].")) for known in lists):
        return path
    raise _unknown_target(path, type_, list(lists), where)


def _unknown_target(path: str, type_: str, known: list[str], where: str) -> MappingError:
    nearest = get_close_matches(path, known, n=3) or known[:_CODES_SHOWN]
    return bad_mapping(
        where,
        _(
            "{type_} has no field {path}; there are {nearest}",
            type_=type_,
            path=path,
            nearest=", ".join(nearest),
        ),
    )


def _envelope_values(envelope: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield name, code list and value of every coded constant of the table [envelope]."""
    for name, list_name in _ENVELOPE_LISTS.items():
        value = envelope.get(name)
        for code in value if isinstance(value, list) else [value] if value is not None else []:
            yield name, list_name, str(code)
    evaluation = envelope.get("evaluation")
    if isinstance(evaluation, Mapping):
        scheme = str(evaluation.get("scheme"))
        yield "evaluation.scheme", "evaluation", scheme
        for part in ("source", "information"):
            yield f"evaluation.{part}", f"evaluation.{scheme}.{part}", str(evaluation.get(part))


def _check_code(value: str, codes: frozenset[str] | None, where: str) -> None:
    if codes is None or value in codes:
        return
    valid = sorted(codes)
    nearest = valid if len(valid) <= _CODES_SHOWN else get_close_matches(value, valid, n=5)
    raise bad_mapping(
        where,
        _(
            "`{value}` is not in its list; valid: {codes}",
            value=value,
            codes=", ".join(nearest) or ", ".join(valid[:_CODES_SHOWN]) + " …",
        ),
    )
