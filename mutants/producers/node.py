"""A country node as Python sees it: the API of a national system that is integrated with Quipu. The
command line, the HTTP intake and the watched folder are users of this, no more.

    with CountryNode(settings, "co-ponal") as node:
        report = node.publish(Path("incautaciones.json"), "co-ponal-incautaciones", wait=30)
        print(report.counts())  # {"accepted": 1000, "duplicate": 0, "pending": 0, "refused": 0,
        "rejected": 0, "unanswered": 0}

        weapon = {"kind": "firearm", "type": "PISTOL", "make": "Taurus", "calibre": "9 mm",
        "serial": "TKZ12345"} envelope = {
            "tlp": "AMBER",
            "purpose": "investigation",
            "legal_basis": "CAN-552",
            "crime": "09012",
            "evaluation": {"scheme": "4x4", "source": "A", "information": "1"},
            "occurred_from": "2026-03-02T14:30:00-05:00",
            "occurred_precision": "minute",
        }
        record = {"reference": "R-1", "payload": {"weapon": weapon, "status": "LOST"}, "envelope":
        envelope} [answer] = node.publish_events("weapon_record", [record]) print(answer.outcome,
        answer.id, answer.reasons)  # sealed (or duplicate; or refused, and why) node.send(wait=30)
        # what is left goes out, what was answered comes in [receipt] =
        node.receipts_of(reference="R-1", type="weapon_record") print(receipt.verdict)  # accepted |
        duplicate | pending | rejected (with code and field) | unanswered

        found = {**record, "payload": {"weapon": weapon, "status": "SEIZED"}, "correction_reason":
        "WRONG"} [corrected] = node.publish_events("weapon_record", [found])
        node.retract(Act("retraction", corrected.id, "WRONG"), wait=30) cursor = 0 while (page :=
        node.receipts(since=cursor)).receipts:
            cursor = page.next  # keep it: the next time go on from here

An event is sealed and committed to the node's outbox before a method returns; sending it may take
as long as it takes. Errors are `producers.errors.NodeError`s and
`infra.keys.keyring.KeyringError`s: what was wrong and what to do, in Spanish and English.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from infra.data_folder import write_atomically
from infra.file_lock import file_lock
from infra.keys import keyring
from infra.keys.keyring import NodeKeys
from infra.settings import Settings
from producers.delivery.delivery_thread import Courier
from producers.delivery.kafka_connection import Away
from producers.errors import busy, never_seen
from producers.events import submitted
from producers.events.submitted import Answer, NewEvent
from producers.ingest.control_events import Act, state
from producers.ingest.ingester import Taker, Tally, Work
from producers.ingest.report import Progress, Report, Span
from producers.mapping.mapping import MappingFile, load
from producers.model import Refusal
from producers.node_config import Standing
from producers.outbox import hits, verdicts
from producers.outbox.hits import HitPage
from producers.outbox.receipts import MOST, Page, Receipt, id_of_reference, news, of_event, of_item
from producers.outbox.store import Outbox
from producers.sources.reader import read
from schemas.model import EventId

__all__ = ["Act", "CountryNode"]

BATCH = 2_000  # rows a transaction
ANSWER_S = 60.0
_LOOK_S = 3.0  # for config, before going on with what the outbox remembers of it
_KEYS_S = 60.0  # the keys are read again: one may have been rotated

Watch = Callable[[Progress], None]


class CountryNode:
    """A node of this data folder; one process at a time works with it (OutboxError OUTBOX_BUSY).
    Times are ms since 1970 UTC.

    `watch` is called with the progress; `wait` is how many seconds a method waits for answers (0:
    one attempt to send, no waiting). Kafka being away is no error: what was taken in stays in the
    outbox, and sending is tried again until the wait is over. `what`: how others are told who holds
    the node. For one thread at a time.
    """

    def __init__(
        self,
        settings: Settings,
        name: str,
        watch: Watch = lambda progress: None,
        clock: Callable[[], float] = time.time,
        what: str = "",
    ) -> None:
        self.settings, self.name, self._watch, self._clock, self._what = (
            settings,
            name,
            watch,
            clock,
            what,
        )
        self._stack = ExitStack()
        self._keys: tuple[float, NodeKeys] | None = None
        self._taker_of: tuple[str, str, Taker] | None = None
        self._looked = False

    def __enter__(self) -> "CountryNode":
        with ExitStack() as stack:
            keyring.load_node_keys(self.settings, self.name)
            folder = self.settings.node_dir(self.name)
            try:
                stack.enter_context(file_lock(folder / "lock"))
            except BlockingIOError as error:
                raise busy(self.name, folder) from error
            write_atomically(
                folder / "holder.json", json.dumps({"pid": os.getpid(), "what": self._what})
            )
            self.outbox = Outbox(folder / "outbox.db")
            stack.callback(self.outbox.close)
            self.courier = Courier(
                self.settings, self.name, self.outbox.path, lambda: self.keys, self.now
            )
            stack.callback(self.courier.close)
            self.progress = Progress()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def keys(self) -> NodeKeys:
        """The signing key in use now, and the secret of ids. Raises KeyringError."""
        if self._keys is None or time.monotonic() - self._keys[0] > _KEYS_S:
            self._keys = (time.monotonic(), keyring.load_node_keys(self.settings, self.name))
        return self._keys[1]

    def now(self) -> int:
        """Ms since 1970 UTC, by the node's clock."""
        return int(self._clock() * 1000)

    # -- taking in
    # ---------------------------------------------------------------------------------------------------------

    def publish(
        self,
        path: Path,
        mapping: str | MappingFile,
        lane: str = "routine",
        wait: float = ANSWER_S,
        justification: str | None = None,
    ) -> Report:
        """Take in a file, send, await what the mechanism says. A file published before is repeated
        harmlessly.

        Raises MappingError, OutboxError, SendError, FoundingError (the node is not in config),
        KeyringError.
        """
        return self._run(path, mapping, Work(path.name, lane), wait, justification)

    def correct(
        self, path: Path, mapping: str | MappingFile, reason: str, wait: float = ANSWER_S
    ) -> Report:
        """As publish; each row is a new version of the item with its reference, and supersedes the
        newest that this node sealed.
        """
        return self._run(path, mapping, Work(path.name, "routine", True, reason), wait, None)

    def take_file(self, path: Path, mapping: MappingFile, correcting: str | None = None) -> Report:
        """As `publish`, or with a reason as `correct`, but only into the outbox. Ctrl-C is told in
        the report.
        """
        self._look()
        tally, span, interrupted = self._take(
            path, mapping, Work(path.name, "routine", correcting is not None, correcting), 0
        )
        return self._report(tally, span, interrupted)

    def publish_events(
        self, type_: str, events: Sequence[Mapping[str, object]], wait: float | None = None
    ) -> list[Answer]:
        """Take in single events of one type, each `{payload, envelope, reference,
        correction_reason}` (see `producers.events.submitted`).

        An answer to each, in their order. All that were not refused are in the outbox when this
        returns; one that is refused does not stop the others. An event with the reference of an
        earlier one is a `duplicate` if it says the same, refused with CONFLICT if not, and a new
        version of it if it bears a `correction_reason`. `wait` None: nothing is sent by this call;
        else as for `publish`.

        Raises OutboxError (then hand all over again: what was taken in is a duplicate),
        FoundingError, KeyringError.
        """
        return self.take_events(
            [submitted.parse(one, number, type_) for number, one in enumerate(events, start=1)],
            wait,
        )

    def take_events(
        self, events: Sequence[NewEvent | list[Refusal]], wait: float | None = None
    ) -> list[Answer]:
        """As `publish_events`, for events of any types as `producers.events.submitted.parse` gives
        them.
        """
        self._look(wait or 0)
        taker = self._taker(wait or 0)
        span = Span.begin(self.outbox, taker.cord("routine"), taker.cord("urgent"))
        told = taker.take_events(events)
        self.courier.ask()
        if wait is not None:
            with self.courier.at_work():
                self._finish(Tally(), span, wait)
        return told

    def retract(self, act: Act, wait: float = ANSWER_S) -> Report:
        """State a retraction or an erasure. Refused with UNKNOWN_TARGET for what this node never
        sent.
        """
        with self.courier.at_work():
            taker, tally = self._taker(wait), Tally()
            span = Span.begin(self.outbox, taker.cord("routine"))
            state(act, self.outbox, taker, tally, self.now())
            return self._finish(tally, span, wait)

    def erase(self, act: Act, wait: float = ANSWER_S) -> Report:
        """As retract, for an erasure; the item's keys leave outbox and log in stages that any later
        command of the node resumes.
        """
        return self.retract(act, wait)

    def state(self, act: Act) -> list[Refusal]:
        """As retract, without sending: why it was refused; empty where it was sealed."""
        tally = Tally()
        state(act, self.outbox, self._taker(0), tally, self.now())
        return [one for one in tally.refusals if one.code != "ALREADY_TAKEN"]

    # -- sending and hearing
    # -----------------------------------------------------------------------------------------------

    def send(self, wait: float = ANSWER_S) -> Report:
        """Send what is left, read receipts, go on with erasures."""
        with self.courier.at_work():
            if self.outbox.fact("standing") is None:
                self.standing(wait)
            return self._finish(Tally(), Span({}), wait)

    def standing(self, wait: float = 0) -> Standing:
        """After a look at config; where Kafka is away what the outbox remembers of it.

        Raises what keeps the courier from sending, FoundingError where config was never seen and
        does not come in time.
        """
        deadline, self._looked = time.monotonic() + wait, True
        with self.courier.at_work():
            while True:
                ended = self.courier.await_round(self.courier.ask(), _LOOK_S)
                self._heard()
                remembered = self.outbox.fact("standing")
                if remembered:
                    return Standing.read(remembered)
                left = deadline - time.monotonic()
                if left <= 0:
                    raise never_seen(self.name)
                if ended:
                    time.sleep(min(left, 0.3))

    def reach(self) -> Standing:
        """As `standing`, but from Kafka only. Raises Away where it does not answer now."""
        standing = self.standing()
        if self.progress.away:
            raise Away(self.progress.away)
        return standing

    def receipts(self, since: int = 0, limit: int = MOST, verdict: str = "") -> Page:
        """What the mechanism said, in the order in which it became known here: at most `limit`
        verdicts after the cursor `since`.

        Begin with 0 and go on with the page's `next`: every change of a verdict is told once more.
        `verdict`: only of this kind, such as `rejected`. Only reads the outbox. Raises OutboxError.
        """
        return news(self.outbox, since, limit, verdict)

    def receipts_of(
        self, id: EventId | None = None, reference: str | None = None, type: str | None = None
    ) -> list[Receipt]:
        """Every version of an item, oldest first: by its event id, or by its source reference (of
        any type unless one is named).

        Empty for an item that this node never sealed. Only reads the outbox. Raises OutboxError.
        """
        if id is not None:
            return of_event(self.outbox, [id])
        return of_item(self.outbox, self.keys, reference or "", type)

    def rejects(self, since: int = 0, limit: int = MOST) -> Page:
        """As `receipts`, of rejected items only: mend them at the source and publish them again."""
        return self.receipts(since, limit, "rejected")

    def hits(self, since: int = 0, limit: int = MOST) -> HitPage:
        """Indicators that records of this node's authority take part in: at most `limit` after the
        cursor `since`.

        Begin with 0 and go on with the page's `next`: every change is told once more, the end of an
        indicator too (`status` gone). Who else has records in it, how many, and whom to call. Only
        reads the outbox. Raises OutboxError.
        """
        return hits.page(self.outbox, since, limit)

    def erasures_left(self) -> int:
        """Erasures whose keys may still be in Kafka's files."""
        return len(verdicts.unfinished(self.outbox))

    def id_of_reference(self, type_: str, reference: str) -> EventId:
        """The event id of this node's item with a source reference."""
        return id_of_reference(self.keys, type_, reference)

    def reconcile_counts(self) -> list[dict[str, object]]:
        """Per cord: taken, refused, sealed, accepted, duplicate, pending, rejected, unanswered, and
        the sums of outbox.sql (hex).
        """
        cursor = self.outbox.connection.execute("SELECT * FROM reconcile ORDER BY cord")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    # -- how
    # ---------------------------------------------------------------------------------------------------------------

    def _run(
        self,
        path: Path,
        mapping: str | MappingFile,
        work: Work,
        wait: float,
        justification: str | None,
    ) -> Report:
        how = load(mapping) if isinstance(mapping, str) else mapping
        if work.lane == "urgent":
            how = how.urgent(justification)
        with self.courier.at_work():
            self.standing(
                wait
            )  # an old copy of an outbox is found out before anything is sealed on it
            tally, span, interrupted = self._take(path, how, work, wait)
            return (
                self._report(tally, span, interrupted=True)
                if interrupted
                else self._finish(tally, span, wait)
            )

    def _take(
        self, path: Path, how: MappingFile, work: Work, wait: float
    ) -> tuple[Tally, Span, bool]:
        """Take in a file's rows; whether Ctrl-C left it half way."""
        taker, tally, equal = self._taker(wait), Tally(), Counter[bytes]()
        taker.kind(how.type)
        span = Span.begin(self.outbox, taker.cord(work.lane))
        try:
            for batch in _batches(read(path, how.source, how.columns)):
                taker.take_rows(batch, how, work, tally, equal)
                self._note(
                    rows=tally.rows,
                    sealed=tally.sealed,
                    refused=tally.refused,
                    repeated=tally.repeated,
                )
                self.courier.ask()
        except KeyboardInterrupt:
            return tally, span.end(self.outbox), True
        return tally, span.end(self.outbox), False

    def _look(self, wait: float = 0) -> None:
        """At config, once: an old copy of an outbox is found out before anything is sealed on it.
        Raises what keeps it from sending.
        """
        if not self._looked:
            self.standing(wait)
        self._heard()

    def _taker(self, wait: float) -> Taker:
        """For what holds now; the same one as long as nothing changes."""
        text, keys = self.outbox.fact("standing"), self.keys
        if text is None:
            text = self.standing(wait).write()
        if self._taker_of is None or self._taker_of[:2] != (text, keys.key_id):
            self._taker_of = (
                text,
                keys.key_id,
                Taker(self.outbox, self.name, Standing.read(text), keys, self.now),
            )
        return self._taker_of[2]

    def _finish(self, tally: Tally, span: Span, wait: float) -> Report:
        """Until all of the span is answered, or the wait is over; one attempt in any case."""
        span = span.end(self.outbox)
        deadline = time.monotonic() + wait
        try:
            while True:
                self.courier.await_round(self.courier.ask(), max(wait, ANSWER_S))
                self._heard()
                left = deadline - time.monotonic()
                if left <= 0 or (not self.outbox.unsent() and not span.is_open(self.outbox)):
                    return self._report(tally, span)
                time.sleep(min(0.5 if self.progress.away else 0.05, left))
        except KeyboardInterrupt:
            return self._report(tally, span, interrupted=True)

    def _heard(self) -> None:
        """Tell what the courier knows. Raises what keeps it from sending."""
        heard = self.courier.heard
        self._note(
            sent=heard.sent,
            answered=heard.answered,
            erasing=heard.erasing,
            away=self.courier.away(),
        )
        if heard.trouble is not None:
            raise heard.trouble

    def _report(self, tally: Tally, span: Span, interrupted: bool = False) -> Report:
        return Report(
            self.name,
            tally,
            span,
            self.outbox.unsent(),
            self.erasures_left(),
            self.progress.away,
            interrupted,
            self.outbox.path,
        )

    def _note(self, **changes: object) -> None:
        for name, value in changes.items():
            setattr(self.progress, name, value)
        self._watch(self.progress)


def _batches(reads: Iterable[object]) -> Iterator[list]:  # type: ignore[type-arg]
    left = iter(reads)
    while batch := list(islice(left, BATCH)):
        yield batch
