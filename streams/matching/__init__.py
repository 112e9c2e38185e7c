"""Say how surely two records are of one person, and why; pure.

`person_records` reads a payload, `blocking_keys` says where two records meet, `score` compares
them, `cannot_be_same` excludes. `to_bytes` and `from_bytes` pack a record.
"""

from streams.matching.blocking import MOST_KEYS, blocking_keys
from streams.matching.mentions import NamedPerson, person_records, read_person
from streams.matching.model import MatchModel, person_model, read_model
from streams.matching.person_comparison import cannot_be_same
from streams.matching.record import (
    BirthDate,
    PersonDocument,
    PersonRecord,
    from_bytes,
    to_bytes,
)
from streams.matching.score import Feature, PairScore, score

__all__ = [
    "MOST_KEYS",
    "BirthDate",
    "Feature",
    "MatchModel",
    "NamedPerson",
    "PairScore",
    "PersonDocument",
    "PersonRecord",
    "blocking_keys",
    "cannot_be_same",
    "from_bytes",
    "person_model",
    "person_records",
    "read_model",
    "read_person",
    "score",
    "to_bytes",
]
