"""Describe a piece of evidence, or a sighting, in a line of a table or chart. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consumers.presentation.wording import event_label, feature_label, one_line, place_name
from consumers.query.indicators import EvidenceView
from consumers.query.things import Sighting
from consumers.query.views import EventView
from schemas.i18n import number_text

Piece = EvidenceView | Sighting


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """An event's line in a table or chart.

    `what`: its one-line summary where its content is released, its type and traits otherwise.
    """

    piece: Piece
    what: str
    role: str
    where: str
    weight: str
    weights: str


def evidence_line(piece: Piece, events: Mapping[str, EventView], lang: str) -> EvidenceLine:
    """Describe a piece of evidence, or a sighting. `events`: by id, those that are released."""
    what = (
        one_line(events[piece.event], lang)
        if piece.event in events
        else event_label(piece.type, piece.traits, lang)
    )
    weights: Mapping[str, float] = piece.weights if isinstance(piece, EvidenceView) else {}
    listed = " + ".join(
        f"{feature_label(name, lang)} {number_text(weight, 'g', lang)}"
        for name, weight in weights.items()
        if weight
    )
    role = feature_label(piece.role, lang) if isinstance(piece, EvidenceView) else ""
    return EvidenceLine(
        piece,
        what,
        role,
        place_name(piece.subdivision, lang),
        number_text(sum(weights.values()), "g", lang),
        listed,
    )
