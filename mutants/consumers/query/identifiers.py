"""A thing as somebody reads it: from marks to the keys that they may mean, by the same observers as
the events'. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from infra.errors import QuipuError, Words
from schemas.ids import thing_key, to_uuid_text
from schemas.normalise import OBSERVERS


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What is known of a thing. `number`: of a document, telephone, account, plate, IMEI or
    ammunition lot, or a weapon's serial.
    """

    kind: str = "weapon"
    number: str = ""
    country: str = ""
    type: str = ""
    make: str = ""
    calibre: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind is looked up: by which observer, of what record, and which marks it cannot do
    without.
    """

    observer: str
    needs: tuple[str, ...]
    record: Callable[[Identifiers], Any]


_WEAPON = ("kind", "type", "make", "model", "calibre", "serial", "serial_state")


def _weapon(kind: str) -> Callable[[Identifiers], Any]:
    def record(marks: Identifiers) -> Mapping[str, Any]:
        given = {
            "kind": kind,
            "type": marks.type.upper(),
            "make": marks.make,
            "calibre": marks.calibre,
            "serial": marks.number,
        }
        return {
            **dict.fromkeys(_WEAPON),
            **{name: value or None for name, value in given.items()},
            "serial_state": "LEGIBLE",
        }

    return record


def _record(**fields: str) -> Callable[[Identifiers], Any]:
    """A record whose fields are marks (field=name of the mark)."""
    return lambda marks: {field: getattr(marks, mark) or None for field, mark in fields.items()}


_FORMS: Mapping[str, _Form] = {
    "weapon": _Form("weapon", ("number", "make", "type"), _weapon("firearm")),
    "ammunition_lot": _Form("weapon", ("number", "make", "calibre"), _weapon("ammunition_lot")),
    "document": _Form(
        "document", ("number",), _record(country="country", type="type", number="number")
    ),
    "phone": _Form("phone", ("number",), _record(number="number", country="country")),
    "imei": _Form("imei", ("number",), lambda marks: marks.number),
    "plate": _Form("plate", ("number",), _record(country="country", plate="number")),
    "account": _Form(
        "account",
        ("number",),
        _record(institution="institution", country="country", number="number", type="type"),
    ),
}
KINDS = tuple(_FORMS)


def thing_ids(marks: Identifiers, secret: bytes) -> list[str]:
    """Ids of the things that these marks may be: one where they are plain, several where not, none
    where they are nobody's.

    Raises QuipuError THING_MARKS for an unknown kind or a mark that is missing.
    """
    form = _FORMS.get(marks.kind)
    if form is None or form.observer not in OBSERVERS:
        raise _refused(
            f"«{marks.kind}» no se observa", f"`{marks.kind}` is not observed", ", ".join(KINDS)
        )
    missing = [name for name in form.needs if not getattr(marks, name).strip()]
    if missing:
        raise _refused(
            f"Falta {', '.join(missing)}", f"{', '.join(missing)} missing", ", ".join(form.needs)
        )
    said = OBSERVERS[form.observer](form.record(marks))
    return [
        to_uuid_text(thing_key(secret, one.kind, one.issuer, one.value))
        for one in said
        if one.kind == marks.kind
    ]


def _refused(es: str, en: str, wanted: str) -> QuipuError:
    return QuipuError(
        Words(f"{es}.", f"{en}."), Words(f"Indique: {wanted}.", f"Say: {wanted}."), "THING_MARKS"
    )
