"""Keep what events observed on a thing: one row of state for each event, its observations in it."""

from msgspec import Struct

from schemas.avro.log_records import ObservationRecord, ObservationsRecord
from schemas.model import Certainty, ObservationOp
from schemas.release.label_table import label_of
from streams.folding.packing import Packing


class StoredObservation(Struct, frozen=True, array_like=True):
    """An observation of an event on a thing, with the position of the bundle that caused it."""

    appended_at: int
    topic: str
    partition: int
    offset: int
    op: ObservationOp
    index: int
    certainty: Certainty
    type: str
    country: str
    label: bytes | None
    occurred: int | None
    subdivision: str | None
    traits: dict[str, str]

    @property
    def position(self) -> tuple[int, str, int, int, int]:
        """Give its place in the log, which orders observations."""
        return self.appended_at, self.topic, self.partition, self.offset, self.index


OBSERVATIONS = Packing[list[StoredObservation]](list[StoredObservation])
"""Of one event on one thing, by position."""


def stored_observation(
    message: ObservationsRecord, observation: ObservationRecord
) -> StoredObservation:
    """Take an observation out of its message.

    Raises BrokenFormatError for an index that the message has no label for.
    """
    return StoredObservation(
        message["appended_at"],
        message["topic"],
        message["partition"],
        message["offset"],
        observation["op"],
        observation["index"],
        observation["certainty"],
        observation["type"],
        observation["country"],
        label_of(message["labels"], observation),
        observation["occurred"],
        observation["subdivision"],
        observation["traits"],
    )
