"""Explain a finding on a person in the shape of all findings. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from consumers.query.explanations import grammar
from consumers.query.explanations.decisions import decisions_on_persons, decisions_on_records
from consumers.query.explanations.explanation import ExplainedRecord, Explanation
from consumers.query.explanations.reasons import in_languages
from consumers.query.explanations.record_facts import Occurrence, read_occurrence, shorten
from consumers.query.persons.feature_words import reasons_of
from consumers.query.persons.released_persons import ReleasedPerson, mention_view
from consumers.query.views import EventView
from schemas import words
from schemas.i18n import LANGUAGES, UserMessage, _
from schemas.model import Grade
from streams.identities.assembly import AUTOMATIC
from streams.identities.mention import PersonMention, Verdict
from streams.matching import PairScore
from streams.rules import IdentityRule

Texts = dict[str, str]


class PersonPair(NamedTuple):
    """Two records that a rule joins, how alike they are, and what an analyst decided of them."""

    first: ReleasedPerson
    second: ReleasedPerson
    score: PairScore
    verdict: Verdict | None = None

    @property
    def persons(self) -> tuple[ReleasedPerson, ReleasedPerson]:
        """Return both records, the first one of the rule first."""
        return self.first, self.second


def explain_pair(rule: IdentityRule, pair: PersonPair, grade: Grade) -> Explanation:
    """Explain the finding that a rule makes of a pair."""
    is_person = rule.subject == "person"
    return Explanation(
        sentence=sentence_of(rule, pair),
        subject=_subject(pair),
        records=[
            ExplainedRecord(person.event.id, {lang: _record(person, lang) for lang in LANGUAGES})
            for person in sorted(pair.persons, key=occurred)
        ],
        features=reasons_of(pair.score),
        confidence=_confidence(rule, pair, grade),
        changes=_changes(pair, grade),
        decisions=decisions_on_persons() if is_person else decisions_on_records(),
    )


def sentence_of(rule: IdentityRule, pair: PersonPair, name: Texts | None = None) -> Texts:
    """Say who, by whose records, and when, by language.

    `name`: what stands in place of the name, which is as the records write it.
    """
    written = name or dict.fromkeys(LANGUAGES, _name(pair) or "—")
    occurrence = occurrence_of(pair.second.event)
    texts = {}
    for lang in LANGUAGES:
        first, second = (grammar.country(person.event.country, lang) for person in pair.persons)
        text = rule.sentence[lang].format(
            name=written[lang], first=first, second=second, day=grammar.when(occurrence, lang)
        )
        texts[lang] = grammar.capitalised(grammar.contract(text, lang))
    return texts


def _name(pair: PersonPair) -> str:
    names = (shorten(mention_view(person).name) for person in pair.persons[::-1])
    return next(filter(None, names), "")


def _subject(pair: PersonPair) -> Texts | None:
    name = _name(pair)
    return dict.fromkeys(LANGUAGES, name) if name else None


def _record(person: ReleasedPerson, lang: str) -> str:
    """Describe a record: what it is, whose, when, and how it names the person."""
    view = mention_view(person)
    kind = words.event_type(person.event.type, lang)
    category = (person.event.payload or {}).get("category")
    parts = [
        f"{kind} ({words.value('notice_category', category, lang)})" if category else kind,
        grammar.country(person.event.country, lang),
        grammar.when(occurrence_of(person.event), lang),
        shorten(view.name),
        view.born or "",
        *view.documents,
    ]
    return ", ".join(filter(None, parts))


def _confidence(rule: IdentityRule, pair: PersonPair, grade: Grade) -> Texts:
    percent = percent_of(pair.score.probability)
    if rule.subject == "document":
        return in_languages(_("Certain of the document; the two names have nothing in common."))
    if pair.verdict is Verdict.CONFIRMED:
        return in_languages(_("Certain: an analyst confirmed that it is one person."))
    if grade == "possible":
        return in_languages(
            _("Possible ({percent} %): it may be another person of this name.", percent=percent)
        )
    if pair.score.probability < AUTOMATIC:
        return in_languages(_("Almost certain: a third record joins the two."))
    return in_languages(_("Almost certain that it is one person ({percent} %).", percent=percent))


def _changes(pair: PersonPair, grade: Grade) -> list[Texts]:
    countries = dict.fromkeys(person.event.country for person in pair.persons)
    changes = [
        in_languages(_("It ends when {country} withdraws or corrects its record."), country)
        for country in countries
    ]
    if grade == "possible":
        changes.append(
            in_languages(
                _("It becomes certain when a document or the date of birth agrees in both records.")
            )
        )
    return changes


def percent_of(probability: float) -> UserMessage | str:
    """Write a probability in hundredths; never 100, and no less than 1."""
    if probability > 0.99:
        return _("{percent:.2f}", percent=min(99.99, probability * 100))
    return str(max(1, round(probability * 100)))


def occurrence_of(event: EventView) -> Occurrence | None:
    """Return the local day of an event; that of its report where none is known."""
    known = read_occurrence(event.occurred_from, event.occurred_precision, event.country)
    return known or read_occurrence(event.reported_at, "day", event.country)


def occurred(person: ReleasedPerson) -> tuple[datetime, PersonMention]:
    """Sort records by when they occurred, or were reported."""
    return person.event.occurred_from or person.event.reported_at, person.mention


def newest_pair(pairs: Sequence[PersonPair]) -> PersonPair:
    """Return the pair with the newest record."""
    return max(
        pairs,
        key=lambda pair: (
            max(person.event.recorded_at for person in pair.persons),
            pair.second.mention,
        ),
    )
