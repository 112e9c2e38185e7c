"""Read a list of known values, such as telephones of hotels, and take them out of records. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from uuid import UUID

from consumers.query.identifiers import Identifiers, ThingName, thing_names
from consumers.query.persons.lookup_file import LookupFileError, LookupLine, read_lookup_file
from infra.errors import QuipuError
from schemas.i18n import UserMessage, _
from streams.rules.detectors.occurrence import RecordedThing, RuleOccurrence, Transfer

COLUMNS: Mapping[str, Sequence[str]] = {
    "kind": ("kind", "clase", "tipo de cosa"),
    "number": ("number", "numero", "serie", "serial"),
    "country": ("country", "pais"),
    "type": ("type", "tipo"),
    "make": ("make", "marca"),
    "calibre": ("calibre", "caliber"),
    "institution": ("institution", "entidad", "banco"),
    "thing": ("thing", "cosa"),
}
"""By what a line says, how a column may be headed: without accents, in small letters."""
MOST_NAMES = 10_000
"""Things that a list may name: a serial without make and type may be thousands."""
NOBODY = RecordedThing("", "")
"""Stands where a value is taken out, so that the others keep their places."""


@dataclass(slots=True)
class WarningList:
    """The values of a list. `names`: of things; `ids`: of things that are named by their id."""

    names: set[ThingName] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    problems: dict[int, UserMessage] = field(default_factory=dict)


def read_warning_list(content: bytes) -> WarningList:
    """Return the values of a CSV file. Raises LookupFileError for a file that is no list."""
    values = WarningList()
    for line in read_lookup_file(content, columns=COLUMNS):
        try:
            _read_line(line, values)
        except QuipuError as error:
            values.problems[line.number] = error.message
        if len(values.names) > MOST_NAMES:
            raise LookupFileError(
                _("The list may name more than {most:,} things.", most=MOST_NAMES),
                _("Add make, type and calibre to the serials, or part the list."),
            )
    return values


def without_values(occurrence: RuleOccurrence, names: Set[tuple[str, str]]) -> RuleOccurrence:
    """Return what a rule would see of a record without these values.

    `names`: kind and value, as occurrences have them.
    """
    things = tuple(
        NOBODY if (thing.kind, thing.value) in names else thing for thing in occurrence.things
    )
    transfer = _without_accounts(occurrence.transfer, names)
    fields = occurrence.fields
    if transfer is None and occurrence.transfer is not None:
        gone = ("from_account", "to_account")
        fields = {name: value for name, value in fields.items() if name not in gone}
    return replace(occurrence, things=things, transfer=transfer, fields=fields)


def occurrence_names(names: Iterable[ThingName]) -> set[tuple[str, str]]:
    """Return names of things as occurrences have them: kind and value."""
    return {(kind, f"{issuer} {value}" if issuer else value) for kind, issuer, value in names}


def _without_accounts(transfer: Transfer | None, names: Set[tuple[str, str]]) -> Transfer | None:
    """Return a transfer without the owners that are taken out; None where an account is."""
    if transfer is None:
        return None
    if {("account", transfer.source), ("account", transfer.target)} & names:
        return None
    owners = (transfer.source_owner, transfer.target_owner)
    source, target = ("" if ("document", owner) in names else owner for owner in owners)
    return transfer._replace(source_owner=source, target_owner=target)


def _read_line(line: LookupLine, values: WarningList) -> None:
    if id_ := line.values.get("thing"):
        values.ids.add(_id(id_))
        return
    known = {name: value for name, value in line.values.items() if name != "thing"}
    country = known.get("country", "").upper()
    names = thing_names(Identifiers(**{**known, "country": country}))
    values.names.update(names)


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise LookupFileError(
            _("`{text}` is no id of a thing.", text=text[:40]),
            _("Copy the whole id, as `quipu noise --json` shows it."),
        ) from None
