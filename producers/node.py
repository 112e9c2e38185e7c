"""A country node as Python sees it: the API that a national system integrates with.

The command line, the HTTP intake and the watched folder use this API and nothing else.

    with CountryNode(settings, "co-ponal") as node:
        report = node.publish(Path("incautaciones.json"), "co-ponal-incautaciones", wait=30)
        print(report.counts())
        # {"accepted": 1000, "duplicate": 0, "pending": 0, "refused": 0, "rejected": 0,
        #  "unanswered": 0}

        weapon = {
            "kind": "firearm",
            "type": "PISTOL",
            "make": "Taurus",
            "calibre": "9 mm",
            "serial": "TKZ12345",
        }
        envelope = {
            "tlp": "AMBER",
            "purpose": "investigation",
            "legal_basis": "CAN-552",
            "crime": "09012",
            "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
            "occurred_from": "2026-03-02T14:30:00-05:00",
            "occurred_precision": "minute",
        }
        lost = {"weapon": weapon, "status": "LOST"}
        record = {"reference": "R-1", "payload": lost, "envelope": envelope}
        [result] = node.publish_events("weapon_record", [record])
        print(result.outcome, result.id, result.reasons)  # sealed, duplicate, or refused and why
        node.send(wait=30)  # sends what waits and reads what was answered
        [receipt] = node.receipts_of(reference="R-1", type="weapon_record")
        print(receipt.verdict)
        # accepted | duplicate | pending | rejected (with code and field) | unanswered

        seized = {"weapon": weapon, "status": "SEIZED"}
        correction = {**record, "payload": seized, "correction_reason": "WRONG"}
        [corrected] = node.publish_events("weapon_record", [correction])
        node.retract(ControlStatement("retraction", corrected.id, "WRONG"), wait=30)
        cursor = 0
        while (page := node.receipts(since=cursor)).receipts:
            cursor = page.next  # keep it, and continue from here the next time

A method returns only after an event is sealed and committed to the node's outbox. Sending it may
take as long as it takes. Errors are `producers.errors.NodeError` and
`infra.keys.keyring.KeyringError`. They say what is wrong and what to do, in Spanish and English.
"""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from infra.data_folder import write_atomically
from infra.file_lock import file_lock
from infra.kafka_access import node_process
from infra.keys import keyring
from infra.keys.keyring import NodeKeys
from infra.settings import Settings
from producers.delivery.delivery_thread import FIRST_CONFIG_WAIT_S, DeliveryThread
from producers.delivery.kafka_connection import KafkaConnection, KafkaUnavailableError
from producers.errors import OutboxBusyError, config_never_read
from producers.events import submitted
from producers.events.submitted import NewEvent, SubmissionResult
from producers.ingest.control_events import ControlStatement, submit_statement
from producers.ingest.ingest_counts import IngestCounts, IngestRun
from producers.ingest.ingester import Ingester
from producers.ingest.report import RunProgress, RunReport
from producers.ingest.run import NodeRun
from producers.mapping.file_mapping import FileMapping
from producers.mapping.loader import load_file_mapping
from producers.mapping.mapping import RowMapping
from producers.model import REPEATED_CODES, Refusal
from producers.node_config import NodeConfig
from producers.outbox import erasures, hits
from producers.outbox.hits import HitPage
from producers.outbox.receipts import (
    MAX_PAGE,
    Receipt,
    ReceiptPage,
    changes_since,
    id_of_reference,
    receipts_by_id,
    receipts_by_reference,
    with_references,
)
from producers.outbox.retention import note_review_days_daily
from producers.outbox.store import Outbox
from schemas.model import EventId

__all__ = ["ControlStatement", "CountryNode"]

DEFAULT_WAIT_S = 60.0
_CONFIG_WAIT_S = 3.0
"""How long a look at config may take before the node goes on with what the outbox remembers."""
_KEYS_VALID_S = 60.0
"""How long keys are used before they are read again: one may have been rotated."""

OnProgress = Callable[[RunProgress], None]


