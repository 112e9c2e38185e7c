"""The page of the risk picture: a map that needs no colour and no script, and a table under it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.access.caller import Caller, Way
from consumers.console.picture_model import highest_levels, page_address, picture_values
from consumers.console.rendering import PageContext
from consumers.console.session import visitor
from consumers.identity.scopes import Scope
from consumers.presentation.picture_tables import cells_table
from consumers.presentation.picture_words import level_mark
from consumers.query.picture.picture import Driver, FormerCell, Picture, PictureQuestion
from consumers.query.picture.places import places
from consumers.query.picture.tallies import Tallies
from consumers.query.views import to_epoch_ms
from schemas.i18n import LANGUAGES
from tests.support.identity import analyst
from tests.support.picture_world import MOMENT, made_up, picture_of


def page_of(lang: str, path: str = "/picture") -> PageContext:
    """A page of a signed-in analyst."""
    account = analyst(roles=frozenset({"analyst"}))
    caller = Caller(account, Way.SESSION, frozenset(Scope), "f" * 64)
    return PageContext(visitor(caller, {}, lang, "es"), path, {}, None)


def rendered(picture: Picture, question: PictureQuestion, lang: str = "es") -> str:
    page = page_of(lang)
    values = picture_values(picture, question, page)
    shown = page.render("picture.html", **values, formats=["csv", "pdf"], sees_content=True)
    return bytes(shown.body).decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_a_map_and_every_place_in_its_table(lang: str) -> None:
    html = rendered(picture_of(made_up(0.4)), PictureQuestion(), lang)
    assert html.count('<tr><th scope="row">') == len(places())
    assert html.count("<svg") == 1 + 6, "the map and its legend"
    assert "TLP:AMBER" in html
    assert "Avise antes de usar" in html
    assert "style=" not in html, "the page's policy forbids inline styles"
    assert ("sin datos suficientes" if lang == "es" else "not enough data") in html


def test_one_theme_shows_what_stands_behind_each_level() -> None:
    picture = picture_of(made_up(1.0, least=100), theme="drugs")
    html = rendered(picture, PictureQuestion(theme="drugs"))
    assert html.count('<tr><th scope="row">') == len(places())
    assert "kilogramos en 12 meses" in html
    assert 'href="/figures/totals?measure=mass' in html


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/v1/indicators/7?as_of=x", "/indicators/7?as_of=x"),
        ("/v1/figures/bursts/7", "/bursts/7"),
        (
            "/v1/figures/totals?measure=mass&until=2018-12-02",
            "/figures/totals?measure=mass&until=2018-12-01",
        ),
        ("https://elsewhere.example/", ""),
    ],
)
def test_a_driver_is_looked_up_on_the_page_where_the_last_day_counts(
    link: str, address: str
) -> None:
    assert page_address(Driver("records", {}, link)) == address


def test_a_former_picture_stands_next_to_this_one() -> None:
    picture = picture_of(made_up(1.0, least=100), theme="drugs")
    first = replace(picture.cells[0], level=2, trend="steady")
    cells = [replace(first, former=FormerCell(1, "steady", 10, 0)), *picture.cells[1:]]
    compared = replace(picture, cells=cells, changed_since=MOMENT)
    html = rendered(compared, PictureQuestion(theme="drugs"))
    assert "Nivel antes" in html and "1 bajo" in html
    assert level_mark(cells[0]) == "1→2"
    table = cells_table(compared, "es")
    names = [column.name for column in table.columns]
    assert table.rows[0][names.index("former_level")] == "1"
    assert table.rows[0][names.index("records_before")] == 10


def test_nothing_recorded_is_said_of_every_place() -> None:
    picture = picture_of(Tallies())
    assert set(highest_levels(picture).values()) == {"not_enough_data"}
    assert rendered(picture, PictureQuestion()).count(">–</td>") == len(places()) * 9


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_without_levels_says_what_to_do(lang: str) -> None:
    empty, whole = (
        rendered(picture_of(tallies), PictureQuestion(until=to_epoch_ms(MOMENT)), lang)
        for tallies in (Tallies(), made_up(1.0, least=100))
    )
    sentence = "Ningún lugar tiene registros" if lang == "es" else "No place has enough records"
    assert sentence in empty
    assert sentence not in whole
    assert 'name="until" value="2018-12-03"' in whole
    assert "--until 2018-12-03" in whole


def test_text_of_a_record_stays_text() -> None:
    picture = picture_of(made_up(1.0, least=100), theme="arms")
    hostile = Driver("findings", {"es": "<script>x</script>", "en": ""}, "javascript:alert(1)")
    cells = [cell for cell in picture.cells if cell.theme == "arms"]
    for cell in cells:
        cell.drivers[:] = [hostile]
    html = rendered(picture, PictureQuestion(theme="arms"))
    assert "<script>x" not in html
    assert "javascript:" not in html
    assert page_address(Driver("findings", {}, "/v1/indicators/9")) == "/indicators/9"
