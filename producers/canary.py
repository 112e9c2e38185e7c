"""Send heartbeats, each timed from the node to the query.

`python -m producers.canary --node N [--every 30]` or `quipu canary`. A heartbeat is an event like
any other: sealed, signed, sent, verified, stored. Its time runs from the moment the node ingests it
until the API finds it in the tables. The next heartbeat carries that number, so whoever may read
the store knows the percentiles of any past hour.

The node's outbox is held only while a heartbeat is ingested and sent. If another command works with
the node, one heartbeat is left out.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import structlog

from infra.api_client import open_api
from infra.data_folder import write_atomically
from infra.errors import QuipuError
from infra.logging_setup import configure
from infra.private_files import keep_private
from infra.settings import Settings, load
from infra.telemetry.liveness import report_idle
from producers.delivery.kafka_connection import KafkaUnavailableError
from producers.ingest.ingest_counts import IngestCounts, IngestRun
from producers.ingest.ingester import Ingester
from producers.model import MappedRow, Refusal
from producers.node import CountryNode
from schemas import ids
from schemas.event.event_type import event_type
from schemas.i18n import _
from schemas.model import EventId

log = structlog.get_logger(__name__)

EVERY_S = 30.0
"""Two heartbeats a minute: 120 measurements an hour, about 9 MB of the log a day."""
GIVE_UP_AFTER_S = 60.0
"""How long a heartbeat is looked for; one not found by then counts as having taken that long."""
POLL_EVERY_S = 0.02
SEQUENCE_SETTING = "heartbeat"
"""In the outbox: the sequence of the last heartbeat, so that a canary started again counts on."""
ENVELOPE = {
    "tlp": "GREEN",
    "purpose": "prevention",
    "legal_basis": "UNTOC-18.4",
    "crime": "0000",
    "evaluation": {"scheme": "admiralty", "source": "A", "information": "1"},
}


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A heartbeat that was sent. `began`: of `time.monotonic()`, when the node was handed it."""

    sequence: int
    id: EventId
    began: float


def send_heartbeat(settings: Settings, node: str, previous: float | None) -> Heartbeat:
    """Ingest one heartbeat and send it. `previous` is the seconds that the last one took.

    Raises KafkaUnavailableError (then nothing was ingested), OutboxBusyError, FoundingError,
    KeyringError.
    """
    with CountryNode(settings, node) as country:
        config = country.require_connection()
        ingester = Ingester(country.outbox, node, config, country.keys, country.now)
        sequence = int(country.outbox.setting(SEQUENCE_SETTING) or 0) + 1
        began = time.monotonic()
        payload = {"sequence": sequence, "sent_at": country.now(), "previous_seconds": previous}
        mapped = MappedRow(0, payload, dict(ENVELOPE), None)
        draft = ingester.draft(mapped, event_type("heartbeat"))
        if isinstance(draft, list):
            raise heartbeat_refused(draft[0])
        run = IngestRun(f"heartbeat {sequence}", "routine")
        ingester.commit([draft], [], run, IngestCounts())
        country.outbox.set_setting(SEQUENCE_SETTING, str(sequence))
        country.send(wait=0)
    return Heartbeat(sequence, draft.id, began)


def heartbeat_refused(refusal: Refusal) -> QuipuError:
    """Config's code lists leave out a code that heartbeats bear."""
    what = f"{refusal.code} {refusal.field}"
    return QuipuError(
        _("Config does not allow heartbeats: {what}.", what=what),
        _("Check config's code lists."),
        refusal.code,
    )


def wait_until_queryable(
    settings: Settings, heartbeat: Heartbeat, stop: Callable[[], bool] = lambda: False
) -> float | None:
    """Wait until the API finds a heartbeat. Returns the seconds that it took.

    Returns GIVE_UP_AFTER_S if it was not found in that time, and None if stopped or if the API
    never answered.
    """
    path = f"/health/heartbeats/{ids.to_uuid_text(heartbeat.id)}"
    answered = False
    with open_api(settings, settings.token_file("canary")) as api:
        while time.monotonic() - heartbeat.began < GIVE_UP_AFTER_S and not stop():
            try:
                answer = api.get(path)
                answered = True
                if answer.status_code == httpx.codes.OK:
                    return time.monotonic() - heartbeat.began
            except httpx.HTTPError as error:
                log.debug("api_not_reached", error=repr(error))
            time.sleep(POLL_EVERY_S)
    return GIVE_UP_AFTER_S if answered and not stop() else None


class HeartbeatLoop:
    """Sends heartbeats until it is stopped."""

    def __init__(
        self,
        settings: Settings,
        node: str,
        every: float,
        tell: Callable[[int, float | None, str], None],
    ) -> None:
        """`tell` hears of each heartbeat: sequence (0: none was sent), seconds, why not."""
        self._settings, self._node, self._every, self._tell = settings, node, every, tell
        self._previous: float | None = None
        self.stop = threading.Event()

    def run(self) -> None:
        """Send heartbeats until `stop` is set."""
        while not self.stop.is_set():
            began = time.monotonic()
            sequence, why = self._once()
            self._tell(sequence, self._previous, why)
            self.stop.wait(max(0.0, self._every - (time.monotonic() - began)))

    def _once(self) -> tuple[int, str]:
        """One heartbeat: its sequence (0: none was sent), and why not."""
        try:
            heartbeat = send_heartbeat(self._settings, self._node, self._previous)
        except KafkaUnavailableError as away:
            return 0, str(away)
        except QuipuError as error:
            return 0, error.message.in_language(self._settings.lang)
        self._previous = wait_until_queryable(self._settings, heartbeat, self.stop.is_set)
        self._read_receipt()
        return heartbeat.sequence, ""

    def _read_receipt(self) -> None:
        """So that the outbox is at rest between two heartbeats, and reconcile holds."""
        try:
            with CountryNode(self._settings, self._node) as country:
                country.send(wait=0)
        except QuipuError as error:
            log.info(
                "receipt_not_read",
                node=self._node,
                code=error.code,
                consequence="the next heartbeat reads it",
            )


def main() -> int:
    """Run the process that `quipu up` keeps if QUIPU_CANARY names a node.

    It waits for what is missing instead of ending.
    """
    parser = argparse.ArgumentParser(
        prog="python -m producers.canary", description="Heartbeats of a node, timed."
    )
    parser.add_argument("--node", required=True)
    parser.add_argument(
        "--every", type=float, default=EVERY_S, help="seconds from one heartbeat to the next"
    )
    arguments = parser.parse_args()
    settings = load(os.environ)
    keep_private()
    configure(settings.log_json, level=settings.log_level)

    def tell(sequence: int, seconds: float | None, why: str) -> None:
        if why:
            log.warning("heartbeat_left_out", node=arguments.node, reason=why)
        else:
            log.info(
                "heartbeat",
                node=arguments.node,
                sequence=sequence,
                seconds=None if seconds is None else round(seconds, 3),
            )

    canary = HeartbeatLoop(settings, arguments.node, arguments.every, tell)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: canary.stop.set())
    report_idle(
        settings, "canary", {"kind": "canary", "node": arguments.node, "phase": "running"}
    ).start()
    write_atomically(settings.ready_file("canary"), f"{os.getpid()}\n")
    canary.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
