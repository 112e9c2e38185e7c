"""Compare what is described in fields and free text: cultural objects, and ways of acting."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from schemas.topics import OBJECTS_FORM
from streams.linking.comparer import Comparer, Payload
from streams.matching import PairScore
from streams.matching.objects import (
    METHOD_FORMAT,
    OBJECT_FORMAT,
    ObjectModel,
    ObjectRecord,
    from_bytes,
    method_keys,
    method_of,
    object_keys,
    object_model,
    object_of,
    score_objects,
    to_bytes,
)

_MANY = 16


class DescribedComparer(Comparer[ObjectRecord]):
    """Compares what is described. A subclass says what it reads, and under which keys."""

    since_form = OBJECTS_FORM
    model: ClassVar[ObjectModel]
    """Its model file: the weights of the fields, and how common a term is."""

    @abstractmethod
    def record_of(self, event_type: str, payload: Payload) -> ObjectRecord | None:
        """Read what an event describes; None where it describes nothing."""

    @property
    def version(self) -> str:
        """The version of the model."""
        return self.model.version

    def records(self, event_type: str, payload: Payload) -> Sequence[ObjectRecord]:
        """Read the one record of an event, if it has any."""
        record = self.record_of(event_type, payload)
        return [] if record is None else [record]

    def pack(self, record: ObjectRecord) -> bytes:
        """Pack a record after the byte of this comparer."""
        return to_bytes(record, self.format_byte)

    def unpack(self, packed: bytes) -> ObjectRecord:
        """Unpack a record. Raises ValueError."""
        return from_bytes(packed, self.format_byte)

    def score(self, first: ObjectRecord, second: ObjectRecord) -> PairScore:
        """Score two records under the model of this comparer."""
        return score_objects(first, second, self.model)


class ObjectComparer(DescribedComparer):
    """Compares cultural objects by the fields of Object ID."""

    kind = "object"
    format_byte = OBJECT_FORMAT
    caps = {"i": 64, "m": _MANY, "w": _MANY}  # noqa: RUF012
    """An inscription may be catalogued often; what a collection has much of names no object."""
    model = object_model("object_model")

    def record_of(self, event_type: str, payload: Payload) -> ObjectRecord | None:
        """Read the cultural object of an event of this type."""
        return object_of(event_type, payload)

    def keys(self, record: ObjectRecord) -> Sequence[str]:
        """Give the keys of inscriptions, measures and rare terms."""
        return object_keys(record, self.model)


class MethodComparer(DescribedComparer):
    """Compares ways of acting by their rare words."""

    kind = "method"
    format_byte = METHOD_FORMAT
    caps = {"a": _MANY}  # noqa: RUF012
    model = object_model("method_model")

    def record_of(self, event_type: str, payload: Payload) -> ObjectRecord | None:
        """Read how a crime was committed."""
        return method_of(event_type, payload)

    def keys(self, record: ObjectRecord) -> Sequence[str]:
        """Give the keys of rare terms."""
        return method_keys(record, self.model)