class CountryNode:
    """A node of this data folder. One process at a time works with it (OutboxBusyError).

    Times are ms since 1970 UTC. `on_progress` is called with the progress. `wait` is how many
    seconds a method waits for answers; 0 means one attempt to send and no waiting. It is no error
    if Kafka does not answer: what was ingested stays in the outbox, and sending is tried again
    until the wait is over. `holder_label` shows other processes who holds the node. Use an object
    in one thread at a time.
    """

    def __init__(
        self,
        settings: Settings,
        name: str,
        on_progress: OnProgress = lambda progress: None,
        clock: Callable[[], float] = time.time,
        holder_label: str = "",
    ) -> None:
        """Take the node's name; nothing is opened before the `with` block."""
        self.settings = settings.acting_as(node_process(name))
        self.name = name
        self._on_progress = on_progress
        self._clock = clock
        self._holder_label = holder_label
        self._stack = ExitStack()
        self._keys: tuple[float, NodeKeys] | None = None
        self._current: tuple[NodeConfig, str, Ingester] | None = None
        self._config_read = False

    def __enter__(self) -> "CountryNode":
        """Open the node. Raises KeyringError, OutboxError."""
        with ExitStack() as stack:
            keyring.load_node_keys(self.settings, self.name)
            folder = self.settings.node_dir(self.name)
            try:
                stack.enter_context(file_lock(folder / "lock"))
            except BlockingIOError as error:
                raise OutboxBusyError.of_folder(self.name, folder) from error
            holder = {"pid": os.getpid(), "what": self._holder_label}
            write_atomically(folder / "holder.json", json.dumps(holder))
            self.outbox = Outbox(folder / "outbox.db")
            stack.callback(self.outbox.close)
            self.delivery = DeliveryThread(
                self.settings, self.name, self.outbox.path, lambda: self.keys, self.now
            )
            self.delivery.config = self.outbox.node_config()
            stack.callback(self.delivery.close)
            self.progress = RunProgress()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop sending and close the outbox, within a few seconds even if Kafka hangs."""
        self._stack.close()

    @property
    def keys(self) -> NodeKeys:
        """The signing key in use now, and the secret of ids. Raises KeyringError."""
        if self._keys is None or time.monotonic() - self._keys[0] > _KEYS_VALID_S:
            self._keys = (time.monotonic(), keyring.load_node_keys(self.settings, self.name))
        return self._keys[1]

    def now(self) -> int:
        """Give the time of the node's clock, in ms since 1970 UTC."""
        return int(self._clock() * 1000)

    # -- ingesting

    def publish(
        self,
        path: Path,
        mapping: str | RowMapping | FileMapping,
        lane: str = "routine",
        wait: float = DEFAULT_WAIT_S,
        justification: str | None = None,
    ) -> RunReport:
        """Ingest a file, send it and wait for the answers. It is harmless to repeat a file.

        Ctrl-C ends it within a few seconds, at any load; the report says so, and a repetition
        finishes the work. Raises MappingError, OutboxError, SendError, KeyringError, and
        FoundingError where the node is not in config.
        """
        file_mapping = _file_mapping(mapping)
        if lane == "urgent":
            file_mapping = file_mapping.as_urgent(justification)
        return self._publish(path, file_mapping, IngestRun(path.name, lane), wait)

    def correct(
        self,
        path: Path,
        mapping: str | RowMapping | FileMapping,
        reason: str,
        wait: float = DEFAULT_WAIT_S,
    ) -> RunReport:
        """Publish a file whose rows are new versions of items with the same references.

        Each supersedes the newest version that this node sealed. Raises as `publish` does.
        """
        ingest_run = IngestRun(path.name, "routine", True, reason)
        return self._publish(path, _file_mapping(mapping), ingest_run, wait)

    def retract_file(
        self,
        path: Path,
        mapping: str | RowMapping | FileMapping,
        statement: ControlStatement,
        wait: float = DEFAULT_WAIT_S,
    ) -> RunReport:
        """Retract every record of a file, found by its reference or else by its content.

        `statement` says why; its target is each record in turn. Raises as `publish` does.
        """
        run = IngestRun(path.name, "routine", reason=statement.reason, retracting=statement)
        return self._publish(path, _file_mapping(mapping), run, wait)

    def ingest_file(
        self, path: Path, mapping: RowMapping | FileMapping, correcting: str | None = None
    ) -> RunReport:
        """Ingest a file into the outbox only. With a reason its rows correct known items.

        The report shows an interrupt by Ctrl-C. Raises as `publish` does.
        """
        self._refresh_config()
        run = self._begin_run()
        with run.interruptible():
            ingest_run = IngestRun(path.name, "routine", correcting is not None, correcting)
            run.ingest_file(path, _file_mapping(mapping), ingest_run, self._ingester(0))
        return self._report(run)

    def publish_events(
        self, type_: str, events: Sequence[Mapping[str, object]], wait: float | None = None
    ) -> list[SubmissionResult]:
        """Ingest single events of one type; see `producers.events.submitted` for their shape.

        Returns a result for each, in their order. All that were not refused are in the outbox when
        this returns. A refused event does not stop the others. An event with the reference of an
        earlier one is a `duplicate` if it has the same content. If not, it is refused with
        CONFLICT, or it is a new version if it has a `correction_reason`. With `wait` None this call
        sends nothing; else it waits as `publish` does.

        Raises FoundingError, KeyringError, and OutboxError. After an OutboxError hand all events
        over again: those ingested before are duplicates.
        """
        parsed = [
            submitted.parse_event(event, number, type_)
            for number, event in enumerate(events, start=1)
        ]
        return self.ingest_events(parsed, wait)

    def ingest_events(
        self, events: Sequence[NewEvent | list[Refusal]], wait: float | None = None
    ) -> list[SubmissionResult]:
        """Ingest events of any types, as `producers.events.submitted.parse_event` gives them."""
        self._refresh_config(wait or 0)
        ingester = self._ingester(wait or 0)
        run = self._begin_run()
        run.begin(ingester.cord("routine"), ingester.cord("urgent"))
        results = ingester.ingest_events(events)
        self.delivery.request_round()
        if wait is not None:
            with self.delivery.running(), run.interruptible():
                run.wait_for_answers(wait)
        return results

    def retract(self, statement: ControlStatement, wait: float = DEFAULT_WAIT_S) -> RunReport:
        """Seal a retraction or an erasure, send it and wait for the answer.

        It is refused with UNKNOWN_TARGET for an item that this node never sent.
        """
        run = self._begin_run()
        with self.delivery.running(), run.interruptible():
            ingester = self._ingester(wait)
            run.begin(ingester.cord("routine"))
            submit_statement(statement, self.outbox, ingester, run.counts, self.now())
            run.wait_for_answers(wait)
        return self._report(run)

    def erase(self, statement: ControlStatement, wait: float = DEFAULT_WAIT_S) -> RunReport:
        """Seal an erasure as `retract` does.

        The item's keys leave outbox and log in stages, which any later command of the node resumes.
        """
        return self.retract(statement, wait)

    def submit_statement(self, statement: ControlStatement) -> list[Refusal]:
        """Seal a retraction or an erasure without sending it. Returns why it was refused, if so."""
        counts = IngestCounts()
        submit_statement(statement, self.outbox, self._ingester(0), counts, self.now())
        return [refusal for refusal in counts.refusals if refusal.code not in REPEATED_CODES]

    # -- sending and receiving

    def send(self, wait: float = DEFAULT_WAIT_S) -> RunReport:
        """Send what waits in the outbox, read receipts, advance erasures."""
        run = self._begin_run()
        with self.delivery.running(), run.interruptible():
            if self.delivery.config is None:
                self.read_config(wait)
            run.wait_for_answers(wait)
        return self._report(run)

    def read_config(self, wait: float = 0) -> NodeConfig:
        """Read config from Kafka. If Kafka does not answer, use what the outbox remembers of it.

        Raises what keeps the node from sending, and FoundingError where config was never read and
        does not come within `wait` seconds. A Kafka that takes connections and is slow gets
        FIRST_CONFIG_WAIT_S at least.
        """
        begun_at, self._config_read = time.monotonic(), True
        with self.delivery.running():
            while True:
                number = self.delivery.request_round()
                is_first = self.delivery.config is None
                within_s = FIRST_CONFIG_WAIT_S if is_first else _CONFIG_WAIT_S
                has_ended = self.delivery.wait_for_round(number, within_s)
                self._report_progress()
                if self.delivery.config is not None:
                    return self.delivery.config
                is_slow = self.delivery.connection.is_reachable
                patience_s = max(wait, FIRST_CONFIG_WAIT_S) if is_slow else wait
                remaining = begun_at + patience_s - time.monotonic()
                if remaining <= 0:
                    raise config_never_read(self.name)
                if has_ended:
                    time.sleep(min(remaining, 0.3))

    def new_connection(self) -> KafkaConnection:
        """Return a further connection to Kafka as this node; the caller closes it."""
        return KafkaConnection(self.settings)

    def require_connection(self) -> NodeConfig:
        """Read config from Kafka only. Raises KafkaUnavailableError where Kafka does not answer."""
        config = self.read_config()
        if self.progress.unavailable:
            raise KafkaUnavailableError(self.progress.unavailable)
        return config

    # -- reading the outbox

    def receipts(self, since: int = 0, limit: int = MAX_PAGE, verdict: str = "") -> ReceiptPage:
        """Read at most `limit` verdicts after the cursor `since`, in the order of their arrival.

        Begin with 0 and continue with the page's `next`. An item comes again whenever its verdict
        changes. `verdict` restricts the page to one kind, such as `rejected`. Raises OutboxError.
        """
        page = changes_since(self.outbox, since, limit, verdict)
        return replace(page, receipts=with_references(self.outbox, self.keys, page.receipts))

    def receipts_of(
        self, id: EventId | None = None, reference: str | None = None, type: str | None = None
    ) -> list[Receipt]:
        """Read every version of an item, oldest first, by its event id or by its source reference.

        A reference is looked up in all types unless `type` names one. Empty for an item that this
        node never sealed. Raises OutboxError.
        """
        if id is not None:
            receipts = receipts_by_id(self.outbox, [id])
        else:
            receipts = receipts_by_reference(self.outbox, self.keys, reference or "", type)
        return with_references(self.outbox, self.keys, receipts)

    def rejects(self, since: int = 0, limit: int = MAX_PAGE) -> ReceiptPage:
        """Read rejected items as `receipts` does. Correct them at the source and publish again."""
        return self.receipts(since, limit, "rejected")

    def hits(self, since: int = 0, limit: int = MAX_PAGE) -> HitPage:
        """Read indicators that records of this node's authority take part in.

        Gives at most `limit` after the cursor `since`. Begin with 0 and continue with the page's
        `next`. An indicator comes again whenever it changes, and when it ends (`status` gone). A
        hit says who else has records in it, how many, and whom to call. Raises OutboxError.
        """
        return hits.hits_since(self.outbox, since, limit)

    def erasures_left(self) -> int:
        """Count the erasures whose keys may still be in Kafka's files."""
        return len(erasures.unfinished_erasures(self.outbox))

    def id_of_reference(self, type_: str, reference: str) -> EventId:
        """Compute the event id of this node's item with a source reference."""
        return id_of_reference(self.keys, type_, reference)

    def reconcile_counts(self) -> list[dict[str, object]]:
        """Count items by outcome for each cord, with the checksums as hex text."""
        return self.outbox.reconcile_counts()

    # -- one run

    def _publish(
        self, path: Path, mapping: FileMapping, ingest_run: IngestRun, wait: float
    ) -> RunReport:
        run = self._begin_run()
        with self.delivery.running(), run.interruptible():
            # This finds out that an outbox is an old copy before anything is sealed on it.
            self.read_config(wait)
            run.ingest_file(path, mapping, ingest_run, self._ingester(wait))
            run.wait_for_answers(wait)
        return self._report(run)

    def _begin_run(self) -> NodeRun:
        return NodeRun(self.outbox, self.delivery, self._report_progress)

    def _refresh_config(self, wait: float = 0) -> None:
        """Read config once. Raises what keeps the node from sending."""
        if not self._config_read:
            self.read_config(wait)
        self._report_progress()

    def _ingester(self, wait: float) -> Ingester:
        """Give an ingester for the config in effect: the same one as long as nothing changes."""
        config = self.delivery.config or self.read_config(wait)
        keys = self.keys
        if self._current is None or self._current[:2] != (config, keys.key_id):
            ingester = Ingester(self.outbox, self.name, config, keys, self.now)
            self._current = (config, keys.key_id, ingester)
        return self._current[2]

    def _report_progress(self, counts: IngestCounts | None = None) -> None:
        """Call `on_progress`. Raises what keeps the node from sending."""
        progress, status = self.progress, self.delivery.status
        if counts is not None and counts.rows:
            progress.rows, progress.sealed = counts.rows, counts.sealed
            progress.refused, progress.repeated = counts.refused, counts.repeated
        progress.sent, progress.answered = status.sent, status.answered
        progress.erasing = status.erasing
        progress.unavailable = self.delivery.unavailable()
        self._on_progress(progress)
        if status.problem is not None:
            raise status.problem

    def _report(self, run: NodeRun) -> RunReport:
        note_review_days_daily(self.outbox, self.keys, self.now())
        return RunReport(
            node=self.name,
            ingested=run.counts,
            bundle_range=run.sealed_bundles(),
            unsent=self.outbox.count_unsent(),
            erasures=self.erasures_left(),
            unavailable=self.progress.unavailable,
            interrupted=run.interrupted,
            outbox_path=self.outbox.path,
            sent_bundles=self.progress.sent,
            answered=self.progress.answered,
        )


def _file_mapping(mapping: str | RowMapping | FileMapping) -> FileMapping:
    """Give the mappings of a file, loaded by its name if need be. Raises MappingError."""
    return load_file_mapping(mapping) if isinstance(mapping, str) else FileMapping.of(mapping)
