"""Find the keys that a thing's identifiers may mean, by the same observers as the events'. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, NamedTuple

from infra.errors import QuipuError
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _
from schemas.ids import thing_key, to_uuid_text
from schemas.normalise import OBSERVERS
from schemas.normalise.calibre import CALIBRES
from schemas.normalise.maker import known_makes
from schemas.words.written_codes import find_code

MOST_GUESSED = 6_000
"""Things that a question may mean where a make, a type or a calibre is missing."""


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What is known of a thing.

    `number`: of a document, telephone, account, plate, IMEI or ammunition lot, or a weapon's
    serial. Without a make, type or calibre the number is looked up for each of the tables.
    """

    kind: str = "weapon"
    number: str = ""
    country: str = ""
    type: str = ""
    make: str = ""
    calibre: str = ""
    institution: str = ""


class ThingName(NamedTuple):
    """What a thing is called, as intake reads it: its id is a hash of this."""

    kind: str
    issuer: str
    value: str


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind is looked up: by which observer, of what record, and what it cannot do without.

    `guesses`: what may be missing, with all values that it can have.
    """

    observer: str
    needs: tuple[str, ...]
    record: Callable[[Identifiers], Any]
    guesses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_WEAPON = ("kind", "type", "make", "model", "calibre", "serial", "serial_state")


def _weapon(kind: str) -> Callable[[Identifiers], Any]:
    def record(identifiers: Identifiers) -> Mapping[str, Any]:
        values = {
            "kind": kind,
            "type": identifiers.type.upper(),
            "make": identifiers.make,
            "calibre": identifiers.calibre,
            "serial": identifiers.number,
        }
        return {
            **dict.fromkeys(_WEAPON),
            **{name: value or None for name, value in values.items()},
            "serial_state": "LEGIBLE",
        }

    return record


def _record(**fields: str) -> Callable[[Identifiers], Any]:
    """Return how to make a record whose fields are identifiers (field=name of the identifier)."""
    return lambda identifiers: {
        field: getattr(identifiers, name) or None for field, name in fields.items()
    }


_FORMS: Mapping[str, _Form] = {
    "weapon": _Form(
        "weapon",
        ("number",),
        _weapon("firearm"),
        {"make": known_makes(), "type": tuple(code_lists()["weapon_type"].codes)},
    ),
    "ammunition_lot": _Form(
        "weapon",
        ("number",),
        _weapon("ammunition_lot"),
        {"make": known_makes(), "calibre": tuple(sorted(CALIBRES))},
    ),
    "document": _Form(
        "document", ("number",), _record(country="country", type="type", number="number")
    ),
    "phone": _Form("phone", ("number",), _record(number="number", country="country")),
    "imei": _Form("imei", ("number",), lambda identifiers: identifiers.number),
    "plate": _Form("plate", ("number",), _record(country="country", plate="number")),
    "account": _Form(
        "account",
        ("number",),
        _record(institution="institution", country="country", number="number", type="type"),
    ),
}
KINDS = tuple(_FORMS)
_NAMES: Mapping[str, UserMessage] = {
    "number": _("the number"),
    "make": _("the make"),
    "type": _("the type"),
    "calibre": _("the calibre"),
}


def thing_ids(identifiers: Identifiers, secret: bytes) -> list[str]:
    """Return the ids of the things that these identifiers may mean. Raises as `thing_names`."""
    return ids_of_names(thing_names(identifiers), secret)


def ids_of_names(names: Iterable[ThingName], secret: bytes) -> list[str]:
    """Return the ids of the things with these names."""
    return [to_uuid_text(thing_key(secret, *name)) for name in names]


def thing_names(identifiers: Identifiers) -> list[ThingName]:
    """Return the names of the things that these identifiers may mean.

    It is one where they are plain, several where not, none where they are nobody's. Raises
    QuipuError THING_MARKS for an unknown kind or an identifier that is missing.
    """
    identifiers = _with_codes(identifiers)
    form = _FORMS.get(identifiers.kind)
    if form is None or form.observer not in OBSERVERS:
        unknown = _("there are no things of the kind `{kind}`", kind=identifiers.kind)
        raise _refused(unknown, ", ".join(KINDS))
    missing = [name for name in form.needs if not getattr(identifiers, name).strip()]
    if missing:
        raise _refused(_("Missing: {missing}", missing=_listed(missing)), _listed(form.needs))
    names: dict[ThingName, None] = {}
    for complete in _completed(identifiers, form):
        for observation in OBSERVERS[form.observer](form.record(complete)):
            if observation.kind == identifiers.kind:
                names[ThingName(observation.kind, observation.issuer, observation.value)] = None
        if len(names) > MOST_GUESSED:
            absent = [name for name in form.guesses if not getattr(identifiers, name).strip()]
            problem = _(
                "The number alone may be more than {count:,} things. Missing: {missing}",
                count=MOST_GUESSED,
                missing=_listed(absent),
            )
            raise _refused(problem, _listed((*form.needs, *form.guesses)))
    return list(names)


def _completed(identifiers: Identifiers, form: _Form) -> Iterator[Identifiers]:
    """Yield the identifiers with every value that each missing one may have."""
    absent = [name for name in form.guesses if not getattr(identifiers, name).strip()]
    for values in product(*(form.guesses[name] for name in absent)):
        yield replace(identifiers, **dict(zip(absent, values, strict=True)))


def _with_codes(identifiers: Identifiers) -> Identifiers:
    """Write the kind, country and type as codes, where their names in a language stand for them."""
    kind = find_code("thing_kind", identifiers.kind, KINDS) or identifiers.kind
    types = "document_type" if kind == "document" else "weapon_type"
    return replace(
        identifiers,
        kind=kind,
        country=find_code("country", identifiers.country) or identifiers.country,
        type=find_code(types, identifiers.type) or identifiers.type,
    )


def _listed(names: Sequence[str]) -> UserMessage:
    """Write the names of identifiers one after the other, in the language of the user."""
    text = _NAMES[names[0]]
    for name in names[1:]:
        text = _("{names}, {name}", names=text, name=_NAMES[name])
    return text


def _refused(problem: UserMessage, names: UserMessage | str) -> QuipuError:
    return QuipuError(
        _("{problem}.", problem=problem),
        _("Required: {wanted_names}.", wanted_names=names),
        "THING_MARKS",
    )
