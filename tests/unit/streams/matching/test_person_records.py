"""From a payload to records of persons, and under which keys they meet."""

import json
import tomllib
from pathlib import Path

import pytest

from schemas.normalise.nothing import fold
from streams.matching import (
    BirthDate,
    PersonDocument,
    PersonRecord,
    blocking_keys,
    cannot_be_same,
    from_bytes,
    person_model,
    person_records,
    read_person,
    score,
)
from streams.matching.sound import sound_of

EXAMPLES = Path("schemas/examples")
WHERE = {
    "alert": ["persons[0]"],
    "assistance_request": ["persons[0]"],
    "corruption_link": ["official"],
    "crime_incident": ["persons[0]"],
    "environmental_crime": ["persons[0]"],
    "movement": ["person"],
    "person_notice": ["person"],
    "seizure": ["persons[0]"],
    "smuggling_case": ["persons[0]"],
    "spontaneous_information": ["persons[0]"],
    "suspicious_flow": ["transactions[0].from.person", "transactions[1].from.person"],
    "threat_report": ["persons[0]"],
    "trace_result": ["holder"],
    "trafficking_case": ["persons[0]"],
    "weapon_record": ["possessor"],
}


def test_the_persons_of_every_type_are_found_where_the_example_has_them() -> None:
    paths = {}
    for file in sorted(EXAMPLES.glob("*.json")):
        payload = json.loads(file.read_text(encoding="utf-8"))["payload"]
        if persons := [mention.path for mention in person_records(file.stem, payload)]:
            paths[file.stem] = persons
    assert paths == WHERE


def test_a_notice_is_read_whole() -> None:
    payload = json.loads((EXAMPLES / "person_notice.json").read_text(encoding="utf-8"))["payload"]
    (mention,) = person_records("person_notice", payload)
    record = mention.record
    assert (record.given, record.surnames) == (("EJEMPLO",), ("QUISPE", "PRUEBA"))
    assert record.birth == BirthDate(1985)
    assert record.documents == (PersonDocument("CO", "national_id", "1020304050"),)
    assert record.phones == ("+573005550170",)
    assert (record.sex, record.nationalities, record.birth_place) == ("M", ("CO",), "PASTO")


def test_spellings_of_one_surname_have_one_sound() -> None:
    text = Path("producers/scenario/world/names.toml").read_text(encoding="utf-8")
    differ = [
        (name, spelling)
        for rows in tomllib.loads(text)["surnames"].values()
        for name, _, spellings in rows
        for spelling in spellings
        if sound_of(fold(name)) != sound_of(fold(spelling))
    ]
    assert len(differ) <= 6, differ


def test_names_are_parted_as_they_are_written() -> None:
    whole = {
        "Quispe Mamani, Juan": (("JUAN",), ("QUISPE", "MAMANI"), ()),
        "JUAN QUISPE MAMANI": (("JUAN",), ("QUISPE", "MAMANI"), ()),
        "QUISPE MAMANI JUAN": (("JUAN",), ("QUISPE", "MAMANI"), ()),
        "Juan Carlos de la Cruz Huamán": (("JUAN", "CARLOS"), ("CRUZ", "HUAMAN"), ()),
        "María Quispe Vda. de Rojas": (("MARIA",), ("QUISPE",), ("ROJAS",)),
        "N.N.": ((), (), ()),
        "POR ESTABLECER": ((), (), ()),
    }
    for text, names in whole.items():
        record = read_person({"name": text})
        assert (record.given, record.surnames, record.married) == names, text
    pulido = read_person({"given_names": "Ana", "first_surname": "Pulido"})
    assert pulido.surnames == ("PULIDO",)


def test_damaged_records_of_one_person_share_a_key() -> None:
    written = read_person(
        {
            "given_names": "Juan",
            "first_surname": "Quispe",
            "second_surname": "Huamán",
            "birth_date": "1984-03-07",
        }
    )
    for other in (
        {"given_names": "Juan", "first_surname": "Kispe", "second_surname": "Guaman"},
        {"given_names": "Juan", "first_surname": "Quispe"},
        {"given_names": "Xuan", "first_surname": "Quizpe", "birth_date": "1984-07-03"},
        {"given_names": "Juan", "first_surname": "Huaman", "second_surname": "Quispe"},
        {"name": "QUISPE HUAMAN JUAN"},
    ):
        assert set(blocking_keys(written)) & set(blocking_keys(read_person(other))), other


def test_two_valid_national_numbers_of_one_country_exclude_one_person() -> None:
    def holder(number: str, country: str = "PE", type_: str = "national_id") -> PersonRecord:
        return read_person({"documents": [{"country": country, "type": type_, "number": number}]})

    assert cannot_be_same(holder("40111222"), holder("70999888"))
    assert not cannot_be_same(holder("40111222"), holder("40111222"))
    assert not cannot_be_same(holder("40111222"), holder("70999888", "CO"))
    assert not cannot_be_same(holder("40111222"), holder("AB123456", type_="passport"))


def test_a_twin_is_told_from_a_misspelt_name() -> None:
    ana = {
        "given_names": "Ana",
        "first_surname": "Colque",
        "second_surname": "Ticona",
        "birth_date": "1990-05-17",
        "sex": "F",
        "birth_place": "Oruro",
    }
    misspelt = score(
        read_person(ana), read_person({**ana, "given_names": "Anna", "first_surname": "Qolque"})
    )
    twin = score(read_person(ana), read_person({**ana, "given_names": "Rosa"}))
    assert misspelt.probability > 0.95
    assert twin.probability < 0.5
    assert {feature.name for feature in twin.features if feature.weight < 0} == {
        "given_names",
        "relatives",
    }


def level_and_weight(name: str, a: PersonRecord, b: PersonRecord) -> tuple[str, float]:
    """Return the level of a feature, and its weight without what the rarity of names adds."""
    (level,) = (feature.level for feature in score(a, b).features if feature.name == name)
    return level, person_model().levels[name][level].weight


def test_clerks_leave_out_the_second_name_rather_than_the_first() -> None:
    whole, first, later = (
        read_person({"given_names": names, "first_surname": "Castro"})
        for names in ("José Edwin", "José", "Edwin")
    )
    part, part_later = (level_and_weight("given_names", whole, other) for other in (first, later))
    assert (part[0], part_later[0]) == ("part", "part_later")
    assert part[1] > part_later[1] + 1
    assert level_and_weight("given_names", later, whole) == part_later


def test_a_surname_at_another_place_beside_a_different_one_speaks_against() -> None:
    person, misspelt, other = (
        read_person({"given_names": "Nayeli", "first_surname": first, "second_surname": second})
        for first, second in (("Huallpa", "Cedeño"), ("Huallpa", "Quispe"), ("Quispe", "Guallpa"))
    )
    place, crossed = (level_and_weight("surnames", person, two) for two in (misspelt, other))
    assert (place[0], crossed[0]) == ("one_differs", "one_differs_crossed")
    assert crossed[1] < -3 < place[1]
    assert level_and_weight("surnames", other, person) == crossed


def test_bytes_of_another_format_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        from_bytes(b"\x02\x90")
