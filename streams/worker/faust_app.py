"""Make the Faust app, which assigns partitions and hands messages to them.

Settings follow what was measured with faust-streaming 0.15.3: acks by hand (`noack`), states made
and caught up in `on_rebalance_complete` (which Faust awaits before it resumes the partitions),
states closed on revocation and before shutdown (which revokes nothing).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import faust

from infra.kafka.clients import faust_connection
from streams.worker.assignment import Assignment
from streams.worker.faust_transport import Transport
from streams.worker.group_assignor import GroupAssignor
from streams.worker.processor_protocol import Job
from streams.worker.worker_config import WorkerConfig

SESSION_S = 10.0
POLL_RECORDS = 100
BUFFERED = 32
FETCH_BYTES = 1_572_864


def make_app(config: WorkerConfig, jobs: Sequence[Job], assignment: Assignment) -> faust.App:
    """Make the app with its agents and hooks; it is not started."""
    datadir = config.state_folder / "faust"
    datadir.mkdir(parents=True, exist_ok=True)
    broker, credentials = faust_connection(config.kafka)
    app = faust.App(
        config.group,
        broker=broker,
        broker_credentials=credentials,
        datadir=str(datadir),
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        stream_wait_empty=False,
        stream_buffer_maxsize=BUFFERED,
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=config.instance,
        consumer_max_fetch_size=FETCH_BYTES,
        broker_session_timeout=SESSION_S,
        broker_heartbeat_interval=1.0,
        broker_commit_interval=1.0,
        broker_max_poll_interval=86_400.0,
        broker_max_poll_records=POLL_RECORDS,
        PartitionAssignor=partial(GroupAssignor, stored=assignment.stored),
        table_standby_replicas=1,  # with 0, Faust's driver takes aiokafka's assignor instead
    )
    app.transport = Transport(app.conf.broker_consumer, app)
    for job in jobs:
        _add_agent(app, job, assignment)
    _add_hooks(app, jobs, assignment)
    return app


def _add_agent(app: faust.App, job: Job, assignment: Assignment) -> None:
    async def enqueue(stream: Any) -> None:
        async for event in stream.noack().events():
            partition = assignment.get((event.message.topic, event.message.partition))
            if partition:  # else revoked: not acked, so it comes again, here or elsewhere
                await partition.enqueue(event)

    raw = app.topic(
        *job.topics, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"
    )
    app.agent(raw, name=job.name)(enqueue)


def _add_hooks(app: faust.App, jobs: Sequence[Job], assignment: Assignment) -> None:
    topics = {topic for job in jobs for topic in job.topics}

    async def complete(_app: Any, *_: Any, **__: Any) -> None:
        partitions = app.consumer.assignment()
        await assignment.assign(
            {(tp.topic, tp.partition) for tp in partitions if tp.topic in topics}
        )

    async def close(_app: Any, *_: Any, **__: Any) -> None:
        assignment.close()

    signals: Any = app
    signals.on_rebalance_complete.connect(complete)
    signals.on_partitions_revoked.connect(close)
    signals.on_before_shutdown.connect(close)
