"""Send hits to the owners of records: `python -m consumers.hits`, for the generation that serves.

Once a second:

1. up to where is the evidence in the store, by what the sink has committed?
2. which indicators does the new evidence change? Their rows come from the store.
3. `consumers.hits.decide` chooses what each owner receives.
4. the disclosure ledger records it, and the table `hits` notes that it is being sent.
5. Kafka acknowledges it, the table notes that it was sent, and the offsets are committed.

Where nothing is new, `computed_notifier` looks whether a day of the log has ended, and sends the
findings that are computed for each owner.

One process of the exchange works at a time; a second one waits until the first is gone.

A process that dies anywhere sends the same once more, and the receiver keeps one. What the ledger
cannot record is not sent.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial

import structlog

from consumers.hits.computed_notifier import DAY_MS, ComputedHitNotifier
from consumers.hits.notice_thread import NoticeThread
from consumers.hits.notifier import HitConnections, HitNotifier
from consumers.hits.single_process import SingleProcessLease
from consumers.ledger.writer import DisclosureLedger, LedgerUnavailableError
from consumers.runtime import lifecycle
from consumers.runtime.liveness import ConsumerLiveness, SinkCounters
from consumers.runtime.serving_config import read_serving_config, serving_config_of
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.exchange_log.log_owner import check_signing_key
from infra.kafka.clients import open_admin, open_producer
from infra.kafka_access import ProcessName
from infra.keys.current_signer import CurrentSigner
from infra.keys.keyring import MechanismKeys, load_mechanism_keys
from infra.logging_setup import configure
from infra.private_files import keep_private
from infra.settings import Settings, load
from schemas.exchange_config import ConfigHistory
from schemas.measures.rates import RateHistory

log = structlog.get_logger(__name__)

NAME = "hits"
POLL_EVERY_S = 1.0
UNAVAILABLE = (*lifecycle.UNAVAILABLE, LedgerUnavailableError)


def run(settings: Settings, generation: int | None) -> int:
    """Follow the generation that serves, or the given one; return the exit code.

    It ends when a signal comes, or when another generation serves and none was given.
    """
    liveness = ConsumerLiveness(settings, NAME, kind=NAME)
    return lifecycle.run(
        settings,
        NAME,
        liveness,
        lambda context: _serve(settings, generation, context, liveness),
        UNAVAILABLE,
    )


@contextmanager
def hit_notifier(
    settings: Settings, generation: int, keys: MechanismKeys, make: type[HitNotifier] = HitNotifier
) -> Iterator[HitNotifier]:
    """Open a generation's notifier with its connections, for the time of the block."""
    with ExitStack() as stack:
        ledger = stack.enter_context(closing(DisclosureLedger(settings)))
        client = connect(settings, StoreUser.WRITER, database_of(generation))
        stack.callback(client.disconnect)
        admin = stack.enter_context(closing(open_admin(settings.kafka)))
        producer = open_producer(
            settings.kafka,
            acks="all",
            enable_idempotence=True,
            allow_auto_create_topics=False,
        )
        stack.callback(producer.close, timeout=0)
        rules = read_serving_config(settings).rules
        connections = HitConnections(ledger, client, admin, producer, CurrentSigner(settings, keys))
        yield stack.enter_context(closing(make(settings, generation, rules, connections)))


@contextmanager
def computed_notifier(
    settings: Settings, generation: int, notifier: HitNotifier, day_ms: int = DAY_MS
) -> Iterator[ComputedHitNotifier]:
    """Open what sends a generation's computed findings by its notifier, for the time of the block.

    `day_ms`: how long a day of the log is; tests shorten it.
    """
    client = connect(settings, StoreUser.WRITER, database_of(generation))
    try:
        yield ComputedHitNotifier(notifier, client, day_ms)
    finally:
        client.disconnect()


def _serve(
    settings: Settings,
    generation: int | None,
    context: lifecycle.ProcessContext,
    liveness: ConsumerLiveness,
) -> None:
    keys, config_log, stop = context
    with ExitStack() as stack:
        config = serving_config_of(config_log.refresh(), now_ms())
        served = generation or config.generation
        lease = stack.enter_context(closing(SingleProcessLease(settings, served)))
        while not lease.is_held():
            view = config_log.refresh().at(now_ms())
            if stop.requested or (generation or view.generation) != served:
                return
            liveness.mark_waiting("another-process-sends")
            time.sleep(POLL_EVERY_S)
        with hit_notifier(settings, served, keys) as notifier:
            log.info("hits_ready", generation=served)
            computed = stack.enter_context(computed_notifier(settings, served, notifier))
            notices = stack.enter_context(
                closing(NoticeThread(settings, config._replace(generation=served)))
            )
            computed.read_rates = partial(_rates_of, config_log.refresh())
            resumed = False
            while (
                not stop.requested
                and (generation or config.generation) == served
                and lease.is_held()
            ):
                notifier.replace_rules(config.rules)
                notifier.partners = config.partners
                notices.config = config._replace(generation=served)
                computed.authorities = config.authorities
                resumed = resumed or notifier.resume()
                moved = (notifier.step() or computed.step()) if resumed else 0
                if not moved:
                    time.sleep(POLL_EVERY_S)
                liveness.mark_step(_counters(notifier, moved))
                history, now = config_log.refresh(), now_ms()
                computed.read_rates = partial(_rates_of, history)
                check_signing_key(load_mechanism_keys(settings), history, now)
                config = serving_config_of(history, now)
            log.info("hits_stopped", generation=served, sent=notifier.sent)


def _rates_of(history: ConfigHistory) -> RateHistory:
    """Return the rates as config has had them."""
    return RateHistory((since, view.rates) for since, view in history.views())


def _counters(notifier: HitNotifier, moved: int) -> SinkCounters:
    return SinkCounters(
        messages=notifier.messages,
        rows=notifier.sent,
        lag=notifier.waiting() if moved else 0,
        generation=notifier.generation,
        committed=time.time(),
    )


def main() -> int:
    """Run the process of the hits; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m consumers.hits",
        description="Tells owners of the indicators that their records take part in.",
    )
    parser.add_argument(
        "--generation", type=int, default=None, help="default: the one that config says serves"
    )
    settings = load(os.environ).acting_as(ProcessName.HITS)
    keep_private()
    configure(settings.log_json, level=settings.log_level)
    return run(settings, parser.parse_args().generation)
