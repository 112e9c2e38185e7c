"""Say how records of persons are brought together in blocks, and compared in pairs."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.topics import LINKS_FORM
from streams.linking.comparer import Comparer, Payload
from streams.matching import (
    PairScore,
    PersonRecord,
    blocking_keys,
    cannot_be_same,
    from_bytes,
    person_model,
    person_records,
    score,
    to_bytes,
)
from streams.matching.record import FORMAT
from streams.matching.score import EVEN, score_from


class PersonComparer(Comparer[PersonRecord]):
    """Compares persons by names, birth, documents and what else is written of them."""

    kind = "person"
    format_byte = FORMAT
    caps = {"d": 64, "p": 64, "t": 16, "b": 8, "n": 4}  # noqa: RUF012
    """A document may be shown often. Two words of a name, which many share, name nobody."""
    since_form = LINKS_FORM

    @property
    def version(self) -> str:
        """The version of the model."""
        return person_model().version

    def records(self, event_type: str, payload: Payload) -> Sequence[PersonRecord]:
        """Read the persons of an event."""
        return [named.record for named in person_records(event_type, payload)]

    def keys(self, record: PersonRecord) -> Sequence[str]:
        """Give the keys of sounds of names, days of birth, documents and telephones."""
        return blocking_keys(record)

    def pack(self, record: PersonRecord) -> bytes:
        """Pack a person, as all releases do."""
        return to_bytes(record)

    def unpack(self, packed: bytes) -> PersonRecord:
        """Unpack a person. Raises ValueError."""
        return from_bytes(packed)

    def score(self, first: PersonRecord, second: PersonRecord) -> PairScore:
        """Score two persons under the model of this release."""
        return score(first, second, person_model())

    def link_score(self, first: PersonRecord, second: PersonRecord) -> PairScore | None:
        """Score two persons as `score` does, unless the odds are below even."""
        return score_from(first, second, person_model(), EVEN)

    def cannot_be_same(self, first: PersonRecord, second: PersonRecord) -> bool:
        """Say whether two valid different numbers of one country exclude it."""
        return cannot_be_same(first, second)
