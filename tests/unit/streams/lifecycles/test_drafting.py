"""streams.lifecycles.drafting: the event of a next step names the right things."""

from __future__ import annotations

from schemas.event.event_type import event_type
from schemas.examples import example
from streams.lifecycles.drafting import (
    Case,
    CaseStep,
    StepAnswer,
    allowed_step,
    bind,
    opening_draft,
    step_draft,
    steps_of,
)
from streams.lifecycles.library import LIFECYCLES
from streams.lifecycles.model import Party

PERU, COLOMBIA, BOLIVIA = Party("PE", "MPFN"), Party("CO", "FGN"), Party("BO", "FGE")
ID = "4b1d0025-0000-8000-8000-000000000025"


def case(kind: str) -> Case:
    lifecycle = LIFECYCLES[kind]
    opening = example(lifecycle.opening)
    steps = [
        CaseStep(rule.word, rule.types[0], role, party, rule.needs)
        for rule in lifecycle.steps
        for role, party in (("opener", PERU), ("addressed", Party("CO")))
        if rule.by in (role, "either")
    ]
    envelope = {**opening.envelope, "recipients": ["CO/FGN"], "exercise": "condor"}
    return Case(ID, kind, "SENT", PERU, "R-7", envelope, opening.payload, tuple(steps))


def test_every_step_of_every_lifecycle_is_an_event_that_its_schema_takes() -> None:
    wrong = []
    for kind in LIFECYCLES:
        for author in (PERU, COLOMBIA):
            for step in steps_of(case(kind), author):
                values = {
                    name: "2027-01-31" if name == "new_due" else "FORM" for name in step.needs
                }
                draft = step_draft(case(kind), author, step, StepAnswer(step.word, values))
                problems = event_type(step.type).validate(draft["payload"])  # type: ignore[arg-type]
                if problems:
                    wrong.append((kind, step.word, problems))
    assert wrong == []


def test_a_step_names_the_opening_the_step_before_and_who_must_know() -> None:
    request = Case(
        **{**{name: getattr(case("assistance"), name) for name in Case.__slots__}, "last": "x"}
    )
    step = allowed_step(request, COLOMBIA, "RECEIVED")
    assert step is not None
    draft = step_draft(request, COLOMBIA, step, StepAnswer("RECEIVED", {"how": "Por oficio"}))
    assert draft["payload"] == {
        "state": "RECEIVED",
        "request": ID,
        "request_reference": "R-7",
        "follows": "x",
        "how": "Por oficio",
    }
    envelope = draft["envelope"]
    assert isinstance(envelope, dict)
    assert (envelope["recipients"], envelope["exercise"]) == (["PE/MPFN"], "condor")
    assert draft["reference"] == "000000000025-RECEIVED-1"


def test_nobody_takes_a_step_of_another() -> None:
    assert allowed_step(case("assistance"), PERU, "ANSWERED") is None
    assert allowed_step(case("assistance"), COLOMBIA, "WITHDRAWN") is None
    assert steps_of(case("assistance"), BOLIVIA) == []


def test_conditions_of_use_bind_the_receiver_by_handling_codes() -> None:
    payload = {"conditions": ["NO_ONWARD", "NO_COURT", "CONFIDENTIAL"], "condition_text": "Avise"}
    assert bind({"handling": ["H0"]}, payload) == {
        "handling": ["H0", "H1", "H2", "H3"],
        "condition": "Avise",
    }
    assert bind({"tlp": "RED"}, {}) == {"tlp": "RED"}


def test_a_form_has_what_is_known_and_no_more() -> None:
    draft = opening_draft("assistance", PERU, ["CO/FGN"])
    assert draft["type"] == "assistance_request"
    payload = draft["payload"]
    assert isinstance(payload, dict)
    assert payload["state"] == "SENT"
    assert payload["requested"] == {"country": "CO", "authority": "FGN", "part": "REQUESTED"}
    assert opening_draft("alert", PERU, ["ALL"])["payload"] == {"state": "ACTIVE", "addressed": []}


def test_a_step_of_a_joint_investigation_is_for_all_its_parties() -> None:
    def recipients(kind: str, word: str, *named: str) -> object:
        opened = case(kind)
        course = Case(
            **{
                **{name: getattr(opened, name) for name in Case.__slots__},
                "envelope": {**opened.envelope, "recipients": list(named)},
            }
        )
        step = allowed_step(course, COLOMBIA, word)
        assert step is not None
        envelope = step_draft(course, COLOMBIA, step, StepAnswer(word))["envelope"]
        assert isinstance(envelope, dict)
        return envelope["recipients"]

    named = ("CO/FGN", "BO/FGE")
    assert recipients("investigation", "MILESTONE", *named) == ["PE/MPFN", "BO/FGE"]
    assert recipients("investigation", "MILESTONE", "CO/FGN", "@eci") == ["@eci"]
    assert recipients("operation", "NO_CONFLICT", *named) == ["PE/MPFN"], "details stay with it"
