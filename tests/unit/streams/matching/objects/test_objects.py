"""Objects and ways of acting that are alike are found, and each says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.event.event_type import released_types
from schemas.examples import example
from streams.linking import BY_KIND
from streams.linking.object_comparers import ObjectComparer
from streams.matching.objects import MOST_KEYS, ObjectMeasure, ObjectRecord, from_bytes, object_of
from streams.matching.objects.terms import centuries_of, in_base_unit, terms_of

AUTOMATIC, POSSIBLE = 0.95, 0.5
PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[4] / "cases" / "object-pairs.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
OBJECTS = ObjectComparer()
TYPES = {"object": "cultural_object", "method": "crime_incident"}

terms = st.lists(st.sampled_from(["plat", "dorad", "nudo", "periform", "1762"]), unique=True)
records = st.builds(
    ObjectRecord,
    st.sampled_from(["", "silverware", "painting"]),
    terms.map(sorted).map(tuple),
    st.dictionaries(
        st.sampled_from(["HEIGHT", "WIDTH", "WEIGHT"]), st.floats(0.1, 1e6), max_size=3
    ).map(lambda values: tuple(ObjectMeasure(name, value) for name, value in values.items())),
    terms.map(sorted).map(tuple),
    terms.map(sorted).map(tuple),
    st.sets(st.integers(15, 21)).map(sorted).map(tuple),
    terms.map(sorted).map(tuple),
)


def read(kind: str, payload: dict[str, Any]) -> ObjectRecord:
    records = BY_KIND[kind].records(TYPES[kind], payload)
    return next(iter(records), ObjectRecord())


def grade(probability: float) -> str:
    if probability >= AUTOMATIC:
        return "same"
    return "possible" if probability >= POSSIBLE else "different"


def keys_of(kind: str, record: ObjectRecord) -> set[str]:
    return set(BY_KIND[kind].keys(record))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["why"])
def test_a_pair_is_judged_as_a_curator_or_an_investigator_does(pair: dict[str, Any]) -> None:
    a, b = read(pair["kind"], pair["a"]), read(pair["kind"], pair["b"])
    result = BY_KIND[pair["kind"]].score(a, b)
    assert grade(result.probability) == pair["expected"], result


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair["expected"] != "different"], ids=lambda p: p["why"]
)
def test_records_of_one_object_meet_in_a_block(pair: dict[str, Any]) -> None:
    kind = pair["kind"]
    assert keys_of(kind, read(kind, pair["a"])) & keys_of(kind, read(kind, pair["b"]))


@given(records, records)
def test_a_score_is_symmetric_and_a_probability(a: ObjectRecord, b: ObjectRecord) -> None:
    result = OBJECTS.score(a, b)
    assert result == OBJECTS.score(b, a)
    assert 0.0 <= result.probability < 1.0


@given(records)
def test_a_packed_record_comes_back_whole(record: ObjectRecord) -> None:
    assert OBJECTS.unpack(OBJECTS.pack(record)) == record
    assert len(OBJECTS.keys(record)) <= MOST_KEYS


@given(records, records)
def test_what_one_record_does_not_say_is_no_reason(a: ObjectRecord, b: ObjectRecord) -> None:
    names = {feature.name for feature in OBJECTS.score(a, ObjectRecord()).features}
    assert names == set()


@given(st.floats(10, 2_000), st.floats(10, 2_000), st.floats(0.975, 1.025))
def test_near_measures_share_a_block(height: float, width: float, error: float) -> None:
    def measured(factor: float) -> ObjectRecord:
        measures = (
            ObjectMeasure("HEIGHT", height * factor),
            ObjectMeasure("WIDTH", width / factor),
        )
        return ObjectRecord("painting", measures=measures)

    keys, others = OBJECTS.keys(measured(1.0)), OBJECTS.keys(measured(error))
    assert set(keys) & set(others)


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        from_bytes(b"\x01abc")


def test_only_types_that_describe_an_object_have_one() -> None:
    with_object = [
        name
        for name in (kind.name for kind in released_types().values())
        if object_of(name, example(name).payload) is not None
    ]
    assert with_object == ["cultural_object"]


@pytest.mark.parametrize(
    ("period", "centuries"),
    [
        ("siglo XVIII", (18,)),
        ("s. XVI-XVII", (16, 17)),
        ("Siglos XVII a XIX", (17, 18, 19)),
        ("1762", (18,)),
        ("época colonial", ()),
        ("", ()),
    ],
)
def test_a_period_names_centuries(period: str, centuries: tuple[int, ...]) -> None:
    assert centuries_of(period) == centuries


def test_measures_of_all_units_are_comparable() -> None:
    assert in_base_unit("HEIGHT", 10, "in") == 254.0
    assert in_base_unit("WEIGHT", 2, "lb") == 907.185
    assert in_base_unit("WEIGHT", 2, "cm") is None
    assert in_base_unit("HEIGHT", 0, "cm") is None


def test_gender_and_number_make_no_difference() -> None:
    assert terms_of(["Copas doradas"]) == terms_of(["copa dorado"])
