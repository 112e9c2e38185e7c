"""The page of the risk picture: a map that needs no colour and no script, and a table under it."""

from __future__ import annotations

import pytest

from consumers.access.caller import Caller, Way
from consumers.console.picture_model import highest_levels, page_address, picture_values
from consumers.console.rendering import PageContext
from consumers.console.session import visitor
from consumers.identity.scopes import Scope
from consumers.query.picture.picture import Driver, Picture, PictureQuestion
from consumers.query.picture.places import places
from consumers.query.picture.tallies import Tallies
from consumers.query.views import to_epoch_ms
from schemas.i18n import LANGUAGES
from tests.support.identity import analyst
from tests.support.picture_world import MOMENT, made_up, picture_of


def rendered(picture: Picture, question: PictureQuestion, lang: str = "es") -> str:
    account = analyst(roles=frozenset({"analyst"}))
    caller = Caller(account, Way.SESSION, frozenset(Scope), "f" * 64)
    page = PageContext(visitor(caller, {}, lang, "es"), "/picture", {}, None)
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
    assert "XX html


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
