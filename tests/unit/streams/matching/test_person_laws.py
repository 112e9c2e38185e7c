"""Laws of the scorer: symmetric, bounded, repeatable; what is missing says nothing."""

from hypothesis import example, given
from hypothesis import strategies as st

from streams.matching import (
    MOST_KEYS,
    BirthDate,
    PersonDocument,
    PersonRecord,
    blocking_keys,
    cannot_be_same,
    from_bytes,
    person_model,
    score,
    to_bytes,
)
from streams.matching.score import EVEN, probability_of, score_from

GIVEN = st.sampled_from(
    ["JUAN", "JHON", "JOSE", "PEPE", "MARIA", "J", "CARLOS", "KARLOS", "LUIS", "LUCHO", "NAYELI"]
)
SURNAME = st.sampled_from(
    [
        "QUISPE",
        "KISPE",
        "MAMANI",
        "MAMANY",
        "HUAMAN",
        "GUAMAN",
        "ROJAS",
        "ROXAS",
        "JUAN",
        "CRUZ",
        "VACA",
        "BACA",
    ]
)


def words(of: st.SearchStrategy[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of, max_size=most).map(tuple)


births = st.builds(BirthDate, st.integers(1980, 1983), st.integers(0, 12), st.integers(0, 28))
documents = st.builds(
    PersonDocument,
    st.sampled_from(["PE", "CO"]),
    st.sampled_from(["national_id", "passport"]),
    st.sampled_from(["10111222", "10111223", "40555666"]),
    st.booleans(),
    st.booleans(),
)
FIELDS = {
    "given": words(GIVEN, 3),
    "surnames": words(SURNAME, 3),
    "married": words(SURNAME, 1),
    "aliases": words(st.sampled_from(["GORDO", "CHINO"]), 2),
    "guessed": st.booleans(),
    "birth": st.none() | births,
    "sex": st.sampled_from(["", "F", "M"]),
    "nationalities": words(st.sampled_from(["BO", "PE"]), 2),
    "birth_place": st.sampled_from(["", "PUNO", "JULIACA PUNO", "LIMA"]),
    "documents": st.lists(documents, max_size=2).map(tuple),
    "phones": words(st.sampled_from(["+51987654321", "+59171234567"]), 2),
}
persons = st.builds(PersonRecord, **FIELDS)
NAMES = {"given", "surnames", "married", "guessed"}
OF_FIELD = {
    "birth": "birth",
    "sex": "sex",
    "nationalities": "nationality",
    "birth_place": "birth_place",
    "documents": "document",
    "phones": "phone",
    "aliases": "alias",
}


@example(
    PersonRecord(("JUAN", "JUAN", "JUAN"), ("JUAN", "GUAMAN"), married=("QUISPE",), guessed=True),
    PersonRecord(("JHON", "JHON", "JOSE"), ("QUISPE", "HUAMAN"), guessed=True),
)
@given(persons, persons)
def test_a_score_is_symmetric_and_bounded_and_its_features_add_up(
    a: PersonRecord, b: PersonRecord
) -> None:
    result = score(a, b)
    assert result == score(b, a)
    assert 0.0 < result.probability < 1.0
    assert abs(person_model().prior + sum(f.weight for f in result.features) - result.weight) < 0.06
    assert cannot_be_same(a, b) == cannot_be_same(b, a)


@given(persons, persons, st.sampled_from(sorted(OF_FIELD)))
def test_a_field_that_one_record_lacks_makes_no_feature_and_changes_no_other(
    a: PersonRecord, b: PersonRecord, field: str
) -> None:
    without = PersonRecord(**{name: getattr(a, name) for name in FIELDS if name != field})
    features = {f.name: f for f in score(without, b).features if f.name != "relatives"}
    assert OF_FIELD[field] not in features
    before = {
        f.name: f for f in score(a, b).features if f.name not in {"relatives", OF_FIELD[field]}
    }
    assert features == before


@given(persons)
def test_packed_bytes_give_the_record_again(person: PersonRecord) -> None:
    assert from_bytes(to_bytes(person)) == person


@given(persons)
def test_blocking_keys_are_few_distinct_and_the_same_for_day_and_month_swapped(
    person: PersonRecord,
) -> None:
    keys = blocking_keys(person)
    assert len(keys) == len(set(keys)) <= MOST_KEYS
    birth = person.birth
    if birth is not None and birth.day and birth.month and birth.day <= 12:
        swapped = BirthDate(birth.year, birth.day, birth.month)
        other = PersonRecord(**{**{n: getattr(person, n) for n in FIELDS}, "birth": swapped})
        assert set(blocking_keys(other)) == set(keys)


@given(persons, persons, st.floats(0, 3))
def test_no_pair_that_has_the_odds_asked_for_is_left_unscored(
    a: PersonRecord, b: PersonRecord, more: float
) -> None:
    whole = score(a, b)
    assert score_from(a, b, person_model(), whole.weight - more) == whole


def test_no_pair_that_is_as_likely_as_not_is_left_unscored() -> None:
    assert probability_of(EVEN) < 0.5
