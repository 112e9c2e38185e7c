"""Say why two records of persons are of one, or of two. Pure."""

from __future__ import annotations

from consumers.query.explanations.explanation import ExplainedFeature
from streams.matching import Feature, PairScore
from streams.matching.wording import feature_words


def reasons_of(score: PairScore) -> list[ExplainedFeature]:
    """Return why two records are, or are not, of one person; the strongest first."""
    return [
        ExplainedFeature(feature.name, round(feature.weight, 2), _words(feature), feature.level)
        for feature in score.features
    ]


def _words(feature: Feature) -> dict[str, str]:
    """Return the words by language; a level of a newer model by its code."""
    words = feature_words(feature.name, feature.level)
    if words is None:
        return dict.fromkeys(("es", "en"), f"{feature.name}: {feature.level}")
    return {lang: words.in_language(lang) for lang in ("es", "en")}
