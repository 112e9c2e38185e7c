"""Look up a list of persons and plates at once, as one question of the disclosure ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from consumers.query import identifiers as identifier_forms
from consumers.query.identifiers import Identifiers
from consumers.query.persons.lookup_file import LookupLine
from consumers.query.persons.person_views import FoundMention, FoundPerson
from consumers.query.things import Sighting, Thing
from infra.errors import QuipuError
from schemas.i18n import UserMessage


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What a line of a list found. `problem`: why it was not looked up, None where it was."""

    line: LookupLine
    persons: Sequence[FoundPerson] = ()
    things: Sequence[Thing] = ()
    problem: UserMessage | None = None
    is_complete: bool = True

    @property
    def mentions(self) -> Iterator[FoundMention]:
        """Every mention that fits, person by person."""
        return (mention for person in self.persons for mention in person.mentions)

    @property
    def sightings(self) -> Iterator[Sighting]:
        """Every record of the plate."""
        return (sighting for thing in self.things for sighting in thing.members)


@dataclass(slots=True)
class PlateForms:
    """The keys of the plates of lines. `secret`: under which things have their keys."""

    secret: bytes
    problems: dict[int, UserMessage] = field(default_factory=dict)

    def ids_of(self, line: LookupLine) -> list[str]:
        """Return the ids of the things that a line's plate may be; none where it has none."""
        if not line.plate:
            return []
        identifiers = Identifiers("plate", line.plate, line.values.get("country", "").upper())
        try:
            return identifier_forms.thing_ids(identifiers, self.secret)
        except QuipuError as error:
            self.problems[line.number] = error.message
            return []
