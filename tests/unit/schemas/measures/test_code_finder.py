"""Free text becomes a code, as officers write it; what is not sure has none."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.scenario import data as scenario_data
from schemas.codes import code_lists
from schemas.measures.code_finder import WHOLE, CodeFinder, finders

SEIZURES = Path(scenario_data.__path__[0]) / "co-seizures-2018.json"
ALIASES = [
    (name, code, alias.removeprefix(WHOLE))
    for name, code_list in code_lists().items()
    for code, aliases in code_list.aliases.items()
    for alias in aliases
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PBC", "cocaine_base"),
        ("Pasta base de cocaína", "cocaine_base"),
        ("BASE DE COCA", "cocaine_base"),
        ("P.B.C. húmeda", "cocaine_base"),
        ("Pasta Básica de Cocaína - lavada", "cocaine_base"),
        ("clorhidrato", "cocaine_hydrochloride"),
        ("Cocaína (clorhidrato) 97 %", "cocaine_hydrochloride"),
        ("Clorhidrato de ketamina", "ketamine"),
        ("cocaína", "cocaine"),
        ("cocaína base y clorhidrato de cocaína", "cocaine"),
        ("Mariguana tipo creepy", "cannabis_creepy"),
        ("canabis sativa (marihuana)", "cannabis"),
        ("hojas de coca", "coca_leaf"),
        ("semillas de marihuana", "cannabis_seed"),
        ("látex de amapola", "opium"),
        ("Amapola", "poppy_plant"),
        ("bazuco", "basuco"),
        ("Tusi (cocaína rosada)", "tusi"),
        ("PASTILLAS DE ÉXTASIS", "mdma"),
    ],
)
def test_drugs_are_found_as_police_write_them(text: str, code: str) -> None:
    assert finders()["drug"].find(text) == code


@pytest.mark.parametrize(
    "text",
    [
        *("", "coca", "sustancia blanca", "cocaína y marihuana", "sin datos", "123"),
        *("harina, prueba negativa para cocaína", "no es marihuana", "cocacola"),
    ],
)
def test_what_is_not_sure_has_no_code(text: str) -> None:
    assert finders()["drug"].find(text) == ""


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("mineral", "ORO AMALGAMADO", "gold"),
        ("mineral", "material aurífero", "gold_ore"),
        ("mineral", "Mercurio (azogue)", "mercury"),
        ("mineral", "concentrado de cobre", "copper_ore"),
        ("mineral", "coltán", "coltan"),
        ("species", "madera aserrada de cedro", "cedar"),
        ("species", "Swietenia macrophylla", "mahogany"),
        ("species", "Shihuahuaco", "tonka"),
        ("species", "2 guacamayos vivos", "macaw"),
        ("species", "perico ligero", "sloth"),
        ("species", "aletas de tiburón", "shark"),
        ("precursor", "Permanganato de Potasio", "potassium_permanganate"),
        ("precursor", "ácido clorhídrico 33 %", "hydrochloric_acid"),
        ("explosive", "cordón detonante", "detonating_cord"),
        ("goods", "Ganado vacuno (12 reses)", "cattle"),
        ("goods", "teléfonos celulares", "mobile_phone"),
        ("cultural_object", "huacos de la cultura Moche", "ceramic"),
        ("crossing", "CEBAF Huaquillas", "huaquillas_aguas_verdes"),
        ("crossing", "Puente Internacional de Rumichaca", "rumichaca"),
    ],
)
def test_other_lists_are_found_too(name: str, text: str, code: str) -> None:
    assert finders()[name].find(text) == code


@pytest.mark.parametrize("name", sorted(finders()))
def test_every_alias_and_word_of_a_list_is_of_one_code(name: str) -> None:
    CodeFinder(code_lists()[name])  # raises where a spelling is of two


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("k 2", "synthetic_cannabinoid"),
        ("12 K 2 (5)", "synthetic_cannabinoid"),
        ("k 3", ""),
        ("k", ""),
        ("2", ""),
    ],
)
def test_an_alias_with_a_number_is_found_and_its_parts_are_not(text: str, code: str) -> None:
    assert finders()["drug"].find(text) == code


def test_a_unit_is_not_the_sign_of_a_metal_that_sounds_like_it() -> None:
    assert finders()["mineral"].find("12 g") == ""


@given(st.sampled_from(ALIASES), st.data())
def test_an_alias_is_found_in_any_case_with_spaces_and_numbers_around(
    alias: tuple[str, str, str], data: st.DataObject
) -> None:
    name, code, text = alias
    written = "".join(
        sign.upper() if data.draw(st.booleans(), label="upper") else sign for sign in text
    )
    before = data.draw(st.sampled_from(["", "  ", "12 ", "(", "- "]), label="before")
    after = data.draw(st.sampled_from(["", ".", ")", " 3", " (5)"]), label="after")
    assert finders()[name].find(f"{before}{written}{after}") == code


def test_an_alias_that_two_codes_have_is_refused() -> None:
    both = code_lists()["drug"]
    aliases = {**both.aliases, "heroin": ["pasta base"]}
    with pytest.raises(ValueError, match="pasta base"):
        CodeFinder(type(both)(both.name, both.words, both.source, both.codes, aliases))


def test_a_thousand_real_seizures_have_a_code() -> None:
    rows = json.loads(SEIZURES.read_text(encoding="utf-8"))
    codes = Counter(finders()["drug"].find(row["clase_de_estupefaciente"]) for row in rows)
    assert codes == {"cocaine_base": 995, "basuco": 5}
