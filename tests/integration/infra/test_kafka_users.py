"""infra.registry.kafka_users on a real broker: users come with the node, go with its last key, and
are made anew at each start.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from infra import settings as settings_module
from infra.errors import FoundingError
from infra.kafka.clients import open_admin, open_producer
from infra.kafka.errors import KafkaAccessError
from infra.kafka_access import ProcessName, node_process
from infra.orchestration.stack import running
from infra.registry.nodes import NodeRegistration, add_nodes, revoke_key, rotate_key
from infra.settings import Settings
from producers.node import CountryNode

NODE = "co-ponal"
UNITS = ("kafka", "topics", "founding")


def topics_of(settings: Settings, process: str) -> set[str]:
    with closing(open_admin(settings.acting_as(process).kafka)) as admin:
        return set(admin.list_topics())


def test_users_live_as_long_as_their_nodes_and_survive_lost_passwords(tmp_path: Path) -> None:
    settings = settings_module.load({"QUIPU_HOME": str(tmp_path / "home")})
    process = node_process(NODE)
    with running(settings, only=UNITS) as stack:
        registration = NodeRegistration(NODE, "CO", "PONAL")
        with pytest.raises(FoundingError, match="already exists"):
            add_nodes(stack.settings, [registration, registration])  # the first one is admitted
        own = topics_of(stack.settings, process)
        assert {"quipu.bundles.co", "quipu.keys.co"} <= own
        assert "quipu.bundles.pe" not in own
        with closing(open_producer(stack.settings.acting_as(process).kafka)) as producer:
            producer.send("quipu.keys.co", key=b"k", value=b"kept", partition=1).get(timeout=30)
    shutil.rmtree(settings.credentials_dir)  # as a folder of a release without users has none
    (settings.node_dir(NODE) / f"kafka-{NODE}.password").unlink()
    with running(settings, only=UNITS) as stack:
        assert topics_of(stack.settings, process) == own
        assert "quipu.bundles.pe" in topics_of(stack.settings, ProcessName.HEALTH)
        revoke_key(stack.settings, NODE, None)
        with pytest.raises(KafkaAccessError, match="refused the user quipu-node-co-ponal"):
            topics_of(stack.settings, process)
        with (
            CountryNode(stack.settings, NODE) as node,
            pytest.raises(KafkaAccessError, match="refused the user"),
        ):
            node.send(wait=5)
        rotate_key(stack.settings, NODE)
        assert topics_of(stack.settings, process) == own
