"""The page of hit look-ups is rendered in both languages, for each answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from consumers.console.hit_lookup_pages import HitLookupPages
from consumers.console.page_request import PageRequests
from consumers.console.rendering import PageContext
from consumers.console.session import visitor
from consumers.presentation import hit_lookup_words as hit_words
from consumers.query.hit_lookup.answers import HitAnswer, HitLookupAnswer, WhomToAsk
from consumers.query.hit_lookup.asked import AskedHit
from consumers.query.hit_lookup.lines import HitLine
from consumers.query.paging import Page
from consumers.serving.hit_lookups import HitBasisError, HitLookups
from consumers.serving.query_pool import QueryPool
from schemas.i18n import _
from schemas.model import Reader

AT = datetime(2026, 3, 1, tzinfo=UTC)
READER = Reader("ana", "CO", "PONAL", purpose="investigation")
PNP = WhomToAsk("PE", "PNP", "Enlace <24h>", "+5115550100", "", "24/7")
ANSWERS = (
    HitAnswer(1, "hit", "certain", [PNP, WhomToAsk("EC", "POLICIA")], "AAAA-BBBB-CCCC-DDDD"),
    HitAnswer(1, "hit", "possible", [PNP], "AAAA-BBBB-CCCC-DDDD"),
    HitAnswer(1, "no_hit", None, [], "AAAA-BBBB-CCCC-DDDD"),
    HitAnswer(1, "cannot_say", None, [], "AAAA-BBBB-CCCC-DDDD", {"es": "ilegible", "en": "no"}),
)
ASKED = AskedHit(
    *("AAAA-BBBB-CCCC-DDDD", AT, "<b>luis", "PE", "PNP", "investigation", "CAN-589", "api", True),
    *(["4b1d0025-0000-8000-8000-000000000025"], []),
)


class _Queries:
    """Stands for the query layer: one look-up on each side."""

    @property
    def hit_lookups(self) -> _Queries:
        return self

    def look_ups(self, *_args: object) -> Page[AskedHit]:
        return Page([ASKED], None)


class _Pool:
    settings = SimpleNamespace()

    def serving(self) -> Any:
        return SimpleNamespace(agreements={})

    @contextmanager
    def queries(self, _channel: str) -> Iterator[_Queries]:
        yield _Queries()


class _Lookups:
    def __init__(self, answer: HitAnswer) -> None:
        self._answer = answer

    def answer(self, request: Any, reader: Reader) -> HitLookupAnswer:
        if request.legal_basis != "CAN-589":
            raise HitBasisError(_("The number cannot be read."), _("Ask at the mechanism."))
        assert reader.purpose == "border_control", "the form's purpose counts"
        return HitLookupAnswer(AT, "border_control", "CAN-589", [self._answer])


def rendered(lang: str, answer: HitAnswer, basis: str = "CAN-589") -> tuple[int, str]:
    pages = HitLookupPages(
        cast("QueryPool", _Pool()), cast("HitLookups", _Lookups(answer)), cast("PageRequests", None)
    )
    seen_by = replace(visitor(None, {}, lang, "es"), reader=READER)
    page = PageContext(seen_by, "/hit-lookup", {}, None)
    line = HitLine("person", name='"><script>', born="1984")
    fields = {"basis": basis, "purpose": "border_control"}
    response = pages._answer(page, line, fields)
    return response.status_code, bytes(response.body).decode()


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer.answer))
def test_each_answer_is_shown_with_whom_to_ask_and_the_reference(
    lang: str, answer: HitAnswer
) -> None:
    status, text = rendered(lang, answer)
    assert status == 200
    assert hit_words.headline(answer, lang) in text
    assert "AAAA-BBBB-CCCC-DDDD" in text
    assert ("+5115550100" in text) == (answer.answer == "hit")
    assert '<script>"' not in text and "<b>luis" not in text and "<24h>" not in text
    assert ASKED.events[0] in text
    assert 'method="post"' in text


@pytest.mark.parametrize("lang", ["es", "en"])
def test_what_is_refused_says_why_and_keeps_what_was_written(lang: str) -> None:
    status, text = rendered(lang, ANSWERS[0], basis="CAN-000")
    assert status == 422
    assert _("Ask at the mechanism.").in_language(lang) in text
    assert 'value="1984"' in text
