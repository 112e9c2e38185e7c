"""Lay an explanation out for terminal and page: headings with their lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from consumers.presentation.severity_words import HEADING, severity_lines
from consumers.presentation.wording import country_name
from consumers.query.explanations.explanation import ExplainedFeature, Explanation
from consumers.query.severity.severity import Severity
from schemas.i18n import _, number_text


class ExplanationPart(NamedTuple):
    """A heading and what stands under it."""

    heading: str
    lines: list[str]


class OwnedPiece(Protocol):
    """A record that a finding rests on."""

    @property
    def event(self) -> str:
        """The id of its event."""

    @property
    def country(self) -> str:
        """The country of the owner."""


class ExplainedView(Protocol):
    """A finding with its explanation; None where it has none."""

    @property
    def explanation(self) -> Explanation | None:
        """Explain why it is shown, in the words of the query layer."""

    @property
    def evidence(self) -> Sequence[OwnedPiece]:
        """The records that it rests on."""

    @property
    def assessment(self) -> Severity | None:
        """How severe it is; None where nobody computed it."""


def explanation_parts(view: ExplainedView, lang: str) -> list[ExplanationPart]:
    """Return how sure and severe a finding is, what speaks for it, what changes and decides it.

    The records have a table of their own.
    """
    explanation = view.explanation
    if explanation is None:
        return []
    owners = {piece.event: country_name(piece.country, lang) for piece in view.evidence}
    weights = [
        _weight(feature, owners.get(feature.event or ""), lang) for feature in explanation.features
    ]
    parts = (
        ExplanationPart(_("How sure").in_language(lang), [explanation.confidence[lang]]),
        ExplanationPart(HEADING.in_language(lang), severity_lines(view.assessment, lang)),
        ExplanationPart(_("For and against").in_language(lang), weights),
        ExplanationPart(
            _("What would change it").in_language(lang),
            [change[lang] for change in explanation.changes],
        ),
        ExplanationPart(
            _("What a decision does").in_language(lang),
            [decision[lang] for decision in explanation.decisions],
        ),
    )
    return list(_with_lines(parts))


def _with_lines(parts: tuple[ExplanationPart, ...]) -> Iterator[ExplanationPart]:
    yield from (part for part in parts if part.lines)


def _weight(feature: ExplainedFeature, owner: str | None, lang: str) -> str:
    """Write a weight with its sign: +3 stolen, Peru."""
    text = f"{number_text(feature.weight, '+.3g', lang)} {feature.text[lang]}"
    return f"{text}, {owner}" if owner else text
