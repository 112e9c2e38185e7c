"""Read what somebody asks a hit look-up: an object, or a person by name. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

from consumers.query import identifiers as identifier_forms
from consumers.query.identifiers import KINDS, Identifiers
from consumers.query.known_names import check_country
from consumers.query.persons.person_question import PersonQuestion, read_question
from infra.errors import QuipuError
from schemas.i18n import UserMessage, _
from schemas.words.written_codes import find_code
from streams.matching import PersonRecord

PERSON = "person"
LINE_KINDS = (PERSON, *KINDS)
MOST_THINGS = 50
"""Things that one line may mean. A number without its make may be thousands: that is fishing."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class HitLine:
    """One question: a person by name, or an object by number. Empty: not known."""

    kind: str = "document"
    number: str = ""
    country: str = ""
    type: str = ""
    make: str = ""
    calibre: str = ""
    institution: str = ""
    name: str = ""
    born: str = ""
    sex: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """Everything asked, by name, as the disclosure ledger hashes it."""
        return asdict(self)


class AskedLine(NamedTuple):
    """A line as it was read: ids of things, or a person; else why it cannot be looked up."""

    things: tuple[str, ...] = ()
    person: PersonRecord | None = None
    problem: UserMessage | None = None


def read_hit_line(line: HitLine, secret: bytes) -> AskedLine:
    """Return what a line asks for. `secret`: under which things have their keys."""
    if any(len(value) > LONGEST for value in line.fields.values()):
        return AskedLine(problem=_("A value is longer than {most} characters.", most=LONGEST))
    try:
        if _kind_of(line) == PERSON:
            question = PersonQuestion(line.name, line.born, country=line.country, sex=line.sex)
            return AskedLine(person=read_question(question))
        return _asked_things(line, secret)
    except QuipuError as error:
        return AskedLine(problem=error.message)


def line_of(values: Mapping[str, str]) -> HitLine:
    """Return the line that the cells of a file make; without a kind it follows from the rest."""
    given = {name: value.strip() for name, value in values.items()}
    kind = given.pop("kind", "") or (PERSON if given.get("name") else "document")
    return HitLine(kind, **given)


def _kind_of(line: HitLine) -> str:
    return find_code("thing_kind", line.kind, LINE_KINDS) or line.kind.strip().lower()


def _asked_things(line: HitLine, secret: bytes) -> AskedLine:
    kind, country = _kind_of(line), line.country.strip().upper()
    identifiers = Identifiers(
        kind, line.number.strip(), country, line.type, line.make, line.calibre, line.institution
    )
    if kind == "weapon" and line.number.strip() and not line.make.strip():
        return AskedLine(problem=_("A serial alone is not enough: write the make with it."))
    check_country(find_code("country", country) or country)
    names = identifier_forms.thing_names(identifiers)
    if not names:
        return AskedLine(problem=_("The number cannot be read."))
    if len(names) > MOST_THINGS:
        return AskedLine(problem=_("The number may be too many things: write more of it."))
    return AskedLine(tuple(identifier_forms.ids_of_names(names, secret)))
