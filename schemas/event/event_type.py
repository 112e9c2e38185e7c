"""Read an event type from its .avsc: it is checked, written, read and observed by its attributes.

The attributes are described in schemas/events/README.md. Everything is compiled once into closures
that walk only what has a rule.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from schemas.avro.codec import Format, Record
from schemas.bounds import MAX_OBSERVATIONS_PER_EVENT, SMALL_PAYLOAD_BYTES
from schemas.codes import CodeSets
from schemas.codes import code_sets as released_lists
from schemas.errors import ConfigRefusedError
from schemas.event.bounds_compiler import compile_bounds
from schemas.event.check_compiler import compile_checks
from schemas.event.date_bounds import compile_date_check, day_of
from schemas.event.glance_compiler import Doubt, compile_glance
from schemas.event.mark_counter import MarkCount, MarkCounter
from schemas.event.mark_walker import compile_mark_walker
from schemas.event.observer_compiler import compile_observer
from schemas.hidden_characters import find_hidden
from schemas.normalise import LEGIBLE_OBSERVERS
from schemas.observation import Observation, Problem, merge_by_thing

__all__ = ["EventType", "Observation", "Problem", "event_type", "released_types"]

EVENTS = Path(__file__).parents[1] / "events"


class EventType:
    """Hold one version of an event type.

    `walk_marks` yields what of a payload is observed, as `schemas.event.mark_walker.Mark`.
    """

    def __init__(self, text: str, lists: CodeSets | None = None) -> None:
        """Compile the schema. `lists`: the codes of every list, ours unless config brings others.

        Raises ConfigRefusedError where the schema names a list or a kind of thing that does not
        exist, or an attribute is malformed.
        """
        self.format = Format[Record](text)
        if self.format.definition.get("type") != "record":
            raise ConfigRefusedError(f"{self.format.name}: an event type is a record")
        self.name = self.format.name
        self.fingerprint = self.format.fingerprint
        self.field_names = frozenset(field["name"] for field in self.format.definition["fields"])
        self.write = self.format.write
        try:
            code_sets = released_lists() if lists is None else lists
            self._checks = compile_checks(self.format.definition, code_sets)
            self._glance = compile_glance(self.format.definition, code_sets)
            self._bounds = compile_bounds(self.format.definition)
            self._dates = compile_date_check(self.format.definition)
            self._observer = compile_observer(self.format.definition)
            self._legible = compile_observer(self.format.definition, LEGIBLE_OBSERVERS)
            self._counter = MarkCounter(self.format.definition)
            self.walk_marks = compile_mark_walker(self.format.definition)
        except RecursionError as error:
            raise ConfigRefusedError(
                f"{self.name}: a record that holds itself is not understood"
            ) from error

    def read(self, data: bytes) -> Record:
        """Return the payload in framed bytes. Raises UnknownFormatError, BrokenFormatError."""
        return self.format.read(data)

    def validate(self, record: Record) -> list[Problem]:
        """List what is wrong with a payload; empty if nothing is."""
        problems: list[Problem] = []
        self._checks(record, "", problems)
        find_hidden(record, "", problems)
        return problems

    def validate_decoded(self, record: Record) -> list[Problem]:
        """List what is wrong with a payload that `read` returned, as `validate` does.

        What the format makes sure of is not checked again.
        """
        problems: list[Problem] = []
        doubt = self._glance(record)
        if doubt is Doubt.NONE:
            return problems
        if doubt is Doubt.HIDDEN:
            find_hidden(record, "", problems)
        return self.validate(record) if problems or doubt is Doubt.ANY else problems

    def find_problems(self, record: Record, size: int, appended_at: int) -> list[Problem]:
        """List what is wrong with a payload that `read` returned, the first kind that is.

        `size`: of its bytes; `appended_at`: ms since 1970 UTC of the bundle's append.
        """
        problems = self.check_bounds(record, size) if size > SMALL_PAYLOAD_BYTES else []
        if not problems and self._glance(record) is not Doubt.NONE:
            problems = self.validate_decoded(record)
        if not problems and self._dates is not None:
            problems = self.check_dates(record, appended_at)
        return problems

    def check_bounds(self, record: Record, size: int) -> list[Problem]:
        """List the lists and texts of a payload that are too long; `size`: of its bytes."""
        problems: list[Problem] = []
        if size > SMALL_PAYLOAD_BYTES:
            self._bounds(record, "", problems)
        return problems

    def check_dates(self, record: Record, appended_at: int) -> list[Problem]:
        """List the dates of a payload that lie where none can.

        `appended_at`: ms since 1970 UTC of the bundle's append, or the node's clock before sending.
        """
        problems: list[Problem] = []
        if self._dates is not None:
            self._dates(record, "", day_of(appended_at), problems)
        return problems

    def count_marks(self, record: Record, limit: int = MAX_OBSERVATIONS_PER_EVENT) -> MarkCount:
        """Count the things that a payload without problems names at most, without making them.

        `limit`: how many it may name.
        """
        return self._counter.count(record, limit)

    def observe(self, record: Record, legible_only: bool = False) -> list[Observation]:
        """List the things that a payload without problems mentions, each once, with its traits.

        `legible_only`: without marks that have unread positions.
        """
        observations: list[Observation] = []
        observer = self._legible if legible_only else self._observer
        if observer is None:
            return observations
        observer(record, {}, observations)
        return observations if len(observations) < 2 else merge_by_thing(observations)


@cache
def event_type(name: str) -> EventType:
    """Return the current version of the type called `name` (a file of schemas/events).

    Raises ConfigRefusedError for an unknown name.
    """
    path = EVENTS / f"{name}.avsc"
    if not name.isidentifier() or not path.is_file():
        text = ", ".join(sorted(file.stem for file in EVENTS.glob("*.avsc")))
        raise ConfigRefusedError(f"there is no event type {name!r}; there are {text}")
    return EventType(path.read_text(encoding="utf-8"))


@cache
def released_types() -> Mapping[bytes, EventType]:
    """Return the current version of every type, by fingerprint (32 bytes).

    What was released before is in config's EventSchema entries.
    """
    types = (event_type(path.stem) for path in sorted(EVENTS.glob("*.avsc")))
    return {type_.fingerprint: type_ for type_ in types}
