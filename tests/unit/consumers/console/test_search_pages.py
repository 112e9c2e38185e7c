"""The pages of the search are rendered in both languages, and show no markup of records."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from consumers.console.rendering import PageContext
from consumers.console.search_pages import FacetLink, suggestion_page
from consumers.console.session import visitor
from consumers.presentation import person_words
from consumers.query.persons.bulk_lookup import LineAnswer
from consumers.query.persons.lookup_file import LookupLine
from consumers.query.persons.person_views import FoundMention, FoundPerson, MentionView
from consumers.query.search import search_words
from consumers.query.search.asked_words import read_words
from consumers.query.search.list_lookup import TOO_LITTLE
from consumers.query.search.search_answer import (
    FoundId,
    SearchAnswer,
    WordSuggestion,
)
from consumers.query.things import Thing

AT = datetime(2026, 3, 1, tzinfo=UTC)
EVENT = "00000000-0000-8000-8000-000000000001"
THING = Thing(EVENT, "plate", False, [], [], {"es": "SDN836 <b>", "en": "SDN836 <b>"})
OWNER = ("person_notice", "PE", "PNP", AT, AT, "AMBER", ["H1"])
MENTION = MentionView(f"{EVENT}.0", EVENT, "", *OWNER, "<b>Kispe</b>", "1984-03-14", [])
PERSON = FoundPerson(MENTION.id, 0.97, [FoundMention(MENTION, 0.97, [])])


def page_of(lang: str, path: str) -> PageContext:
    return PageContext(visitor(None, {}, lang, "es"), path, {"q": "mercurio"}, None)


def search_page(lang: str, **changes: Any) -> str:
    words = read_words("la mercurio ?")
    answer = SearchAnswer(
        readings=[
            search_words.reading_of_words(words, 92),
            search_words.reading_of_things("plate", 1),
            search_words.reading_of_person(1),
        ],
        id=FoundId("event", EVENT),
        things=[THING],
        thing_count=1,
        persons=[PERSON],
        person_count=1,
        record_count=92,
        not_searched=search_words.left_out(words, [search_words.ILLEGIBLE]),
    )
    values: dict[str, Any] = {
        "asked": {"q": '"><script>', "type": "", "country": "", "month": ""},
        "answer": answer,
        "refused": "",
        "facets": [("Tipo", [FacetLink("Incautación", 92, "/search?q=x", True)])],
        "paths": {"event": "/events"},
        "sees_content": True,
        "person_words": person_words,
        "files": [],
        "older": "",
        "is_first": True,
    }
    return bytes(page_of(lang, "/search").render("search.html", **values | changes).body).decode()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_says_how_it_read_the_text_and_what_it_left_out(lang: str) -> None:
    text = unescape(search_page(lang))
    plain = {"es": "como palabras: mercurio", "en": "as words: mercurio"}
    left_out = {"es": "Lo que no se buscó", "en": "What was not searched"}
    assert plain[lang] in text
    assert left_out[lang] in text
    assert "92" in text


@pytest.mark.parametrize("lang", ["es", "en"])
def test_no_markup_of_records_or_of_the_address_is_alive(lang: str) -> None:
    html = search_page(lang)
    assert "<b>Kispe" not in html
    assert "SDN836 <b>" not in html
    assert '"><script>' not in html


def test_an_operator_gets_a_sentence_instead_of_an_empty_list() -> None:
    assert "<table" not in search_page("es", sees_content=False)


def test_a_suggestion_is_an_option_of_the_box() -> None:
    options = suggestion_page(page_of("es", "/search/suggestions"), [])
    assert b"<option" not in bytes(options.body)
    suggestion = WordSuggestion("oro <Nariño>", "<Nariño>", 3)
    options = suggestion_page(page_of("es", "/search/suggestions"), [suggestion])
    assert b"<Nari" not in bytes(options.body)
    assert "Nariño" in bytes(options.body).decode()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_each_line_of_a_list_says_what_is_known_of_it(lang: str) -> None:
    answers = [
        LineAnswer(LookupLine(1, {"text": "SDN836"}), things=[THING]),
        LineAnswer(LookupLine(2, {"text": "Kispe, Juan"}), persons=[PERSON]),
        LineAnswer(LookupLine(3, {"text": "x"}), problem=TOO_LITTLE),
        LineAnswer(LookupLine(4, {"text": "ABC999"})),
    ]
    values: dict[str, Any] = {
        "text": "SDN836",
        "most": 100,
        "refused": "",
        "person_words": person_words,
    }
    page = page_of(lang, "/lookup").render("lookup.html", answers=answers, **values)
    text = unescape(bytes(page.body).decode())
    assert TOO_LITTLE.in_language(lang) in text
    assert ("2 de 4" if lang == "es" else "2 of 4") in text
