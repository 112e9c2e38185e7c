"""Answer all that is held on one person and released to a reader."""

from __future__ import annotations

from consumers.query.answer_context import AnswerContext
from consumers.query.event_queries import EventQueries
from consumers.query.person_reports import PersonReport, held_records
from consumers.query.persons.person_queries import PersonQueries
from consumers.query.reviews import ReviewQueries
from consumers.query.views import to_datetime
from infra.clock import now_ms
from schemas.model import Reader
from schemas.retention import day_of


class PersonReportQueries:
    """The question that joins the answers of others into a report on a person."""

    def __init__(
        self,
        persons: PersonQueries,
        events: EventQueries,
        reviews: ReviewQueries,
        answer: AnswerContext,
    ) -> None:
        """The first three answer its parts; `answer`: what this is a part of."""
        self._persons, self._events, self._reviews = persons, events, reviews
        self._answer = answer

    def report(self, id_: str, reader: Reader, as_of: int | None = None) -> PersonReport | None:
        """Return all that is released on the person of a mention; None where that is nothing.

        `as_of`: ms since 1970 UTC, None is now.
        """
        person = self._persons.person(id_, reader, as_of)
        if person is None:
            return None
        events = sorted({mention.event for mention in person.mentions})
        histories = self._events.histories(events, reader, as_of)
        moment = now_ms() if as_of is None else as_of
        entitled = self._answer.with_conditions(reader)
        dated = self._reviews.dated(histories, entitled, as_of, day_of(moment))
        days = {review.record.id: review.review_date for review in dated}
        records = held_records(person, histories, days)
        return PersonReport(to_datetime(moment), person, records, person.others)
