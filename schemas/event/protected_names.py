"""Check that a schema's protected persons stay without a name: victims, witnesses, minors.

`named_only_as: {"role": [...]}` on a field of persons: a record there may have values in its
personal fields, but for codes, only if the field next to them has one of these.
`pseudonym: true` on a text: it is a pseudonym by its form, and no name and no number of a document.
Code: NAME_REFUSED.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from schemas.avro.schema_walk import NamedTypes, SchemaField, fields_of
from schemas.errors import ConfigRefusedError
from schemas.observation import Problem

CheckValue = Callable[[Any, str, list[Problem]], None]

MOST_LETTERS = 4
PSEUDONYM = re.compile(
    rf"[A-Z]{{1,{MOST_LETTERS}}}[-/ ]?(?:(?:19|20)[0-9]{{2}}[-/])?[0-9]{{1,4}}[A-Z]?"
)
"""V-1, VIC 12, V-2018-0031. A name has no digit, and a document's number has more than four."""
PSEUDONYM_FORM = "V-1, V-2018-0031"


class NamedOnlyAs(NamedTuple):
    """Say which records may be named: those whose `field` has one of `codes`.

    `personal`: the fields that are empty in all others.
    """

    field: str
    codes: frozenset[str]
    personal: tuple[str, ...]

    def is_refused(self, record: dict[str, Any]) -> bool:
        """Say whether a record is named without one of the codes."""
        return record.get(self.field) not in self.codes and any(self.named_fields(record))

    def named_fields(self, record: dict[str, Any]) -> Iterable[str]:
        """Yield the personal fields that have a value."""
        return (name for name in self.personal if record.get(name) not in (None, "", [], {}))


def named_only_as(schema_field: SchemaField, names: NamedTypes) -> NamedOnlyAs | None:
    """Read the attribute of a field whose type is a record; None without it.

    Raises ConfigRefusedError where the attribute is malformed or names no field of the record.
    """
    attribute = schema_field.attributes.get("named_only_as")
    if attribute is None:
        return None
    if (
        schema_field.type["type"] != "record"
        or not isinstance(attribute, dict)
        or len(attribute) != 1
    ):
        raise ConfigRefusedError(
            f"{schema_field.name}: named_only_as stands on records, and has one field with codes"
        )
    ((field, codes),) = attribute.items()
    parts = list(fields_of(schema_field.type, names))
    if field not in {part.name for part in parts} or not isinstance(codes, list) or not codes:
        raise ConfigRefusedError(
            f"{schema_field.name}: named_only_as names a field of the record, and a list of codes"
        )
    personal = tuple(part.name for part in parts if _may_name(part))
    return NamedOnlyAs(field, frozenset(map(str, codes)), personal)


def _may_name(part: SchemaField) -> bool:
    """Say whether a field names somebody: a code of a list, such as the sex, does not."""
    return bool(part.attributes.get("personal")) and "codes" not in part.attributes


def refuse_named(rule: NamedOnlyAs, check: CheckValue) -> CheckValue:
    """Check a record by `check`, and refuse it if it is named against the rule."""

    def check_record(value: Any, path: str, out: list[Problem]) -> None:
        check(value, path, out)
        if isinstance(value, dict) and rule.is_refused(value):
            field = next(iter(rule.named_fields(value)))
            out.append(Problem("NAME_REFUSED", f"{path}.{field}"[1:], rule.field))

    return check_record


def is_pseudonym(value: str) -> bool:
    """Say whether a text has the form of a pseudonym."""
    return PSEUDONYM.fullmatch(value) is not None


def check_pseudonym(value: Any, path: str, out: list[Problem]) -> None:
    """Refuse a text that is no pseudonym; the text is never shown."""
    if value.__class__ is str and not is_pseudonym(value):
        out.append(Problem("NAME_REFUSED", path[1:], PSEUDONYM_FORM))
