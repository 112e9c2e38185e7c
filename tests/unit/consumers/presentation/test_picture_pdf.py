"""The risk picture on paper: two pages, with its moment and its markings on each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from rich.console import Console

from consumers.cli.figure_render import print_table
from consumers.presentation.figure_tables import LEFT_OUT
from consumers.presentation.picture_map import map_svg, shapes, swatch_svg
from consumers.presentation.picture_pdf import LONGEST_TEXT, highest_cells, picture_pdf
from consumers.presentation.picture_tables import (
    cells_table,
    driver_lines,
    levels_table,
    places_table,
)
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.themes import themes
from consumers.query.picture.formula import LEVELS
from consumers.query.picture.picture import Picture
from consumers.query.picture.places import places
from consumers.query.picture.tallies import Tallies
from schemas.i18n import LANGUAGES
from schemas.words import value
from tests.support.pdf_text import page_texts
from tests.support.picture_world import made_up, picture_of


@cache
def dense() -> Tallies:
    """Counts of every place and theme."""
    return made_up(1.0, least=300)


@cache
def pictures() -> dict[tuple[str, str], Picture]:
    """Pictures by name and language: each takes a second to print and to read."""
    return {
        ("empty", "es"): picture_of(Tallies()),
        ("sparse", "en"): picture_of(made_up(0.02)),
        ("dense", "es"): picture_of(dense()),
        ("drugs", "es"): picture_of(dense(), theme="drugs"),
    }


@cache
def printed(name: str, lang: str) -> Sequence[str]:
    """The texts of the pages of a picture."""
    return page_texts(picture_pdf(pictures()[name, lang], lang, [LEFT_OUT]))


def test_it_has_two_pages_that_say_the_moment_and_the_marking() -> None:
    for name, lang in pictures():
        pages = printed(name, lang)
        assert len(pages) == 2
        for page in pages:
            assert page.count("TLP:AMBER · H2 · H3") == 2, "above and below"
            assert "2018-12-03 18:00 UTC" in page
        role = {"es": "Analista", "en": "Analyst"}[lang]
        assert f"ana.rojas · CO/PONAL · {role} · AMBER" in pages[0]
        assert "Avise antes de usar" in pages[1]
        assert LEFT_OUT.in_language(lang) in pages[1]


def test_no_place_is_left_out() -> None:
    for name, lang in (("dense", "es"), ("sparse", "en")):
        page = printed(name, lang)[1].replace(" ", "")
        for place in places():
            words = value(
                "crossing" if place.kind == "crossing" else "subdivision", place.code, lang
            )
            assert words.replace(" ", "") in page, place


def test_one_theme_has_one_map_with_digits() -> None:
    (first, _second) = printed("drugs", "es")
    assert "Drogas" in first
    assert "Armas" not in first


def test_the_same_picture_gives_the_same_bytes() -> None:
    picture = picture_of(made_up(0.3))
    assert picture_pdf(picture, "es") == picture_pdf(picture_of(made_up(0.3)), "es")


def test_an_exercise_says_so_on_each_page() -> None:
    for page in page_texts(picture_pdf(picture_of(Tallies(), exercise="condor"), "es")):
        assert "EJERCICIO condor" in page


def test_a_condition_is_never_cut() -> None:
    conditions = [f"H3: {'condición larga ' * 30}", *(f"H3: regla {n}" for n in range(20))]
    marking = FigureMarking("RED", ["H1", *conditions])
    first, second = page_texts(picture_pdf(picture_of(dense(), marking=marking), "es"))
    assert "TLP:RED · H1 · H3" in first
    assert "condición larga" not in second
    assert "Hay 16 restricciones más: léalas en Quipu" in second
    assert max(map(len, conditions)) > LONGEST_TEXT


def test_levels_differ_without_colour() -> None:
    """Each level has other lines, not only another fill."""
    drawn = {swatch_svg(level).split("/>", 1)[1] for level in (1, 2, 3)}
    assert len(drawn) == 3
    levels = {shape.code: LEVELS[number % 6] for number, shape in enumerate(shapes())}
    svg = map_svg(levels, "map", {})
    assert [f'id="level-{level}"' in svg for level in LEVELS] == [
        False,
        True,
        True,
        True,
        *[False] * 2,
    ]
    digits = [shape for shape in shapes() if levels[shape.code] != "not_enough_data"]
    assert svg.count("<text") == len(digits)
    assert "style=" not in svg, "the page's policy forbids inline styles"
    assert map_svg(levels, "map", {}, is_small=True).count("<text") == 0


def test_tables_have_every_cell_and_every_place() -> None:
    picture = picture_of(made_up(0.3))
    table = cells_table(picture, "es")
    assert len(table.rows) == len(places()) * len(themes())
    stamp = {column.name: text for column, text in table.stamp}
    assert stamp["tlp"] == "AMBER"
    assert stamp["reading"] == "1"
    assert stamp["shown_to"].startswith("ana.rojas")
    assert len(places_table(picture, "es").rows) == len(places())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_terminal_of_80_columns_has_a_line_for_each_row(lang: str) -> None:
    picture = picture_of(dense())
    drugs = replace(picture, cells=[cell for cell in picture.cells if cell.theme == "drugs"])
    narino = replace(picture, cells=[cell for cell in picture.cells if cell.place == "CO-NAR"])
    for table in (
        places_table(picture, lang),
        levels_table(drugs, lang),
        levels_table(narino, lang),
    ):
        console = Console(width=80, record=True, file=io.StringIO())
        print_table(console, table, lang)
        lines = console.export_text().splitlines()
        assert max(map(len, lines)) <= 80
        assert len(lines) < 1.5 * len(table.rows) + 12, "no row is a block of lines"
    assert any("kilogram" in line for line in driver_lines(narino, lang))


def test_tables_of_nothing() -> None:
    assert highest_cells(picture_of(Tallies())) == []
