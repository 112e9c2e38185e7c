"""Quantities become base units, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import code_lists
from schemas.measures.units import DECIMALS, LARGEST, MONEY, UNITS, to_amount

QUANTITIES = st.floats(0, 1e9, allow_nan=False).map(lambda quantity: round(quantity, 3))


def test_every_unit_of_the_code_list_measures_something() -> None:
    assert UNITS.keys() | {MONEY} == set(code_lists()["unit"].codes)


@pytest.mark.parametrize(
    ("quantity", "unit", "amount"),
    [
        (18250.0, "g", "18.25"),
        (0.1, "kg", "0.1"),
        (1.5, "t", "1500"),
        (3, "mg", "0.000003"),
        (2.0, "lb", "0.907185"),
        (1.0, "ozt", "0.031103"),
        (500.0, "ml", "0.5"),
        (2.0, "m3", "2000"),
        (10.0, "gal", "37.854118"),
        (1.0, "ha", "10000"),
        (40.0, "package", "40"),
    ],
)
def test_quantities_become_base_units(quantity: float, unit: str, amount: str) -> None:
    assert to_amount(quantity, UNITS[unit].factor) == Decimal(amount)


@pytest.mark.parametrize("quantity", [-1.0, float("nan"), float("inf"), 1e30, 1e300])
def test_what_is_no_amount_is_none(quantity: float) -> None:
    assert to_amount(quantity, UNITS["kg"].factor) is None


@given(QUANTITIES)
def test_grams_and_kilograms_of_one_quantity_agree(quantity: float) -> None:
    kilograms = to_amount(quantity, UNITS["kg"].factor)
    tonnes = to_amount(quantity, UNITS["t"].factor)
    assert kilograms is not None and tonnes == kilograms * 1000
    assert kilograms == Decimal(repr(quantity))


@given(st.lists(QUANTITIES, min_size=2, max_size=30))
def test_a_sum_does_not_depend_on_the_order(quantities: list[float]) -> None:
    amounts = [to_amount(quantity, UNITS["g"].factor) or Decimal(0) for quantity in quantities]
    assert sum(amounts) == sum(reversed(amounts)) == sum(sorted(amounts))


def test_ten_million_of_the_largest_amounts_still_fit_the_store() -> None:
    digits = len(str(int(LARGEST * 10_000_000 / DECIMALS)))
    assert digits <= 38
