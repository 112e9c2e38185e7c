"""The report on a person: what it holds, what it says that it does not hold, and no markup."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from consumers.presentation.person_report_pdf import LIMITS, person_report_pdf, report_content
from consumers.query.person_reports import PersonReport, held_records
from consumers.query.persons.person_views import MentionView, Person
from consumers.query.views import EventHistory
from tests.support.explained import event_view

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)
FIRST, SECOND, OTHER = (f"4b1d0005-0000-8000-8000-00000000000{digit}" for digit in "123")
ENVELOPE: dict[str, Any] = {
    "type": "crime_incident",
    "country": "CO",
    "tlp": "AMBER",
    "crime": "0101",
    "exercise": None,
    "occurred_precision": "day",
    "place_country": "CO",
    "subdivision": None,
    "occurred_from": None,
}
MARKUP = "#panic() *bold*\u202e"


def mention(event: str, tlp: str = "AMBER", name: str = "Ana Quispe") -> MentionView:
    return MentionView(
        id=f"{event}.0",
        event=event,
        role="suspect",
        type="crime_incident",
        country="CO",
        authority="PONAL",
        occurred=None,
        recorded_at=AT,
        tlp=tlp,
        markings=[],
        name=name,
        born="1984",
        documents=[],
    )


def report(*, possible: tuple[MentionView, ...] = ()) -> PersonReport:
    views = [event_view(id_, ENVELOPE, {"title": MARKUP}) for id_ in (FIRST, SECOND)]
    histories = [EventHistory(view.id, "current", view, [view], [], []) for view in views]
    person = Person(
        f"{FIRST}.0", [mention(FIRST), mention(SECOND)], [], [], [], list(possible), True
    )
    held = held_records(person, histories, {FIRST: date(2031, 1, 1)})
    return PersonReport(AT, person, held, person.others)


def content(**changes: Any) -> dict[str, Any]:
    return report_content(report(**changes), "", "en")


def test_every_record_is_a_chapter_with_its_review_date() -> None:
    chapters = content()["sections"]
    assert len(chapters) == 2 + 1
    dates = [row["text"] for row in chapters[0]["rows"] if row["name"] == "review date"]
    assert dates == ["2031-01-01"]


def test_who_may_be_the_same_is_named_and_the_marking_covers_it() -> None:
    shown = content(possible=(mention(OTHER, "RED", "Ana Kispe"),))
    assert shown["marking"] == "TLP:RED"
    assert any(OTHER in row["text"] for row in shown["sections"][2]["rows"])
    assert OTHER not in json.dumps(content())


def test_what_it_does_not_contain_is_the_same_whatever_is_held() -> None:
    expected = [sentence.in_language("en") for sentence in LIMITS]
    for shown in (content(), content(possible=(mention(OTHER),))):
        assert shown["sections"][-1]["lead"] == expected


def test_no_text_of_a_record_is_markup_and_the_same_report_gives_the_same_bytes() -> None:
    for lang in ("es", "en"):
        pdf = person_report_pdf(report(), "", lang)
        assert pdf.startswith(b"%PDF")
        assert pdf == person_report_pdf(report(), "", lang)
