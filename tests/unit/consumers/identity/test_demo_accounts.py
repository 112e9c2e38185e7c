"""Each account of the demonstration is of an authority that publishes, so it has hits of its own."""

from __future__ import annotations

from consumers.identity.demo_accounts import POLICE
from producers.scenario.files.national import NODES
from schemas.model import COUNTRIES


def test_each_country_has_the_authority_of_a_node_of_the_scenario() -> None:
    assert set(POLICE) == set(COUNTRIES)
    assert set(POLICE.items()) <= {(node.country, node.authority) for node in NODES}
