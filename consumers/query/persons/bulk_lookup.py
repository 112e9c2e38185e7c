"""Look up a list of persons, plates and telephones at once, as one question of the ledger."""

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
    def has_found(self) -> bool:
        """Whether the line finds a person or a thing."""
        return bool(self.persons or self.things)

    @property
    def mentions(self) -> Iterator[FoundMention]:
        """Every mention that fits, person by person."""
        return (mention for person in self.persons for mention in person.mentions)

    @property
    def sightings(self) -> Iterator[tuple[str, Sighting]]:
        """Every record of the plate or telephone, with the kind of thing."""
        return ((thing.kind, sighting) for thing in self.things for sighting in thing.members)


@dataclass(slots=True)
class ThingForms:
    """The keys of the plates and telephones of lines. `secret`: under which things have keys."""

    secret: bytes
    problems: dict[int, UserMessage] = field(default_factory=dict)

    def ids_of(self, line: LookupLine) -> list[str]:
        """Return the ids of the things that a line names; none where it names none."""
        ids: list[str] = []
        for kind in ("plate", "phone"):
            if not line.values.get(kind):
                continue
            country = line.values.get("country", "").upper()
            identifiers = Identifiers(kind, line.values[kind], country)
            try:
                ids += identifier_forms.thing_ids(identifiers, self.secret)
            except QuipuError as error:
                self.problems[line.number] = error.message
        return ids
