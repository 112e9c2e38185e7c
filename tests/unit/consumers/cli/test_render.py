"""What a reader sees on a terminal: whole words at 80 columns, and codes in words."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from consumers.cli.render import TerminalRenderer
from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.things import Sighting, Thing
from consumers.query.views import Evaluation, EventHistory, EventView
from schemas.model import Reader

AT = datetime(2026, 3, 14, 22, 10, tzinfo=UTC)
SENTENCE = {
    "es": "Un fusil RUGER MINI-14, robado en Perú, fue incautado en Leticia, 132 días después.",
    "en": "A RUGER MINI-14 rifle, stolen in Peru, was seized in Leticia 132 days later.",
}
READER = Reader("ana", "CO", "FISCALIA", clearance="AMBER")


def seizure() -> EventView:
    return EventView(
        id="00000000-0000-0000-0000-0000deadbeef",
        version="1" * 32,
        supersedes=None,
        correction_reason=None,
        type="seizure",
        status="current",
        country="CO",
        authority="FISCALIA",
        node="co-fiscalia",
        recipients=["ALL"],
        tlp="AMBER+STRICT",
        handling=[],
        condition=None,
        purpose="investigation",
        legal_basis="CAN-552",
        urgency="routine",
        justification=None,
        crime="0601",
        case_reference=None,
        exercise=None,
        evaluation=Evaluation("4x4", "A", "1"),
        occurred_from=AT,
        occurred_until=None,
        occurred_precision="minute",
        reported_at=AT,
        recorded_at=AT,
        place_country="CO",
        subdivision="CO-AMA",
        language="es",
        review_date=None,
        cord="co-fiscalia/routine/1",
        sequence=0,
        item=0,
        markings=[],
        payload={
            "items": [
                {"what": "drug", "description": "base de coca", "quantity": 1234560.0, "unit": "g"},
                {"what": "cash", "quantity": 29.4, "unit": None},
            ],
            "zone": "URBAN",
        },
    )


def evidence() -> EvidenceView:
    return EvidenceView(
        event="00000000-0000-0000-0000-0000deadbeef",
        role="seized",
        certainty="certain",
        weights={"certain": 4.0, "calibre": 1.0},
        type="weapon_record",
        country="CO",
        authority="FISCALIA",
        occurred=AT,
        recorded_at=AT,
        subdivision="CO-AMA",
        traits={"status": "SEIZED"},
        tlp="AMBER+STRICT",
        handling=["H2"],
        markings=["H2"],
    )


def indicator() -> IndicatorView:
    return IndicatorView(
        id="5" * 32,
        rule="stolen-weapon-seized-abroad",
        rule_version=1,
        grade="certain",
        severity="high",
        status="live",
        title=SENTENCE,
        sentence=SENTENCE,
        kind="weapon",
        thing="6" * 32,
        members=2,
        pairs=1,
        score=9.0,
        first_recorded=AT,
        last_recorded=AT,
        tlp="AMBER+STRICT",
        handling=["H2"],
        conditions=[],
        evidence=[evidence()],
    )


def shown(method: str, *answers: object, width: int = 80, lang: str = "es") -> str:
    text = io.StringIO()
    renderer = TerminalRenderer(Console(file=text, width=width), lang, READER)
    getattr(renderer, method)(*answers)
    output = text.getvalue()
    assert max(map(len, output.splitlines())) <= width
    assert "…" not in output
    return output


def sighting() -> Sighting:
    piece = evidence()
    return Sighting(
        event=piece.event,
        type=piece.type,
        country=piece.country,
        authority=piece.authority,
        certainty="certain",
        occurred=piece.occurred,
        recorded_at=piece.recorded_at,
        subdivision=piece.subdivision,
        traits=piece.traits,
        tlp=piece.tlp,
        handling=piece.handling,
        markings=piece.markings,
    )


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_column_that_matters_has_whole_words(width: int, lang: str) -> None:
    """Usability finding 5: `what` shrank to a letter a line as soon as a reader had a country."""
    lists: list[tuple[str, tuple[object, ...], str]] = [
        ("events", ([seizure()],), "Incautación" if lang == "es" else "Seizure"),
        ("indicators", ([indicator()],), "incautado" if lang == "es" else "seized"),
        ("indicator", (indicator(), {}), "Incautada" if lang == "es" else "Seized"),
        (
            "thing",
            (Thing("6" * 32, "weapon", False, [sighting()], [indicator()]),),
            "Incautada" if lang == "es" else "Seized",
        ),
    ]
    for method, answers, word in lists:
        output = shown(method, *answers, width=width, lang=lang)
        assert word in output
        assert "AMBER+STRICT" in output
        assert "deadbeef" in output or method == "indicators"


def test_codes_are_in_the_words_of_the_page() -> None:
    """Usability finding O16: `Qué se incautó: drug`, `Zona: URBAN`, `123456.0`, `CO-AMA`."""
    event = seizure()
    history = EventHistory(event.id, "current", event, [event], [], [])
    output = shown("history", history)
    for words in ("Droga", "1 234 560", "Gramo", "Urbana", "Amazonas (CO-AMA)", "29,4"):
        assert words.lower() in output.replace("\xa0", " ").lower()
    for code in ("drug", "URBAN\n", "1234560.0", "e+06", ": g\n"):
        assert code not in output


def test_a_large_amount_is_written_out_in_a_list() -> None:
    assert "1 234 560" in " ".join(shown("events", [seizure()]).split())


def test_a_former_version_and_a_retraction_are_listed() -> None:
    event = seizure()
    former = replace(event, version="2" * 32, status="corrected")
    history = EventHistory(event.id, "current", event, [event, former], [], [])
    assert "corregido" in shown("history", history)
