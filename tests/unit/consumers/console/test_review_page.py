"""The page of what is due for review, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from consumers.console.rendering import PageContext
from consumers.console.review_pages import STATUS_WORDS
from consumers.console.session import Claim, Visitor
from consumers.query.reviews import RecordReview, ReviewFilter, Reviews
from schemas.i18n import _
from schemas.retention import ReviewStatus
from tests.unit.consumers.console.test_request_pages import READER, history


def shown(lang: str, due: Reviews | None, **values: Any) -> str:
    visitor = Visitor(READER, Claim("CO", "PONAL", "officer", "AMBER"), lang, None)
    page = PageContext(visitor, "/reviews", {}, None)
    own = {
        **{"due": due, "errors": {}, "filter": ReviewFilter(), "most": 2, "files": []},
        **{"status_words": STATUS_WORDS, "sees_content": True},
        **{"command_line": "quipu reviews", **values},
    }
    return bytes(page.render("reviews.html", **own).body).decode()


def review(number: int, status: ReviewStatus) -> RecordReview:
    record = history(number, "alert", "EC/POLICIA", 18, title="<b>=1+1</b>").current
    return RecordReview(date(2026, 12, number), status, number == 1, record)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_says_what_is_overdue_and_where_the_rest_is(lang: str) -> None:
    statuses = (ReviewStatus.OVERDUE, ReviewStatus.SOON, ReviewStatus.SOON)
    items = [review(number, status) for number, status in enumerate(statuses, 1)]
    page = shown(lang, Reviews(date(2026, 11, 30), items, is_complete=False))
    assert items[0].record.id in page
    assert items[2].record.id not in page, "the page shows the earliest"
    assert "<b>=1" not in page
    for status in (ReviewStatus.OVERDUE, ReviewStatus.SOON):
        assert STATUS_WORDS[status].in_language(lang) in page
    rest = _("The page shows the {most} earliest; the files have all.", most=2)
    assert rest.in_language(lang) in page
    hint = _("More records are old than were looked at. Name a country or a node.")
    assert hint.in_language(lang) in page


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_says_that_nothing_is_due_what_is_wrong_and_what_an_operator_sees(
    lang: str,
) -> None:
    nothing = _("No record that you may see is due for review.").in_language(lang)
    assert nothing in shown(lang, Reviews(date(2026, 11, 30), [], is_complete=True))
    wrong = {"node": (_("This is too long."), _("Choose a later one."))}
    refused = shown(lang, None, errors=wrong)
    assert 'role="alert"' in refused
    assert "<table" not in refused
    assert "<form class=" not in shown(lang, None, sees_content=False)
