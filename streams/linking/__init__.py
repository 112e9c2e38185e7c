"""Turn what records are compared by into links between events (pure).

A `Comparer` reads and scores records of one kind: persons, objects, ways of acting.
`comparison_rows` seals what an event is compared by, one row for each partition of blocking keys.
`LinkFold` compares the records that meet in a block and writes their links.
"""

from streams.linking.comparer import LINK_FROM, Comparer, RecordComparison
from streams.linking.comparers import BY_KIND, comparers_of, packed_records
from streams.linking.comparison_rows import PERSONS, SealedItemRef, comparison_rows
from streams.linking.link_fold import EventKeys, LinkFold
from streams.linking.parsed_rows import SealedRef, parse_rows, sealed_refs

__all__ = [
    "BY_KIND",
    "LINK_FROM",
    "PERSONS",
    "Comparer",
    "EventKeys",
    "LinkFold",
    "RecordComparison",
    "SealedItemRef",
    "SealedRef",
    "comparers_of",
    "comparison_rows",
    "packed_records",
    "parse_rows",
    "sealed_refs",
]
