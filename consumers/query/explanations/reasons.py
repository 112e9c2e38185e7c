"""Say what speaks for and against a finding, how sure it is, and what would change it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from consumers.query.explanations import grammar
from consumers.query.explanations.explanation import ExplainedFeature
from consumers.query.explanations.feature_words import feature_message
from consumers.query.explanations.record_pair import RecordPair
from consumers.query.indicators import EvidenceView, IndicatorView
from schemas.i18n import LANGUAGES, UserMessage, _
from streams.rules import Rule
from streams.rules.rule import knows

Texts = dict[str, str]
ENDING_ROLES: dict[str, UserMessage] = {
    "exported": _("It ends when {country} reports that it exported the weapon."),
    "recovered": _("It ends when {country} reports that the vehicle was recovered."),
}
"""What a record in a role that rules out the first one says, by role."""


@lru_cache(maxsize=2_000)
def in_languages(message: UserMessage, country: str = "") -> Texts:
    """Write a message in every language. `country`: the code of the one that it names."""
    texts = {}
    for lang in LANGUAGES:
        named = message.with_values(country=grammar.country(country, lang)) if country else message
        texts[lang] = grammar.capitalised(grammar.contract(named.in_language(lang), lang))
    return texts


def _label(name: str) -> Texts:
    message = feature_message(name)
    return {lang: message.in_language(lang) for lang in LANGUAGES}


def features_of(pair: RecordPair | None) -> list[ExplainedFeature]:
    """List what weighs in the records of the sentence, the heaviest first."""
    features = [
        ExplainedFeature(name, weight, _label(name), event=piece.event)
        for piece in pair or ()
        for name, weight in piece.weights.items()
        if weight
    ]
    return sorted(features, key=lambda feature: -feature.weight)


def confidence_of(view: IndicatorView, rule: Rule, pair: RecordPair | None) -> Texts:
    """Say in words how sure a finding is."""
    if view.status == "hub":
        return in_languages(_("No finding: very many records share the value."))
    if view.grade == "certain":
        return in_languages(_("Certain: both records say clearly which thing it is."))
    doubts = list(_doubts(rule, pair))
    return doubts[0] if doubts else in_languages(_("Possible: something is not known for sure."))


def _doubts(rule: Rule, pair: RecordPair | None) -> Iterator[Texts]:
    """Yield why a finding is only possible, the gravest reason first."""
    for piece in pair or ():
        if piece.certainty != "certain":
            text = _("Possible: the record of {country} leaves open which thing it is.")
            yield in_languages(text, piece.country)
    joined = rule.joined_by
    for piece in pair or ():
        if joined and not knows(piece.traits, joined):
            text = _("Possible: the record of {country} does not say the calibre.")
            yield in_languages(text, piece.country)
    for piece in pair or ():
        if piece.occurred is None and (rule.days or rule.until):
            text = _("Possible: the record of {country} does not say when it was.")
            yield in_languages(text, piece.country)


def changes_of(view: IndicatorView, rule: Rule, pair: RecordPair | None) -> list[Texts]:
    """List what would change a finding."""
    if pair is None:
        return [in_languages(_("It becomes a finding when far fewer records share the value."))]
    return [*_endings(view, rule, pair), *_confirmations(view)]


def _endings(view: IndicatorView, rule: Rule, pair: RecordPair) -> Iterator[Texts]:
    first = pair.first
    for role in sorted(rule.unless_of(first.role, first.type, first.traits)):
        message = ENDING_ROLES.get(
            role, _("It ends when {country} publishes a record that rules it out.")
        )
        yield in_languages(message, first.country)
    if view.pairs > 1:
        yield in_languages(_("It ends when its owners withdraw the records that support it."))
        return
    for country in dict.fromkeys(_countries(pair)):
        yield in_languages(_("It ends when {country} withdraws or corrects its record."), country)


def _countries(pieces: Sequence[EvidenceView]) -> list[str]:
    return [piece.country for piece in pieces]


def _confirmations(view: IndicatorView) -> Iterator[Texts]:
    if view.grade == "possible":
        yield in_languages(_("It becomes certain when what is missing is known and agrees."))
