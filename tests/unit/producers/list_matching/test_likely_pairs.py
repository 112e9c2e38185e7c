"""Leaving pairs out early, and keys in files, change nothing of what is found."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from producers.list_matching.coded_lists import CodedLists, code_lists
from producers.list_matching.field_kinds import FieldKind, ListField
from producers.list_matching.learning import Weights, sum_bits, taken_by_household
from producers.list_matching.likely_pairs import LikelyPairs, _rarity
from producers.list_matching.pair_blocks import PairRule, pairs_of
from producers.list_matching.pair_levels import (
    SAME,
    compare_pairs,
    level_count,
    look_at_pairs,
)
from producers.list_matching.sorted_keys import SortedKeys

KINDS = (FieldKind.GIVEN_NAMES, FieldKind.SURNAMES, FieldKind.DATE, FieldKind.NUMBER)
VALUES = (
    ("", "JUAN", "JUANA", "ROSA", "QUISPE"),
    ("", "QUISPE", "QUISPI", "JUAN", "ROJAS"),
    ("", "1984-03-07", "1984-07-03", "1984-03-08", "1960-01-01"),
    ("", "4012", "4013", "9999", "77777"),
)
ROWS = st.lists(st.tuples(*(st.sampled_from(values) for values in VALUES)), min_size=2, max_size=12)
BITS = st.floats(-12, 12)


def lists_of(rows: list[tuple[str, ...]]) -> CodedLists:
    names = [kind.value for kind in KINDS]
    columns = {
        name: pa.chunked_array([pa.array([row[at] for row in rows], pa.string())])
        for at, name in enumerate(names)
    }
    ids = pa.array([str(at) for at in range(len(rows))])
    fields = [ListField(kind.value, kind, (kind.value,), (kind.value,)) for kind in KINDS]
    return code_lists(fields, (ids, ids), (columns, columns), True)


@given(rows=ROWS, least=st.sampled_from([0.1, 0.5, 0.95]), data=st.data())
def test_pairs_left_out_early_are_below_the_threshold(
    rows: list[tuple[str, ...]], least: float, data: st.DataObject
) -> None:
    lists = lists_of(rows)
    sizes = [level_count(coded) for coded in lists.fields]
    tables = [
        [np.array(data.draw(st.lists(BITS, min_size=size, max_size=size))) for size in sizes]
        for _ in range(2)
    ]
    weights = Weights(tables[0], tables[1], (data.draw(BITS), data.draw(BITS)))
    a, b = np.triu_indices(len(rows), 1)
    levels = np.stack(compare_pairs(lists, a, b), axis=1)
    person = weights.odds[0] + sum_bits(levels, weights.person)
    household = weights.odds[1] + sum_bits(levels, weights.household)
    for field, coded in enumerate(lists.fields):
        rarity = np.where(levels[:, field] == SAME, _rarity(coded)[coded.a[a]], 0.0)
        person += rarity
        household += 0.0 if coded.field.is_own else rarity
    odds = person - taken_by_household(household)
    threshold = np.log2(least / (1 - least))
    clear = np.abs(odds - threshold) > 1e-6
    true_pairs = {pair for pair in zip(a[clear], b[clear], strict=True) if pair in set(
        zip(a[odds >= threshold], b[odds >= threshold], strict=True))}  # fmt: skip
    looks = np.stack(look_at_pairs(lists, a, b), axis=1)
    found_pairs = {
        pair
        for piece in LikelyPairs(lists, weights, least).find(a, b, looks)
        for pair in zip(piece.rows_a, piece.rows_b, strict=True)
    }
    assert found_pairs & set(zip(a[clear], b[clear], strict=True)) == true_pairs


@given(rows=ROWS)
def test_rules_bring_each_pair_once_that_shares_a_block(rows: list[tuple[str, ...]]) -> None:
    lists = lists_of(rows)
    rules = [PairRule((0, 1)), PairRule((2,)), PairRule((3,))]
    pieces = [*pairs_of(lists, rules)]
    pairs = [pair for a, b in pieces for pair in zip(a.tolist(), b.tolist(), strict=True)]
    true_pairs = {
        (a, b)
        for b in range(len(rows))
        for a in range(b)
        for rule in rules
        if all(
            coded.a[a] and coded.a[b] and coded.blocks[coded.a[a]] == coded.blocks[coded.a[b]]
            for coded in (lists.fields[place] for place in rule.fields)
        )
    }
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == true_pairs


@given(
    keys=st.lists(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=3, max_size=3), min_size=1)
)
def test_keys_in_files_are_found_as_keys_in_memory(keys: list[list[int]]) -> None:
    with TemporaryDirectory() as folder:
        index = SortedKeys(Path(folder))
        half = len(keys) // 2
        for start, part in ((0, keys[:half]), (half, keys[half:])):
            if part:
                index.add(start, np.array(part, dtype=np.int64))
        index.finish()
        distinct_keys = np.array([key for row in keys for key in row if key] or [1], dtype=np.int64)
        low, width = index.find(distinct_keys)
        for key, first, count in zip(
            distinct_keys.tolist(), low.tolist(), width.tolist(), strict=True
        ):
            places = np.arange(first, first + count)
            rows = sorted(at for at, row in enumerate(keys) for own in row if own == key)
            assert index.row_at(places).tolist() == rows
