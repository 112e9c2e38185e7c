"""Explain an indicator and title a thing, from the released versions of their events. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from consumers.query.explanations import sentences
from consumers.query.explanations.explanation import ExplainedRecord, Explanation
from consumers.query.explanations.reasons import changes_of, confidence_of, features_of
from consumers.query.explanations.record_facts import (
    RecordFacts,
    facts_of_event,
    facts_without_content,
)
from consumers.query.explanations.record_pair import choose_pair, events_to_read
from consumers.query.explanations.subjects import Subject, subject_of, title_of
from consumers.query.explanations.thing_marks import ThingId, ThingMark, marks_of_thing
from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.views import EventView
from schemas.i18n import LANGUAGES
from streams.rules import Rule

Events = Mapping[str, EventView]


class MarkedRecord(Protocol):
    """A record that an answer shows, with its marking."""

    @property
    def tlp(self) -> str:
        """Return the TLP of its label."""

    @property
    def handling(self) -> list[str]:
        """Return the handling codes of its label."""


@dataclass(frozen=True, slots=True)
class ReleasedContent:
    """What explanations draw on: released versions of events by id.

    `secret`: the mechanism's, to find which mark is which thing; None where its keys are not.
    `exercise`: of the reader; all that is released to a reader is of one world.
    """

    events: Events
    secret: bytes | None = None
    exercise: str | None = None


def explain(view: IndicatorView, rule: Rule, content: ReleasedContent) -> IndicatorView:
    """Return the indicator with its explanation, and with the sentence of that.

    Whatever `content` lacks is left out of the sentence.
    """
    pair = choose_pair(view, rule)
    pieces = {piece.event: piece for piece in view.evidence}
    read = (content.events.get(id_) for id_ in events_to_read(view, rule))
    events = {event.id: event for event in read if event and _is_of(event, pieces[event.id])}
    marks = marks_of_thing(ThingId(view.kind, view.thing), list(events.values()), content.secret)
    subject = subject_of(view.kind, list(marks.values()))
    records = [_facts(piece, events, marks) for piece in pair or ()]
    sentence = _hub_sentence(view, subject) if marks else dict(view.sentence)
    if pair is not None:
        sentence = _sentence(view, rule, subject, records)
    if content.exercise is not None:
        sentence = sentences.in_exercise(sentence, content.exercise)
    explanation = Explanation(
        sentence=sentence,
        subject=title_of(view.kind, list(marks.values())),
        records=_records(view.kind, subject, records),
        features=features_of(pair),
        confidence=confidence_of(view, rule, pair),
        changes=changes_of(view, rule, pair),
    )
    return replace(view, sentence=sentence, explanation=explanation)


def _is_of(event: EventView, piece: MarkedRecord) -> bool:
    """Say whether a version is marked as the record that is shown, so that its marking covers it.

    A version that was stored a moment ago may be marked otherwise than the evidence of it.
    """
    return (event.tlp, event.handling) == (piece.tlp, piece.handling)


def sentence_without_content(
    view: IndicatorView, rule: Rule, exercise: str | None
) -> dict[str, str]:
    """Word an indicator for a channel that may carry no content, by language.

    Where a record may not be passed on (H2), the rule's own sentence stands.
    """
    pair = choose_pair(view, rule)
    sentence = dict(view.sentence)
    if pair is not None and not any("H2" in piece.markings for piece in pair):
        subject = subject_of(view.kind, ())
        sentence = _sentence(view, rule, subject, [_facts(piece, {}, {}) for piece in pair])
    return sentences.in_exercise(sentence, exercise) if exercise is not None else sentence


def events_of(views: Iterable[IndicatorView], rules: Mapping[str, Rule]) -> list[str]:
    """List the events whose content the explanations of these indicators use, each once."""
    ids = (id_ for view in views for id_ in events_to_read(view, rules[view.rule]))
    return list(dict.fromkeys(ids))


def _facts(piece: EvidenceView, events: Events, marks: Mapping[str, ThingMark]) -> RecordFacts:
    event = events.get(piece.event)
    if event is None:
        return facts_without_content(
            piece.event, piece.type, piece.country, piece.traits, piece.subdivision
        )
    return facts_of_event(event, piece.traits, marks.get(piece.event))


def _sentence(
    view: IndicatorView, rule: Rule, subject: Subject, records: Sequence[RecordFacts]
) -> dict[str, str]:
    """Word a live indicator; by its rule's own words where its records have no phrases."""
    first, second = records
    further = [piece for piece in view.evidence if piece.event not in (first.event, second.event)]
    opening = next(piece for piece in view.evidence if piece.event == first.event)
    follows = sentences.what_follows(rule, opening, further)
    texts = sentences.word_pair(view.kind, subject, first, second, follows)
    if texts is None:
        return sentences.word_records(view.sentence, records)
    return sentences.as_possible(texts, subject) if view.grade == "possible" else texts


def _hub_sentence(view: IndicatorView, subject: Subject) -> dict[str, str]:
    """Say of a value that very many share what it is."""
    return {
        lang: f"{text[:1].upper()}{text[1:]}: {view.sentence[lang][:1].lower()}"
        f"{view.sentence[lang][1:]}"
        for lang, text in subject.texts.items()
    }


def _records(kind: str, subject: Subject, records: Sequence[RecordFacts]) -> list[ExplainedRecord]:
    """Describe the records of the sentence, in the order of occurrence."""
    described = [
        ExplainedRecord(
            facts.event,
            {lang: sentences.describe_record(facts, kind, subject, lang) for lang in LANGUAGES},
        )
        for facts in sorted(records, key=_occurred)
    ]
    return [record for record in described if all(record.text.values())]


def _occurred(facts: RecordFacts) -> tuple[bool, str]:
    """Sort by day; what has no date comes last."""
    known = facts.occurrence
    return known is None, known.day.isoformat() if known else ""
