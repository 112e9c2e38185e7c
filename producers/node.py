"""A country node as Python sees it; the command line is a user of this.

with CountryNode(settings, "co-ponal") as node:
    report = node.publish(Path("incautaciones.json"), "co-ponal-incautaciones")
    report.counts()  # {"accepted": 998, "duplicate": 2, "pending": 0, "refused": 0, "rejected": 0, "unanswered": 0}
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from infra import keyring
from infra.errors import Words
from infra.lock import held
from infra.settings import Settings
from producers import answers
from producers.erasing import Erasing
from producers.errors import FoundingError, OutboxError
from producers.event import of_reference
from producers.link import Away, Link
from producers.mapping import MappingFile, load
from producers.model import Mapped, Refusal
from producers.outbox import Outbox
from producers.report import Progress, Report, Span
from producers.sealing import envelope_of
from producers.sender import Sender
from producers.sources import read
from producers.standing import Standing, of_view
from producers.taking import Taker, Tally, Work
from schemas.model import EventId

BATCH = 2_000  # rows a transaction
ANSWER_S = 60.0
_BACK_OFF_S = (0.5, 10.0)
_MARKED = ("recipients", "tlp", "handling", "condition", "purpose", "legal_basis", "crime", "case_reference", "exercise", "evaluation")
_COPIED = (*_MARKED, "place_country", "subdivision", "language")

Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Act:
    """A retraction or an erasure. `type`: which; `target`: the event's id; `reason`: a code of its list."""

    type: str
    target: EventId
    reason: str
    note: str | None = None
    ordered_by: str | None = None


