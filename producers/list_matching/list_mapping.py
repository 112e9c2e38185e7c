"""Say which columns of a list hold what: from a TOML file, or guessed from the headings.

    id = "Nº"
    [fields]
    given_names = "Nombres"
    surnames = ["Primer apellido", "Segundo apellido"]
    birth = "F. nacimiento"
    street = { columns = "Dirección", kind = "text" }

`[b]` has the same keys for the second list, where its columns have other names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.errors import QuipuError
from infra.system_errors import reason_of
from producers.list_matching.field_kinds import FieldKind, ListField
from schemas.i18n import UserMessage, _
from schemas.normalise.nothing import fold

PERSON_FIELDS: Mapping[str, FieldKind] = {
    "given_names": FieldKind.GIVEN_NAMES,
    "surnames": FieldKind.SURNAMES,
    "name": FieldKind.NAME,
    "birth": FieldKind.DATE,
    "sex": FieldKind.CODE,
    "nationality": FieldKind.CODE,
    "birth_place": FieldKind.TEXT,
    "document": FieldKind.NUMBER,
    "phone": FieldKind.NUMBER,
}
"""Fields that the model of the release knows, and their kinds. Any other field needs --train."""
_GUESSES: Sequence[tuple[str, str, FieldKind]] = (
    (
        "(N(RO|O|UM(ERO)?)? )?(DE )?DOC(UMENT[OAS]*)?|DNI|CEDULA|CARNET|C I|PASAPORTE|PASSPORT"
        "|IDENTIFICACION",
        "document",
        FieldKind.NUMBER,
    ),
    ("SOC SEC.*|SSN|TAX ID|NATIONAL ID", "national_number", FieldKind.NUMBER),
    (
        "(GIVEN|FIRST|MIDDLE|FORE) ?NAMES?|(PRIMER |SEGUNDO )?NOMBRES?",
        "given_names",
        FieldKind.GIVEN_NAMES,
    ),
    (
        "(SUR|LAST |FAMILY )NAMES?|((PRIMER|SEGUNDO) )?APELLIDOS?( (PATERNO|MATERNO))?"
        "|(A |AP )?(PATERNO|MATERNO)",
        "surnames",
        FieldKind.SURNAMES,
    ),
    (
        "(FULL )?NAME|NOMBRE COMPLETO|APELLIDOS Y NOMBRES|NOMBRES Y APELLIDOS|PERSONA",
        "name",
        FieldKind.NAME,
    ),
    (
        "BIRTH ?(DATE|DAY)?|DATE OF BIRTH|DOB|F(ECHA|EC)?( DE)? NAC.*|NACIMIENTO|BORN",
        "birth",
        FieldKind.DATE,
    ),
    ("SEXO?|GENDER|GENERO", "sex", FieldKind.CODE),
    ("NATIONALITY|NACIONALIDAD|PAIS( DE ORIGEN)?", "nationality", FieldKind.CODE),
    ("BIRTH ?PLACE|PLACE OF BIRTH|LUGAR( DE)? NAC.*", "birth_place", FieldKind.TEXT),
    ("(TELE)?PHONE.*|MOBILE|TELEFONO|CELULAR|FONO", "phone", FieldKind.NUMBER),
    (
        "POST ?(AL )?CODE|ZIP.*|CODIGO POSTAL|(STREET|HOUSE) NUMBER",
        "",
        FieldKind.NUMBER,
    ),
    ("STATE|PROVINCE|PROVINCIA|DEPARTAMENTO|COUNTRY", "", FieldKind.CODE),
    (
        "ADDRESS.*|STREET.*|DIRECCION|DOMICILIO|CALLE|SUBURB|CITY|TOWN|CIUDAD|MUNICIPIO"
        "|DISTRITO|BARRIO",
        "",
        FieldKind.TEXT,
    ),
)
"""Headings in capitals, the field that they name (empty: the heading's own), and its kind."""
_ID = re.compile(r"ID|REC ID|RECORD ID|UNIQUE ID|N|NRO|NO|NUM|NUMERO|CODIGO|REF.*|ITEM|KEY")


class ListMappingError(QuipuError):
    """The columns of a list cannot be mapped."""

    code = "LIST_MAPPING"


@dataclass(frozen=True, slots=True)
class ListMapping:
    """Which columns are compared. `id_a`, `id_b`: the column of the id; empty: the line number.

    `unused`: columns of the first list that nobody guessed.
    """

    fields: tuple[ListField, ...]
    id_a: str
    id_b: str
    unused: tuple[str, ...] = ()


def guess_mapping(columns_a: Sequence[str], columns_b: Sequence[str]) -> ListMapping:
    """Guess the mapping from the headings. Raises ListMappingError where nothing is guessed.

    One list may have whole names where the other has names in parts. So a field of a person is
    taken where one list has it; any other field must stand in both.
    """
    own, other = _guess_columns(columns_a), _guess_columns(columns_b)
    fields = tuple(
        ListField(name, kind, tuple(own.get((name, kind), ())), tuple(other.get((name, kind), ())))
        for name, kind in dict.fromkeys((*own, *other))
        if name in PERSON_FIELDS or ((name, kind) in own and (name, kind) in other)
    )
    if not fields:
        raise ListMappingError(
            _("No column is known by its heading: {columns}.", columns=", ".join(columns_a)),
            _("Name the columns in a small file: quipu match … --mapping COLUMNS.toml."),
        )
    used = {column for field in fields for column in field.columns}
    id_a, id_b = _guess_id(columns_a, used), _guess_id(columns_b, used)
    return ListMapping(fields, id_a, id_b, tuple(c for c in columns_a if c not in used | {id_a}))


def _guess_columns(columns: Sequence[str]) -> dict[tuple[str, FieldKind], list[str]]:
    guessed: dict[tuple[str, FieldKind], list[str]] = {}
    for column in columns:
        heading = " ".join(re.findall("[A-Z0-9]+", fold(column)))
        for pattern, name, kind in _GUESSES:
            if re.fullmatch(pattern, heading):
                guessed.setdefault((name or heading.lower().replace(" ", "_"), kind), []).append(
                    column
                )
                break
    return guessed


def _guess_id(columns: Sequence[str], used: set[str]) -> str:
    for column in columns:
        heading = " ".join(re.findall("[A-Z0-9]+", fold(column)))
        if column not in used and _ID.fullmatch(heading):
            return column
    return ""


def read_mapping(path: Path, columns_a: Sequence[str], columns_b: Sequence[str]) -> ListMapping:
    """Read a mapping file. Raises ListMappingError, which names file, key and remedy."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "UTF-8"
        raise _bad(path, "", _("cannot be read ({reason})", reason=reason)) from error
    except tomllib.TOMLDecodeError as error:
        raise _bad(path, "", _("is no TOML: {error}", error=error)) from error
    fields = document.get("fields")
    if not isinstance(fields, dict) or not fields:
        raise _bad(path, "fields", _("names no column"))
    second = document.get("b", {})
    fields_b = second.get("fields", {}) if isinstance(second, dict) else {}
    read = [_field(path, name, value, fields_b.get(name, value)) for name, value in fields.items()]
    id_a = document.get("id", "")
    mapping = ListMapping(tuple(read), id_a, second.get("id", id_a))
    _check_columns(path, mapping, columns_a, columns_b)
    return mapping


def _field(path: Path, name: str, value: object, value_b: object) -> ListField:
    kind = PERSON_FIELDS.get(name)
    if isinstance(value, dict) and "kind" in value:
        try:
            kind = FieldKind(value["kind"])
        except ValueError as error:
            kinds = ", ".join(FieldKind)
            raise _bad(path, f"fields.{name}.kind", _("is none of {kinds}", kinds=kinds)) from error
    return ListField(
        name, kind or FieldKind.TEXT, _columns(path, name, value), _columns(path, name, value_b)
    )


def _columns(path: Path, name: str, value: object) -> tuple[str, ...]:
    columns = value.get("columns") if isinstance(value, dict) else value
    listed = [columns] if isinstance(columns, str) else columns
    if isinstance(listed, list) and listed and all(isinstance(column, str) for column in listed):
        return tuple(listed)
    raise _bad(path, f"fields.{name}", _("must be the heading of a column, or a list of headings"))


def _check_columns(
    path: Path, mapping: ListMapping, columns_a: Sequence[str], columns_b: Sequence[str]
) -> None:
    for name, named, columns in (
        *((field.name, field.columns, columns_a) for field in mapping.fields),
        *((field.name, field.columns_b, columns_b) for field in mapping.fields),
        ("id", (mapping.id_a,), columns_a),
        ("id", (mapping.id_b,), columns_b),
    ):
        for column in named:
            if column and column not in columns:
                known = ", ".join(columns)
                detail = _(
                    "there is no column {column}; there are: {known}", column=column, known=known
                )
                raise _bad(path, name, detail)


def _bad(path: Path, key: str, detail: UserMessage) -> ListMappingError:
    return ListMappingError(
        _("{path}, {key}: {detail}.", path=path, key=key or "–", detail=detail),
        _("Correct the file. An example stands in the guide to matching lists."),
    )
