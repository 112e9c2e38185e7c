"""A worker has the rights on Kafka that its work needs: other tests connect as the broker's user,
which may do everything.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from infra import settings as settings_module
from infra.orchestration.stack import running
from infra.registry.nodes import NodeRegistration, add_node
from infra.settings import Settings
from producers.node import ControlStatement, CountryNode
from tests.support.engines import eventually
from tests.support.node import row, weapons, write

pytestmark = pytest.mark.integration

SERIAL = "VHX5550001"


def events_of(settings: Settings) -> Counter[str]:
    """How often the worker logged each event."""
    lines = (settings.logs_dir / "worker-1.log").read_text(encoding="utf-8").splitlines()
    return Counter(json.loads(line)["event"] for line in lines if line.startswith("{"))


def test_a_worker_takes_an_erased_event_out_of_its_topics(tmp_path: Path) -> None:
    home = settings_module.load({"QUIPU_HOME": str(tmp_path / "home")})
    with running(home, only=("kafka", "topics", "founding", "worker")) as stack:
        settings = stack.settings
        for name, country, status in (("co-ponal", "CO", "stolen"), ("pe-pnp", "PE", "seized")):
            add_node(settings, NodeRegistration(name, country, "POLICE"))
            with CountryNode(settings, name) as node:
                path = write(tmp_path, row(1, SERIAL, status), name=f"{name}.csv")
                assert node.publish(path, weapons(tmp_path)).counts()["accepted"] == 1
        with CountryNode(settings, "co-ponal") as node:
            event = node.id_of_reference("weapon_record", "R-1")
            erasure = ControlStatement("erasure", event, "COURT_ORDER")
            assert node.erase(erasure, wait=0).unsent == 0
            eventually(
                lambda: (
                    node.send(wait=1.0).erasures == 0 and events_of(settings)["erased_from_topics"]
                ),
                lambda: f"the worker has erased; it logged {events_of(settings)}",
                240,
            )
        assert events_of(settings)["worker_fails"] == 0
