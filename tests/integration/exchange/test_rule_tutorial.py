"""The tutorial of docs/rules.md works as written: a rule from the idea to being in effect."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra.cli.root import main
from infra.registry.nodes import NodeRegistration
from infra.settings import Settings
from producers.node import CountryNode
from schemas.ids import to_uuid_text
from tests.support import exchange
from tests.support.exchange_lease import ExchangeLease
from tests.support.identity import let_ask
from tests.support.signed_bundles import example

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[3]
NODES = (NodeRegistration("pe-pnp", "PE", "PNP"), NodeRegistration("ec-policia", "EC", "POLICIA"))
PHONE = {"number": "+51987654321", "country": None}
ANALYST = "PE/analyst/AMBER"
RULE = "phone-in-many-cases"
_COMMAND = re.compile(r"^(quipu .+)$", re.M)
_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_BLOCK = re.compile(r"^```\n(.*?)^```", re.M | re.S)


def commands(page: str) -> list[str]:
    """The commands of the tutorial of a page, in its order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    tutorial = text.split("\n## Tutorial")[1].split("\n## ")[0]
    return [line for block in _BLOCK.findall(tutorial) for line in _COMMAND.findall(block)]


@pytest.fixture(scope="module")
def cases(lease: ExchangeLease) -> Iterator[tuple[Settings, list[str]]]:
    """An exchange in which three cases of two countries name one telephone; their ids."""
    founder = exchange.founder(NODES, closed=False)
    with lease.running("rule-tutorial", exchange.LINE, founder) as stack:
        settings, ids = stack.settings, list[str]()
        for number, node in enumerate(("pe-pnp", "ec-policia", "pe-pnp")):
            with CountryNode(settings, node) as country:
                (result,) = country.publish_events("crime_incident", [case(number)], wait=60)
            assert result.outcome == "sealed" and result.id is not None, result
            ids.append(to_uuid_text(result.id))
        exchange.wait_at_rest(settings)
        let_ask(settings, ANALYST)
        yield settings, ids


def case(number: int) -> dict[str, object]:
    """A case of March 2026 with the telephone."""
    head = example("crime_incident").envelope
    begin = int(datetime(2026, 3, 2 + 5 * number, 15, tzinfo=UTC).timestamp() * 1000)
    names = ("tlp", "purpose", "legal_basis", "crime", "evaluation")
    times = {"occurred_from": begin, "occurred_until": begin + 1, "occurred_precision": "minute"}
    payload = {
        **example("crime_incident").payload,
        "source_reference": f"TUT-{number}",
        "phones": [PHONE],
    }
    return {"payload": payload, "envelope": {**{name: head[name] for name in names}, **times}}


def run(settings: Settings, line: str, ids: list[str], code: int = 0) -> str:
    """Run a command in this exchange; fails with its output if it ends with another code."""
    head, *words = shlex.split(_ID.sub(" ".join(ids), line))
    assert head == "quipu"
    options = ["--home", str(settings.home), "--lang", "en"]
    environ = {**os.environ, "QUIPU_AS": ANALYST}
    result = CliRunner().invoke(main, [*options, *words], env=environ)
    assert result.exit_code == code, (line, result.output, result.exception)
    return result.output


def test_an_analyst_takes_a_rule_from_the_idea_to_being_in_effect(
    cases: tuple[Settings, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, ids = cases
    monkeypatch.chdir(ROOT)
    answers = {line: run(settings, line, ids) for line in commands("rules.md")}
    by_command = {" ".join(line.split()[1:3]): answer for line, answer in answers.items()}
    assert "1" in by_command["rule dry-run"]
    assert "3" in by_command["rule explain"]
    assert "+51987654321" in by_command["rule-findings --rule"], by_command
    refused = run(settings, f"quipu rule-findings --rule {RULE}", ids, code=2)
    assert "NAME" in refused, "it was disabled at last"


def test_the_spanish_tutorial_has_the_same_commands() -> None:
    def without_reasons(page: str) -> list[str]:
        return [line.partition(" --reason")[0] for line in commands(page)]

    assert without_reasons("es/reglas.md") == without_reasons("rules.md")
