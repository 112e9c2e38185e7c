"""The demo's case on a real exchange, in ten steps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from click.testing import CliRunner

from consumers.identity.demo_accounts import POLICE, make_demo_accounts
from consumers.identity.identity import open_identity
from infra.cli.demo_case import STEPS, DemoCase, mechanism_sees, open_desks
from infra.cli.root import main
from infra.registry.nodes import NodeRegistration
from infra.settings import Settings
from tests.support.exchange import LINE, founder
from tests.support.exchange_lease import ExchangeLease

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def settings(lease: ExchangeLease) -> Iterator[Settings]:
    nodes = [
        NodeRegistration(f"{country}-{name}".lower(), country, name)
        for country, name in POLICE.items()
    ]
    only = (*LINE, "accounts", "api")
    with lease.running("case", only=only, founder=founder(nodes)) as stack:
        with open_identity(stack.settings) as identity:
            make_demo_accounts(stack.settings, identity)
        yield stack.settings


def test_the_case_goes_from_the_alert_to_the_joint_investigation(settings: Settings) -> None:
    with open_desks(settings) as desks:
        steps = list(DemoCase(desks, partial(mechanism_sees, settings)).steps())
    wrong = [(number, str(step.text)) for number, step in enumerate(steps, 1) if not step.is_right]
    assert wrong == []
    assert len(steps) == STEPS == 10
    shown = [step.command.split()[2] for step in steps if step.command.split()[1] == "show"]
    assert len(set(shown)) == 5, "an id in a command is that of one lifecycle"
    for step in steps:
        answer = CliRunner().invoke(main, ["--home", str(settings.home), *step.command.split()])
        assert answer.exit_code == 0, (step.command, answer.output)
