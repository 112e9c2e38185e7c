"""A new consumer of kafka-python asks for its topics without a pause."""

import time

from kafka.cluster import ClusterMetadata

from infra.kafka.clients import let_ask_at_once


def test_the_second_question_of_a_new_consumer_waits_for_nothing() -> None:
    """It fails where an upgrade of kafka-python keeps the time of a question otherwise."""
    cluster = ClusterMetadata()
    cluster._last_refresh_ms = time.monotonic() * 1000
    cluster.request_update()
    assert cluster.ttl() > 50
    let_ask_at_once(cluster)
    assert cluster.ttl() == 0
