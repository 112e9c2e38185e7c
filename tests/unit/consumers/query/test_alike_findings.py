"""What two records describe alike is a finding between countries, with reasons in both languages."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from rich.console import Console

from consumers.cli.alike import print_alike
from consumers.console.rendering import PageContext
from consumers.console.session import visitor
from consumers.hits.decide import Owner
from consumers.hits.hit_forms import ALIKE_HIT_FROM, alike_changes, burst_changes
from consumers.presentation import alike_words
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.person_words import sureness
from consumers.query.alike.alike_findings import AlikeFinding, finding_of
from consumers.query.alike.alike_queries import AlikeAnswer
from consumers.query.views import Evaluation, EventView
from schemas.avro.codec import log_format
from schemas.examples import example
from streams.linking.object_comparers import MethodComparer, ObjectComparer
from streams.matching.wording import feature_words

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
METHOD = "Boquerón desde la alcantarilla, inhibidor de señal y lanza térmica en la bóveda"


def record(number: int, type_: str, country: str, **payload: Any) -> EventView:
    event = EventView(**dict.fromkeys(EventView.__dataclass_fields__, ""))  # type: ignore[arg-type]
    at = BEGIN + timedelta(days=number)
    return replace(
        event,
        id=str(UUID(int=number)),
        type=type_,
        country=country,
        authority="POLICIA",
        tlp="AMBER",
        markings=[],
        payload={**example(type_).payload, **payload},
        occurred_from=at,
        reported_at=at,
        recorded_at=at,
        evaluation=Evaluation("", "", ""),
    )


def alike_finding(kind: str, first: EventView, second: EventView) -> AlikeFinding:
    finding = finding_of(kind, first, second)
    assert finding == finding_of(kind, second, first)
    assert finding is not None
    return finding


def test_an_object_stolen_here_and_offered_there_is_told_with_status_place_and_day() -> None:
    stolen = record(1, "cultural_object", "PE", status="STOLEN", title="Cáliz del Cordero")
    offered = record(9, "cultural_object", "CO", status="OFFERED", title=None)
    finding = alike_finding("object", offered, stolen)
    assert finding.severity == "high" and finding.probability >= 0.95
    assert finding.sentence["en"] == (
        "Cáliz del Cordero: stolen in Peru (2026-03-02), offered for sale in Colombia (2026-03-10)."
    )
    assert finding.sentence["es"] == (
        "Cáliz del Cordero: robado o hurtado en Perú (2026-03-02), "
        "ofrecido en venta en Colombia (2026-03-10)."
    )
    assert [piece.status for piece in finding.evidence] == ["STOLEN", "OFFERED"]
    out = io.StringIO()
    print_alike(Console(file=out, width=200), [finding], "es")
    assert "misma" in out.getvalue() and "casi seguro" in out.getvalue()
    registered = record(1, "cultural_object", "PE", status="REGISTERED")
    assert alike_finding("object", registered, offered).severity == "medium"


def test_one_way_of_acting_is_told_in_the_words_of_a_record() -> None:
    first = record(1, "crime_incident", "PE", modus_operandi=METHOD)
    second = record(2, "crime_incident", "EC", modus_operandi=METHOD)
    finding = alike_finding("method", first, second)
    assert METHOD in finding.sentence["es"] and finding.severity == "medium"
    long = record(3, "crime_incident", "EC", modus_operandi=METHOD + " y huida" * 40)
    assert len(alike_finding("method", first, long).evidence[1].written) == 120


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("object", record(1, "cultural_object", "PE"), record(2, "cultural_object", "PE")),
        (
            "object",
            record(1, "cultural_object", "PE"),
            record(
                2,
                "cultural_object",
                "CO",
                measurements=[],
                inscriptions=[],
                features=[],
                materials=["oro"],
                description="Otra pieza",
                title="Máscara",
                subject=None,
            ),
        ),
        (
            "method",
            record(1, "crime_incident", "PE", modus_operandi=METHOD),
            record(2, "crime_incident", "EC", modus_operandi="Con arma"),
        ),
        (
            "method",
            record(1, "crime_incident", "PE", modus_operandi=METHOD),
            replace(record(2, "crime_incident", "EC", modus_operandi=METHOD), payload=None),
        ),
    ],
)
def test_one_country_another_object_or_hidden_content_is_no_finding(
    kind: str, first: EventView, second: EventView
) -> None:
    assert finding_of(kind, first, second) is None


def test_both_owners_are_told_once_without_content_and_of_the_end_once() -> None:
    first = record(1, "crime_incident", "PE", modus_operandi=METHOD)
    second = record(2, "crime_incident", "EC", modus_operandi=METHOD)
    answer = AlikeAnswer([alike_finding("method", first, second)], is_complete=True)
    nothing = AlikeAnswer([], is_complete=True)
    for country, other in (("PE", "EC"), ("EC", "PE")):
        owner = Owner(country, "POLICIA", None)
        (hit,) = alike_changes(owner, answer, {})
        assert b"alcantarilla" not in hit.value
        live = log_format("hit").read(hit.value)["live"]
        assert live is not None
        assert (live["rule"], live["kind"], len(live["own"])) == (
            "same-method-in-two-countries",
            "method",
            1,
        )
        assert live["others"][0]["country"] == other
        sent = {hit.indicator: hit.content}
        assert alike_changes(owner, answer, sent) == []
        assert alike_changes(owner, AlikeAnswer([], is_complete=False), sent) == []
        (end,) = alike_changes(owner, nothing, sent)
        assert alike_changes(owner, nothing, {end.indicator: end.content}) == []
        assert burst_changes(owner, [], sent, 2_500) == [], "its id is none of a burst that can end"
    assert alike_changes(Owner("CO", "PONAL", None), answer, {}) == []


def test_what_shares_a_usual_sentence_is_listed_and_nobody_is_told() -> None:
    usual = "Vehículo robado con violencia a mano armada en la vía pública"
    first = record(1, "crime_incident", "PE", modus_operandi=usual)
    second = record(2, "crime_incident", "EC", modus_operandi=usual)
    finding = alike_finding("method", first, second)
    assert finding.probability < ALIKE_HIT_FROM
    answer = AlikeAnswer([finding], is_complete=True)
    assert alike_changes(Owner("PE", "POLICIA", None), answer, {}) == []


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_shows_both_records_and_the_reasons(lang: str) -> None:
    stolen = record(1, "cultural_object", "PE", status="STOLEN", title="<b>Cáliz</b>")
    finding = alike_finding("object", stolen, record(9, "cultural_object", "CO", title=None))
    page = PageContext(visitor(None, {}, lang, "es"), "/alike-findings", {}, None)
    response = page.render(
        "alike_findings.html",
        findings=[(finding, explanation_parts(finding, lang))],
        is_complete=False,
        alike_words=alike_words,
        sureness=sureness,
        is_first=True,
        older="MTUuYWI",
        files=[("CSV", "/alike-findings?format=csv")],
    )
    text = unescape(bytes(response.body).decode())
    assert "<b>Cáliz</b>" not in bytes(response.body).decode() and "<b>Cáliz</b>" in text
    for piece in finding.evidence:
        assert f"/events/{piece.event}" in text
        assert alike_words.record_line(piece, lang) in text
    assert finding.explanation.features[0].text[lang] in text
    assert alike_words.MORE_LINKS.in_language(lang) in text
    assert 'href="/alike-findings?after=MTUuYWI" rel="next"' in text


def test_every_level_of_the_models_has_words() -> None:
    for comparer in (ObjectComparer(), MethodComparer()):
        for feature, levels in comparer.model.weights.items():
            assert all(feature_words(feature, level) for level in levels), feature
