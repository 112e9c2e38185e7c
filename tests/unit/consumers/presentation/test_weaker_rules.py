"""The weaker findings that an indicator covers stand in one line below it, in both languages."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from consumers.cli.render import TerminalRenderer
from consumers.presentation.wording import weaker_rules
from consumers.query.indicators import tell_once
from tests.support.weapon_findings import READER, stolen_and_seized

LINES = {
    "es": "También: La misma arma en dos países",
    "en": "Also: The same weapon in two countries",
}


def test_a_list_keeps_the_stronger_and_names_the_weaker() -> None:
    both = stolen_and_seized()
    assert len(both) == 2
    (view,) = tell_once(both)
    assert view.rule == "stolen-weapon-seized-abroad"
    assert [weaker.id for weaker in view.also] == [
        other.id for other in both if other.id != view.id
    ]
    assert tell_once([view]) == [replace(view, also=[])]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_terminal_and_texts_name_the_weaker(lang: str) -> None:
    (view,) = tell_once(stolen_and_seized())
    text = weaker_rules(view, lang)
    assert text is not None
    assert text.in_language(lang) == LINES[lang]
    output = StringIO()
    renderer = TerminalRenderer(Console(file=output, width=200), lang, READER)
    renderer.indicators([view])
    renderer.indicator(view, {})
    assert output.getvalue().count(LINES[lang]) == 2


def test_what_covers_nothing_has_no_such_line() -> None:
    assert all(weaker_rules(view, "es") is None for view in stolen_and_seized())
