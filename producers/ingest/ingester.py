"""Ingest rows and events: map, check, resolve versions, seal, commit by batches."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from infra.keys.keyring import NodeKeys
from producers.events.draft import EventOrigin, build_draft
from producers.events.sealing import Signing, seal_all
from producers.events.submitted import (
    CONTROL_TYPES,
    NewEvent,
    SubmissionResult,
    submission_result,
)
from producers.ingest.ingest_counts import IngestCounts, IngestRun
from producers.ingest.resolver import BatchItem, BatchResolver
from producers.ingest.row_reader import RowReader
from producers.mapping.file_mapping import IndexedRow
from producers.mapping.mapping import RowMapping
from producers.mapping.type_check import check_mapping
from producers.model import REPEATED_CODES, Draft, MappedRow, Refusal
from producers.node_config import NodeConfig
from producers.outbox.receipts import id_of_reference
from producers.outbox.store import IngestBatch, Outbox
from schemas.codes import code_sets
from schemas.errors import ConfigRefusedError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType, event_type
from schemas.i18n import _
from schemas.model import Cord, EventId

SINGLE_EVENTS_SOURCE = "api"
"""The source name of single events."""


class Ingester:
    """Ingests for one node, as long as its config and its keys stay the same.

    `clock` gives ms since 1970 UTC.
    """

    def __init__(
        self,
        outbox: Outbox,
        node: str,
        config: NodeConfig,
        keys: NodeKeys,
        clock: Callable[[], int],
    ) -> None:
        """Take what every draft of the node has in common."""
        self._outbox, self._config, self._keys, self._clock = outbox, config, keys, clock
        self._code_sets = code_sets(config.code_lists)
        self.origin = EventOrigin(
            node=node,
            country=config.country,
            authority=config.authority,
            id_secret=keys.id_secret,
            validator=EnvelopeValidator(self._code_sets),
            admission=config.admission,
            retention=config.retention,
        )
        self._signing = Signing(keys.key_id, keys.signing, config.home, config.recipients)
        self._event_types: dict[str, EventType] = {}

    def cord(self, lane: str) -> Cord:
        """Give the node's cord of a lane, in its newest epoch."""
        return Cord(self.origin.node, lane, self._config.epochs[lane])

    def event_type(self, name: str) -> EventType:
        """Give an event type that checks with the codes in effect.

        Raises ConfigRefusedError for an unknown one.
        """
        if name not in self._event_types:
            text = self._config.schemas.get(name)
            if text is None and not self._config.code_lists:
                self._event_types[name] = event_type(name)
            else:
                text = text or event_type(name).format.text
                self._event_types[name] = EventType(text, self._code_sets)
        return self._event_types[name]

    def check_mapping(self, mapping: RowMapping) -> None:
        """Check a mapping against its event type, with the codes in effect.

        Raises MappingError, and ConfigRefusedError for an unknown type.
        """
        check_mapping(mapping, self.event_type(mapping.type), self._code_sets)

    def id_of_reference(self, type_: str, reference: str) -> EventId:
        """Compute the event id of the node's item with a source reference."""
        return id_of_reference(self._keys, type_, reference)

    def draft(
        self, mapped: MappedRow, kind: EventType, occurrence: int = 1
    ) -> Draft | list[Refusal]:
        """Make the event of mapped values, or give every reason against it.

        `occurrence` says which of several equal rows without a reference it is.
        """
        return build_draft(mapped, self.origin, kind, self._clock(), occurrence)

    def ingest_rows(
        self,
        rows: Sequence[IndexedRow],
        mapping: RowMapping,
        run: IngestRun,
        counts: IngestCounts,
        equal_rows: Counter[bytes],
    ) -> None:
        """Ingest a batch of a file's rows, each with its index in the file.

        `equal_rows` counts how often the file had each row without a reference. Raises OutboxError:
        then nothing of the batch was ingested.
        """
        kind = self.event_type(mapping.type)
        reader = RowReader(self, mapping, kind, run.retracting, equal_rows)
        items: list[BatchItem] = []
        refused: list[list[Refusal]] = []
        item_indexes, refused_indexes = array("l"), array("l")
        for index, row in rows:
            item = reader.read(row)
            if isinstance(item, list):
                refused.append(item)
                refused_indexes.append(index)
            else:
                items.append(item)
                item_indexes.append(index)
                if isinstance(item, Draft):
                    counts.readings.add(kind.walk_marks(item.record))
        counts.doubts.add(reader.doubts)
        resolved = self.commit(items, refused, run, counts)
        counts.count_changes(resolved)
        counts.row_indexes.extend(refused_indexes)
        for index, result in zip(item_indexes, resolved, strict=True):
            if isinstance(result, list) and result[0].code not in REPEATED_CODES:
                counts.row_indexes.append(index)
                if result[0].code == "CONFLICT":
                    counts.conflict_indexes.append(index)

    def ingest_events(self, events: Sequence[NewEvent | list[Refusal]]) -> list[SubmissionResult]:
        """Ingest single events in their order. Returns a result for each.

        Raises OutboxError: then the caller hands all of them over again.
        """
        results: list[SubmissionResult] = []
        for (lane, reason), group in groupby(events, _batch_key):
            drafts = [
                event if isinstance(event, list) else self._draft_event(event) for event in group
            ]
            good = [draft for draft in drafts if isinstance(draft, Draft)]
            refused = [draft for draft in drafts if isinstance(draft, list)]
            run = IngestRun(SINGLE_EVENTS_SOURCE, lane, reason is not None, reason)
            resolved = iter(self.commit(good, refused, run, IngestCounts()))
            for draft in drafts:
                result = next(resolved) if isinstance(draft, Draft) else None
                final = result[0] if isinstance(result, list) else result
                results.append(submission_result(len(results), draft, final))
        return results

    def commit(
        self,
        items: Sequence[BatchItem],
        refused: list[list[Refusal]],
        run: IngestRun,
        counts: IngestCounts,
    ) -> list[Draft | list[Refusal]]:
        """Resolve items against what was sent before, seal those that may be, and commit all.

        `refused` has the reasons of each item that is refused already. Returns what became of each
        item. Raises OutboxError.
        """
        reason = run.reason if run.correcting else None
        resolver = BatchResolver(
            self._outbox, self._keys.id_secret, reason, self.draft_statement, items
        )
        resolved = [resolver.resolve(item) for item in items]
        good = [result for result in resolved if isinstance(result, Draft)]
        refusals = [result for result in resolved if isinstance(result, list)]
        repeated = [reasons[0] for reasons in refusals if reasons[0].code in REPEATED_CODES]
        conflicts = [reasons for reasons in refusals if reasons[0].code not in REPEATED_CODES]
        all_refused = [*refused, *conflicts]
        self._seal(good, all_refused, len(repeated), run)
        counts.count(len(good), all_refused, repeated)
        return resolved

    def draft_statement(self, mapped: MappedRow, type_: str) -> Draft | list[Refusal]:
        """Make the event of a retraction or an erasure."""
        return self.draft(mapped, self.event_type(type_))

    def _seal(
        self, drafts: Sequence[Draft], refused: list[list[Refusal]], repeated: int, run: IngestRun
    ) -> None:
        cord = self.cord(run.lane)
        count = len(refused) + repeated
        # Whoever hands over single events has the reasons in the answer.
        is_file = run.source_name != SINGLE_EVENTS_SOURCE
        batch = IngestBatch(
            cord=cord,
            source_name=run.source_name,
            rows=len(drafts) + count,
            refused=count,
            reasons=[reason for reasons in refused for reason in reasons] if is_file else [],
            sealed=seal_all(cord, *self._outbox.next_link(cord), drafts, self._signing),
            reason=run.reason,
            repeated=repeated,
        )
        self._outbox.commit_batch(batch, self._clock())

    def _draft_event(self, event: NewEvent) -> Draft | list[Refusal]:
        line = event.mapped.line
        if event.type in CONTROL_TYPES:
            detail = _("is stated in another way")
            return [Refusal(line, "UNKNOWN_CODE", "type", detail=detail)]
        try:
            draft = self.draft(event.mapped, self.event_type(event.type))
        except ConfigRefusedError:
            return [Refusal(line, "UNKNOWN_CODE", "type", offending_value=event.type[:60])]
        except (RecursionError, TypeError) as error:  # what no JSON of a usual depth gives
            return [Refusal(line, "BROKEN_FORMAT", "payload", detail=type(error).__name__)]
        return replace(draft, likeness=None) if isinstance(draft, Draft) else draft


def _batch_key(event: NewEvent | list[Refusal]) -> tuple[str, str | None]:
    """Give what events of one batch have in common: the lane, and why they correct."""
    if isinstance(event, NewEvent):
        return event.lane, event.correction_reason
    return "routine", None
