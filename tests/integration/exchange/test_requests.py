"""Requests and alerts by command, between two countries: written by nodes, answered, refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.engines import eventually
from tests.support.pipeline_harness import Pipeline

pytestmark = pytest.mark.integration
ECUADOR, COLOMBIA = "EC/POLICIA/officer/AMBER+STRICT", "CO/PONAL/officer/AMBER+STRICT"


def ask(pipeline: Pipeline, *words: str) -> Any:
    """What a command answers as JSON; it succeeds."""
    done = pipeline.quipu(*words, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def wait_for_state(pipeline: Pipeline, id_: str, state: str) -> None:
    eventually(
        lambda: (
            pipeline.quipu("request", "show", id_, "--as", ECUADOR, "--json").stdout.find(
                f'"state": "{state}"'
            )
            > 0
        ),
        f"{id_} is {state}",
        60,
    )


def test_an_alert_is_sent_answered_and_a_step_out_of_turn_is_refused(pipeline: Pipeline) -> None:
    sent = ask(
        pipeline,
        *("alert", "send", "--node", "ec-policia", "--to", "CO/PONAL", "--kind", "WEAPONS"),
        *("--title", "Camión a Ipiales", "--reference", "RED-1"),
    )
    assert sent["verdict"] == "accepted", sent
    wait_for_state(pipeline, sent["id"], "ACTIVE")
    waiting = ask(pipeline, "alert", "list", "--yours", "--as", COLOMBIA)
    assert sent["id"] in [course["id"] for course in waiting["courses"]]
    own = pipeline.quipu(
        *("alert", "answer", sent["id"], "--node", "ec-policia", "--as", ECUADOR),
    )
    assert own.returncode == 2
    assert "EC/POLICIA may take: UPDATED, CANCELLED, ENDED" in own.stderr
    answer = ask(
        pipeline,
        *("alert", "answer", sent["id"], "--node", "co-ponal", "--as", COLOMBIA),
        *("--set", "function=REGULAR"),
    )
    assert answer["verdict"] == "accepted", answer
    wait_for_state(pipeline, sent["id"], "ACKNOWLEDGED")
    [party] = ask(pipeline, "alert", "show", sent["id"], "--as", ECUADOR)["summary"]["parties"]
    assert [deadline["status"] for deadline in party["deadlines"]] == ["kept"]
    again = pipeline.quipu(
        *("alert", "answer", sent["id"], "--node", "co-ponal", "--as", COLOMBIA),
    )
    assert again.returncode == 2
    assert "cannot follow ACKNOWLEDGED" in again.stderr
    shown = pipeline.quipu("alert", "show", sent["id"], "--as", COLOMBIA).stdout
    assert "CO/PONAL · Acknowledged" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_request_is_refused_until_it_is_complete_and_then_answered(pipeline: Pipeline) -> None:
    parts = ("--node", "ec-policia", "--to", "CO/PONAL", "--reference", "AJ-1")
    form = pipeline.quipu("request", "form", "assistance", *parts, "--set", "matter=Lavado")
    assert "18(15)" not in form.stdout
    assert "(facts)" in form.stderr, "what is to be filled in"
    content = json.loads(form.stdout)
    file = pipeline.files / "request.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    refused = pipeline.quipu("request", "send", str(file), "--node", "ec-policia")
    assert refused.returncode == 2
    assert "18(15)(c) facts" in refused.stderr
    content["envelope"]["crime"] = "07041"
    content["payload"] |= {
        "proceeding": "INVESTIGATION",
        "requesting": {**content["payload"]["requesting"], "functions": "Autoridad central"},
        "facts": "Una empresa de ejemplo recibió transferencias sin causa conocida.",
        "assistance": ["FINANCIAL_RECORDS"],
        "assistance_details": "Extractos de 2025",
        "aim": "Probar el destino del dinero",
    }
    file.write_text(json.dumps(content), encoding="utf-8")
    sent = ask(pipeline, "request", "send", str(file), "--node", "ec-policia")
    assert sent["verdict"] == "accepted", sent
    wait_for_state(pipeline, sent["id"], "SENT")
    for step in ("RECEIVED", "ANSWERED"):
        case = pipeline.files / f"{step}.json"
        view = ask(pipeline, "request", "show", sent["id"], "--as", COLOMBIA)
        case.write_text(json.dumps(view), encoding="utf-8")
        taken = ask(
            pipeline,
            *("request", "answer", sent["id"], "--node", "co-ponal", "--step", step),
            *("--case", str(case)),
        )
        assert taken["verdict"] == "accepted", taken
        wait_for_state(pipeline, sent["id"], step)
    late = pipeline.quipu(
        *("request", "answer", sent["id"], "--node", "co-ponal", "--step", "REFUSED"),
        *("--case", str(pipeline.files / "ANSWERED.json")),
    )
    assert late.returncode == 2
    assert "--set reason=VALUE" in late.stderr
    listed = pipeline.quipu("request", "list", "--state", "all", "--as", ECUADOR).stdout
    assert "Lavado" in listed
    assert max(map(len, listed.splitlines())) <= 80
