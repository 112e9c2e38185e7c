"""What is remembered of dimensions is what reading them again would give."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.measures.dimension_reader import (
    KNOWN,
    NOTHING_ABOVE,
    DimensionField,
    DimensionReader,
    Dimensions,
)
from schemas.measures.dimensions import LONGEST_CACHED, reader_of

WORDS = st.none() | st.sampled_from(["", "CO", "banco", "Banco Andino", "río", "n/a", "zzz"])
RECORDS = st.fixed_dictionaries(
    {
        "river": WORDS,
        "owner": st.none()
        | st.fixed_dictionaries(
            {"kind": st.sampled_from(["", "bank", "boat", "?"]), "name": WORDS, "country": WORDS}
        ),
    }
)
INNER = st.lists(RECORDS, max_size=4)


def new_reader() -> DimensionReader:
    by_kind = {
        "bank": ("institution", reader_of("institution"), False),
        "boat": ("make", reader_of("make"), True),
    }
    return DimensionReader(
        [
            DimensionField((), "river", "", {"": ("river", reader_of("river"), True)}, ()),
            DimensionField(("owner",), "name", "kind", by_kind, ("country",)),
        ]
    )


def read_all(outer: DimensionReader, inner: DimensionReader, record: Any) -> list[Any]:
    dimensions, lacks_code = outer.read(record, NOTHING_ABOVE)
    inside = [inner.read(part, dimensions) for part in record["inside"]]
    return [(list(values.items()), lacks) for values, lacks in [(dimensions, lacks_code), *inside]]


@given(st.lists(st.tuples(RECORDS, INNER), max_size=12))
def test_a_reader_that_remembers_reads_as_a_new_one(records: list[tuple[Any, Any]]) -> None:
    outer, inner = new_reader(), new_reader()
    for record, inside in records:
        whole = {**record, "inside": inside}
        assert read_all(outer, inner, whole) == read_all(new_reader(), new_reader(), whole)


def test_equal_words_give_the_same_dimensions_and_long_ones_are_not_remembered() -> None:
    reader = new_reader()

    def read(river: str) -> Dimensions:
        return reader.read({"river": river, "owner": None}, NOTHING_ABOVE)[0]

    assert read("Caquetá") is read("Caquetá")
    story = "a" * (LONGEST_CACHED + 1)
    assert read(story) is not read(story)


def test_a_reader_forgets_before_it_fills_the_memory() -> None:
    reader = new_reader()
    for number in range(KNOWN + 1):
        reader.read({"river": f"river {number}", "owner": None}, NOTHING_ABOVE)
    assert len(reader._known) == 1


def test_a_record_that_lacks_a_field_is_read_as_if_it_were_empty() -> None:
    sparse = {"owner": {"kind": "bank", "name": "Banco Andino"}}
    full = {"river": None, "owner": {**sparse["owner"], "country": None}}
    assert new_reader().read(sparse, NOTHING_ABOVE) == new_reader().read(full, NOTHING_ABOVE)