class CountryNode:
    """A node of this data folder; one process at a time works with it (OutboxError OUTBOX_BUSY). Times are ms since 1970 UTC.

    `watch` is called with the progress; `wait` is how many seconds a method waits for answers (0: one attempt to send, no waiting).
    Kafka being away is no error: what was taken in stays in the outbox, and sending is tried again until the wait is over.
    """

    def __init__(self, settings: Settings, name: str, watch: Watch = lambda progress: None, clock: Callable[[], float] = time.time) -> None:
        self.settings, self.name, self._watch, self._clock = settings, name, watch, clock
        self._stack = ExitStack()

    def __enter__(self) -> "CountryNode":
        with ExitStack() as stack:
            self.keys = keyring.node_keys(self.settings, self.name)
            folder = self.settings.node_dir(self.name)
            try:
                stack.enter_context(held(folder / "lock"))
            except BlockingIOError as error:
                raise _busy(self.name) from error
            self.outbox = Outbox(folder / "outbox.db")
            stack.callback(self.outbox.close)
            self.link = Link(self.settings)
            stack.callback(self.link.close)
            self.sender = Sender(self.name, self.outbox, self.link)
            self.progress = Progress()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def now(self) -> int:
        return int(self._clock() * 1000)

    def publish(
        self, path: Path, mapping: str | MappingFile, lane: str = "routine", wait: float = ANSWER_S, justification: str | None = None
    ) -> Report:
        """Take in a file, send, await what the mechanism says. A file published before is repeated harmlessly.

        Raises MappingError, OutboxError, SendError, FoundingError (the node is not in config), KeyringError.
        """
        return self._run(path, mapping, Work(path.name, lane), wait, justification)

    def correct(self, path: Path, mapping: str | MappingFile, reason: str, wait: float = ANSWER_S) -> Report:
        """As publish; each row is a new version of the item with its reference, and supersedes the newest that this node sealed."""
        return self._run(path, mapping, Work(path.name, "routine", True, reason), wait, None)

    def retract(self, act: Act, wait: float = ANSWER_S) -> Report:
        """State a retraction or an erasure. Refused with UNKNOWN_TARGET for what this node never sent."""
        taker, tally = self._taker(wait), Tally()
        span = Span.begin(self.outbox, taker.cord("routine"))
        work = Work(f"{act.type} {act.target.hex()}", "routine", why=act.reason)
        found = self.outbox.rows(
            "SELECT bundle, item FROM items JOIN contents USING (cord, sequence) WHERE id = ? ORDER BY number DESC LIMIT 1", (act.target,)
        )
        if not found:
            taker.commit([], [[Refusal(0, "UNKNOWN_TARGET", "target")]], work, tally)
            return self._finish(tally, span, wait)
        former = envelope_of(*found[0])
        payload = {"target": act.target, "reason": act.reason, "note": act.note, "ordered_by": act.ordered_by}
        mapped = Mapped(0, payload, {name: former[name] for name in _COPIED}, None)
        made = taker.draft_one(mapped, taker.kind(act.type))
        if isinstance(made, list):
            taker.commit([], [made], work, tally)
            return self._finish(tally, span, wait)
        taker.commit([made], [], work, tally)
        if act.type == "erasure" and not self.outbox.rows("SELECT 1 FROM erasures WHERE id = ?", (act.target,)):
            answers.set_stage(self.outbox, act.target, "stated", self.now())
        return self._finish(tally, span, wait)

    def erase(self, act: Act, wait: float = ANSWER_S) -> Report:
        """As retract, for an erasure; the item's keys leave outbox and log in stages that any later command of the node resumes."""
        return self.retract(act, wait)

    def send(self, wait: float = ANSWER_S) -> Report:
        """Send what is left, read receipts, go on with erasures."""
        self._standing(wait)
        return self._finish(Tally(), Span({}), wait)

    def erasures_left(self) -> int:
        """Erasures whose keys may still be in Kafka's files."""
        return len(answers.unfinished(self.outbox))

    def id_of_reference(self, type_: str, reference: str) -> EventId:
        """The event id of this node's item with a source reference."""
        return self._taker(0).id_of(type_, of_reference(reference))

    def reconcile_counts(self) -> list[dict[str, object]]:
        """Per cord: taken, refused, sealed, accepted, duplicate, pending, rejected, unanswered, and the sums of outbox.sql (hex)."""
        cursor = self.outbox.connection.execute("SELECT * FROM reconcile ORDER BY cord")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _run(self, path: Path, mapping: str | MappingFile, work: Work, wait: float, justification: str | None) -> Report:
        how = load(mapping) if isinstance(mapping, str) else mapping
        if work.lane == "urgent":
            how = how.urgent(justification)
        taker, tally = self._taker(wait), Tally()
        kind = taker.kind(how.type)
        span = Span.begin(self.outbox, taker.cord(work.lane))
        self._send_if_reachable()  # an old copy of an outbox is found out before anything is sealed on it
        try:
            for batch in _batches(read(path, how.source, how.columns)):
                taker.take_rows(batch, how, kind, work, tally)
                self._note(rows=tally.rows, sealed=tally.sealed, refused=tally.refused, repeated=tally.repeated)
                self._send_if_reachable()
        except KeyboardInterrupt:
            return self._report(tally, span.end(self.outbox), interrupted=True)
        return self._finish(tally, span, wait)

    def _taker(self, wait: float) -> Taker:
        return Taker(self.outbox, self.name, self._standing(wait), self.keys, self.now)

    def _standing(self, wait: float) -> Standing:
        """From config; while Kafka is away what the outbox remembers of it. Raises FoundingError where there is neither in time."""
        deadline, pause = time.monotonic() + wait, _BACK_OFF_S[0]
        while True:
            try:
                config = self.link.config()
                standing = of_view(self.name, config.at(self.now()), config.newest())
                if standing.write() != self.outbox.fact("standing"):
                    self.outbox.set_fact("standing", standing.write())
                self._note(away="")
                return standing
            except Away as away:
                remembered = self.outbox.fact("standing")
                self._note(away=str(away))
                if remembered:
                    return Standing.read(remembered)
                if time.monotonic() >= deadline:
                    raise _never_seen(self.name) from away
            time.sleep(pause)
            pause = min(pause * 2, _BACK_OFF_S[1])

    def _send_if_reachable(self) -> None:
        """Between batches: send what waits, unless Kafka was away a moment ago."""
        if self.progress.away and time.monotonic() < self.progress.try_again_at:
            return
        try:
            self._exchange()
        except Away as away:
            self._note(away=str(away), try_again_at=time.monotonic() + _BACK_OFF_S[1])

    def _exchange(self) -> int:
        """Send all that waits and read the receipts; how many items they spoke of. Raises Away, SendError."""
        standing = self._standing(0)
        for count in self.sender.send(standing):
            self._note(sent=self.progress.sent + count)
        spoken = self.sender.receive(standing, self.keys)
        Erasing(self.outbox, self.sender, self.keys).advance(standing, self.now())
        self._note(away="", answered=self.progress.answered + spoken, erasing=self.erasures_left())
        return spoken

    def _finish(self, tally: Tally, span: Span, wait: float) -> Report:
        """Send and receive until all of the span is answered, or the wait is over."""
        span = span.end(self.outbox)
        deadline, pause = time.monotonic() + wait, _BACK_OFF_S[0]
        try:
            while True:
                try:
                    self._exchange()
                    pause = 0.05
                except Away as away:
                    self._note(away=str(away))
                    pause = min(max(pause, _BACK_OFF_S[0]) * 2, _BACK_OFF_S[1])
                left = deadline - time.monotonic()
                if left <= 0 or (not self.outbox.unsent() and not span.is_open(self.outbox)):
                    return self._report(tally, span)
                time.sleep(min(pause, left))
        except KeyboardInterrupt:
            return self._report(tally, span, interrupted=True)

    def _report(self, tally: Tally, span: Span, interrupted: bool = False) -> Report:
        return Report(self.name, tally, span, self.outbox.unsent(), self.erasures_left(), self.progress.away, interrupted, self.outbox.path)

    def _note(self, **changes: object) -> None:
        for name, value in changes.items():
            setattr(self.progress, name, value)
        self._watch(self.progress)


def _batches(reads: Iterable[object]) -> Iterator[list]:  # type: ignore[type-arg]
    left = iter(reads)
    while batch := list(islice(left, BATCH)):
        yield batch


def _busy(node: str) -> OutboxError:
    return OutboxError(
        Words(f"Otra orden trabaja ahora con el nodo {node}.", f"Another command works with the node {node} now."),
        Words("Espere a que termine, o deténgala con Ctrl-C, y repita.", "Wait until it ends, or stop it with Ctrl-C, and repeat."),
        "OUTBOX_BUSY",
    )


def _never_seen(node: str) -> FoundingError:
    return FoundingError(
        Words(
            f"Kafka no responde y el nodo {node} nunca ha leído la configuración: no sabe para quién sellar.",
            f"Kafka does not answer and the node {node} has never read the config: it does not know for whom to seal.",
        ),
        Words("Arranque Kafka («quipu up») o revise QUIPU_KAFKA, y repita.", "Start Kafka (`quipu up`) or check QUIPU_KAFKA, and repeat."),
        "KAFKA_AWAY",
    )
