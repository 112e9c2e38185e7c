"""A code may be written by its name in Spanish or English."""

import pytest

from schemas.codes import code_lists
from schemas.words import load_table
from schemas.words.written_codes import codes_with_spanish, find_code


@pytest.mark.parametrize(
    ("list_name", "written", "code"),
    [
        ("role", "analista", "analyst"),
        ("role", "Fiscal", "prosecutor"),
        ("role", "AUDITORA", "auditor"),
        ("country", "Perú", "PE"),
        ("country", "mec", "MEC"),
        ("country", "bolivia", "BO"),
        ("tlp", "ámbar", "AMBER"),
        ("tlp", "Ámbar+estricto", "AMBER+STRICT"),
        ("tlp", "rojo", "RED"),
        ("lane", "urgente", "urgent"),
        ("thing_kind", "teléfono", "phone"),
        ("event_type", "Incautación", "seizure"),
        ("place", "Nariño", "CO-NAR"),
        ("place", "Amazonas", None),
        ("weapon_type", "fusil", "RIFLE"),
        ("document_type", "pasaporte", "passport"),
        ("purpose", "investigación", "investigation"),
        ("verdict", "aceptado", "accepted"),
        ("role", "jefe", None),
        ("role", "", None),
    ],
)
def test_a_name_stands_for_its_code(list_name: str, written: str, code: str | None) -> None:
    assert find_code(list_name, written) == code


def test_every_code_stands_for_itself() -> None:
    for list_name, code_list in code_lists().items():
        for code in code_list.codes:
            assert find_code(list_name, code) == code
            assert find_code(list_name, code.lower(), tuple(code_list.codes)) == code


def test_only_allowed_codes_are_found() -> None:
    assert find_code("country", "Francia", ("CO", "PE")) is None
    assert find_code("period", "mes", ("day", "month")) == "month"
    assert find_code("period", "MONTH", ("day", "month")) == "month"


def test_the_words_of_each_list_lead_to_its_codes() -> None:
    for list_name, words in load_table("option_words").items():
        known = code_lists().get(list_name)
        if isinstance(words, dict) and known is not None and list_name != "country":
            assert set(words.values()) <= known.codes.keys(), list_name


def test_the_roles_are_listed_with_spanish_names_that_stand_for_them() -> None:
    listed = codes_with_spanish("role")
    assert "analyst (analista)" in listed and "prosecutor (fiscal)" in listed
    for entry in listed:
        code, _space, name = entry.partition(" ")
        assert find_code("role", name.strip("()")) == code
