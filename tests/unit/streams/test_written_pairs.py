"""Pairs of records of two countries, written as officers write them: through mapping, readers and
the pure line all true ones are found, and no certain finding is false.
"""

from collections import Counter

from producers.model import MappedRow
from tests.support.signed_bundles import (
    MECHANISM_READER,
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    ecuador,
)
from tests.support.written_pairs import (
    KINDS,
    FoundPair,
    differences,
    mapping_of_pairs,
    rows_of_pairs,
)

BUNDLE = 20


def items_of(node: Node) -> list[Item]:
    """Map the records of a country."""
    items, mappings = [], mapping_of_pairs().mappings
    for line, row in enumerate(rows_of_pairs(), start=2):
        if row["NODE"] == node.name:
            (mapping,) = [known for known in mappings if known.takes(row)]
            mapped = mapping.apply(row, line)
            assert isinstance(mapped, MappedRow), mapped
            assert mapped.reference is not None
            payload = {**mapped.payload, "source_reference": mapped.reference}
            items.append(Item(mapping.type, mapped.reference, payload))
    return items


def found_pairs() -> list[FoundPair]:
    """Publish all records in one exchange, and give what it finds."""
    nodes = colombia(), ecuador()
    world = ExchangeBuilder(*nodes)
    pair_of: dict[bytes, str] = {}
    for node in nodes:
        items = items_of(node)
        pair_of |= {node.id_of(item): item.reference for item in items}
        for start in range(0, len(items), BUNDLE):
            world.publish(node, *items[start : start + BUNDLE])
    return [
        FoundPair(
            indicator.grade, frozenset(pair_of[piece.row.event_id] for piece in indicator.evidence)
        )
        for indicator in world.run().indicators(MECHANISM_READER)
    ]


def test_all_true_pairs_are_found_and_no_certain_finding_is_false() -> None:
    assert differences(found_pairs()) == []


def test_each_kind_has_at_least_ten_true_and_ten_false_pairs() -> None:
    first = [row for row in rows_of_pairs() if row["NODE"] == "co-ponal"]
    true = Counter(row["KIND"] for row in first if row["EXPECTED"] in ("certain", "possible"))
    false = Counter(row["KIND"] for row in first if row["EXPECTED"] in ("none", "uncertain"))
    assert set(true) == set(false) == KINDS
    assert min(true.values()) >= 10
    assert min(false.values()) >= 10
