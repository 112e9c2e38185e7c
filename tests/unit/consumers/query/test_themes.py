"""The themes of the plan: every crime code and every type has its place in the file."""

from __future__ import annotations

import tomllib

import pytest

from consumers.query.figures.dimensions import ENVELOPE_DIMENSIONS
from consumers.query.figures.themes import FILE, theme_of, themes
from schemas.codes import code_lists
from schemas.event.event_type import EVENTS
from tests.support.fact_world import THEMES

DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))


def test_every_crime_is_in_one_theme_or_named_as_in_none() -> None:
    named = [code for codes in DATA["crimes"].values() for code in codes]
    assert sorted(named) == sorted(code_lists()["crime"].codes), "each once"
    assert [*DATA["crimes"]] == [*themes(), "none"]


def test_every_type_that_has_a_theme_exists() -> None:
    named = [type_ for types in DATA["types"].values() for type_ in types]
    assert set(named) <= {path.stem for path in EVENTS.glob("*.avsc")}
    assert len(named) == len(set(named))
    assert set(DATA["types"]) <= set(themes())


@pytest.mark.parametrize(
    ("type_", "crime", "theme"),
    [
        ("seizure", "0601", "drugs"),
        ("seizure", "0401", ""),
        ("seizure", "0000", ""),
        ("seizure", "9999", ""),
        ("weapon_record", "0401", "arms"),
        ("suspicious_flow", "0601", "laundering"),
        ("crime_incident", "10043", "environment"),
    ],
)
def test_the_type_decides_before_the_crime(type_: str, crime: str, theme: str) -> None:
    assert theme_of(type_, crime) == theme


def test_the_oracle_of_figures_has_the_same_themes() -> None:
    assert {name: theme_of(name, name) for name in THEMES} == THEMES
    assert "theme" in ENVELOPE_DIMENSIONS
