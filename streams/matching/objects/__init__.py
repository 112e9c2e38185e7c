"""Say how surely two records are of one object, or of one way of acting, and why; pure."""

from streams.matching.objects.comparison import (
    MOST_KEYS,
    method_keys,
    object_keys,
    score_objects,
)
from streams.matching.objects.model import ObjectModel, object_model
from streams.matching.objects.reading import method_of, object_of
from streams.matching.objects.record import (
    METHOD_FORMAT,
    OBJECT_FORMAT,
    ObjectMeasure,
    ObjectRecord,
    from_bytes,
    to_bytes,
)

__all__ = [
    "METHOD_FORMAT",
    "MOST_KEYS",
    "OBJECT_FORMAT",
    "ObjectMeasure",
    "ObjectModel",
    "ObjectRecord",
    "from_bytes",
    "method_keys",
    "method_of",
    "object_keys",
    "object_model",
    "object_of",
    "score_objects",
    "to_bytes",
]
