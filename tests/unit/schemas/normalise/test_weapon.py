"""A weapon is serial + make + type, with a calibre that fits; each component counts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.normalise import weapon
from schemas.normalise.weapon import calibre, calibres_fit, make, observe

WEAPON = {
    "kind": "firearm",
    "type": "PISTOL",
    "make": "Bersa",
    "calibre": "9 mm",
    "serial": "A369257",
    "serial_state": "LEGIBLE",
}


def key(**changes: Any) -> list[str]:
    return [thing.value for thing in observe({**WEAPON, **changes})]


def test_a_weapon_is_one_certain_thing_with_its_calibre() -> None:
    (thing,) = observe(WEAPON)
    assert (thing.kind, thing.issuer, thing.value, thing.certainty, thing.traits) == (
        "weapon",
        "",
        "A369257|BERSA|PISTOL",
        "certain",
        {"calibre": "9X19"},
    )


@pytest.mark.parametrize(
    "changes",
    [{"serial": "A369258"}, {"serial": "C369257"}, {"make": "Glock"}, {"type": "REVOLVER"}],
)
def test_another_serial_make_or_type_is_another_weapon(changes: dict[str, str]) -> None:
    assert key(**changes)
    assert key(**changes) != key()


def test_another_calibre_is_the_same_key_with_another_trait() -> None:
    (thing,) = observe({**WEAPON, "calibre": ".380 ACP"})
    assert thing.value == observe(WEAPON)[0].value
    assert thing.traits == {"calibre": "380 ACP"}
    assert not calibres_fit("380 ACP", "9X19")


@pytest.mark.parametrize("calibre_", [None, "", "DESCONOCIDO"])
def test_an_unknown_calibre_is_no_trait(calibre_: str | None) -> None:
    assert observe({**WEAPON, "calibre": calibre_})[0].traits == {}


@pytest.mark.parametrize(
    "changes",
    [
        *(
            {"serial": None},
            {"serial": "S/N"},
            {"make": None},
            {"make": "SIN MARCA"},
            {"type": None},
            {"type": "UNKNOWN"},
            {"kind": "part"},
        ),
        *({"serial_state": "OBLITERATED"}, {"serial_state": "NONE"}),
    ],
)
def test_without_serial_make_or_type_nothing_is_observed(changes: dict[str, Any]) -> None:
    assert key(**changes) == []


def test_a_serial_called_partial_is_only_possible() -> None:
    assert [thing.certainty for thing in observe({**WEAPON, "serial_state": "PARTIAL"})] == [
        "possible"
    ]


def test_unread_positions_give_every_key_it_could_be_as_possible() -> None:
    things = observe({**WEAPON, "serial": "A369?57"})
    assert {thing.certainty for thing in things} == {"possible"}
    assert "A369257|BERSA|PISTOL" in {thing.value for thing in things}
    assert len(things) == 11


@pytest.mark.parametrize(
    ("text", "other"),
    [
        *(
            ("Bersa", "AEI"),
            ("INDUMIL", "IDM"),
            ("CAVIM", "CVM"),
            ("S&W", "Smith & Wesson"),
            ("SMITH AND WESSON", "smith&wesson"),
        ),
        *(
            ("Pietro Beretta", "BERETTA"),
            ("Sturm, Ruger", "Ruger"),
            ("Forjas Taurus", "TAURUS"),
            ("Česká zbrojovka", "CZ"),
        ),
    ],
)
def test_aliases_are_one_make(text: str, other: str) -> None:
    assert make(text) == make(other)


def test_smi_is_not_smith_and_wesson() -> None:
    assert make("SMI") != make("S&W")


def test_a_make_outside_of_the_table_is_itself() -> None:
    assert make("Armería Pérez") == make("ARMERIA PEREZ") == "ARMERIAPEREZ"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        *(
            ("9 mm", "9x19"),
            ("9mm Parabellum", "9 MM LUGER"),
            (".38 SPL", "38 Especial"),
            ("7,62 x 39", "7.62×39mm"),
            ("Cal. 12", "12 GA"),
        ),
        *(
            (".22", "22 LR"),
            (".45 ACP", "45 auto"),
            ("5.56", "5.56x45mm NATO"),
            ("9 corto", "9mm Kurz"),
        ),
    ],
)
def test_aliases_are_one_calibre(text: str, other: str) -> None:
    assert calibre(text) == calibre(other) is not None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("223", "5.56"),
        ("308", "7.62"),
        ("308", "7.62x51"),
        ("380", "9x17"),
        ("9x17", "9mm Kurz"),
        ("380", "9mm Kurz"),
        ("7.62", "7.62x39"),
    ],
)
def test_neighbours_in_the_graph_fit_both_ways(text: str, other: str) -> None:
    a, b = calibre(text), calibre(other)
    assert a and b and a != b
    assert calibres_fit(a, b) and calibres_fit(b, a)


@pytest.mark.parametrize(
    ("text", "other"),
    [("308", "7.62x39"), ("7.62x51", "7.62x39"), ("9x19", "380"), ("38", "9x19"), ("223", "308")],
)
def test_neighbours_of_neighbours_do_not_fit(text: str, other: str) -> None:
    a, b = calibre(text), calibre(other)
    assert a and b and not calibres_fit(a, b)


@given(
    st.text("TKX0123459?-' LIMADO", max_size=12),
    st.sampled_from(["Taurus", "GLOK", "S/N", "", None, "Taurus o Rossi"]),
    st.sampled_from(["PISTOL", "UNKNOWN", None]),
    st.sampled_from([None, "LEGIBLE", "PARTIAL", "OBLITERATED"]),
    st.sampled_from([None, "PT92", "TKX12345"]),
)
def test_a_glance_never_finds_certain_what_a_closer_look_does_not(
    serial_: str, make_: str | None, type_: str | None, state: str | None, model: str | None
) -> None:
    record = {
        "kind": "firearm",
        "serial": serial_,
        "make": make_,
        "type": type_,
        "serial_state": state,
        "model": model,
    }
    if weapon.is_plainly_certain(record):
        assert any(thing.certainty == "certain" for thing in weapon.observe(record))
