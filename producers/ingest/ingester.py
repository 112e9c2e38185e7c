"""Ingest rows and events: map, check, resolve versions, seal, commit by batches."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from infra.keys.keyring import NodeKeys
from producers.events.draft import EventOrigin, build_draft, resolve_version
from producers.events.sealing import Signing, seal_all
from producers.events.submitted import (
    CONTROL_TYPES,
    NewEvent,
    SubmissionResult,
    submission_result,
)
from producers.mapping.file_mapping import IndexedRow
from producers.mapping.mapping import RowMapping
from producers.mapping.type_check import check_mapping
from producers.model import Draft, MappedRow, Notice, Refusal
from producers.node_config import NodeConfig
from producers.outbox.store import IngestBatch, Outbox
from producers.sources.rows import RowOrRefusal
from schemas.codes import code_sets
from schemas.errors import ConfigRefusedError
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType, event_type
from schemas.i18n import _
from schemas.model import Cord

MAX_REPORTED_REFUSALS = 20_000
"""Refusals kept for the report of one run; all are counted, and stored."""
SINGLE_EVENTS_SOURCE = "api"
"""The source name of single events."""
_KNOWN_CONTENT = "ALREADY_TAKEN"


@dataclass(slots=True)
class IngestCounts:
    """What became of a run's rows at the node.

    `repeated` counts rows that were ingested before. `row_indexes` has the index (from 0, in the
    order of reading) of every refused row of a file. `notices` state what of it
    is left out, or in doubt.
    """

    rows: int = 0
    sealed: int = 0
    refused: int = 0
    repeated: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    row_indexes: "array[int]" = field(default_factory=lambda: array("l"))

    def count(
        self, sealed: int, refused: Sequence[Sequence[Refusal]], repeated: Sequence[Refusal]
    ) -> None:
        """Count a batch. `refused` has the reasons of each refused item."""
        self.rows += sealed + len(refused) + len(repeated)
        self.sealed += sealed
        self.refused += len(refused)
        self.repeated += len(repeated)
        reasons = [*(reason for reasons in refused for reason in reasons), *repeated]
        self.refusals.extend(reasons[: MAX_REPORTED_REFUSALS - len(self.refusals)])


@dataclass(frozen=True, slots=True)
class IngestRun:
    """How a run ingests: the name of its source, its lane, and whether and why rows correct items.

    `reason` is the code of a correction's, a retraction's or an erasure's reason.
    """

    source_name: str
    lane: str
    correcting: bool = False
    reason: str | None = None


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
        )
        self._signing = Signing(keys.key_id, keys.signing, config.country, config.recipients)
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
        drafts: list[Draft] = []
        refused: list[list[Refusal]] = []
        draft_indexes, refused_indexes = array("l"), array("l")
        for index, row in rows:
            draft = self._draft_row(row, mapping, kind, equal_rows)
            if isinstance(draft, Draft):
                drafts.append(draft)
                draft_indexes.append(index)
            else:
                refused.append(draft)
                refused_indexes.append(index)
        resolved = self.commit(drafts, refused, run, counts)
        counts.row_indexes.extend(refused_indexes)
        for index, result in zip(draft_indexes, resolved, strict=True):
            if isinstance(result, Refusal) and result.code != _KNOWN_CONTENT:
                counts.row_indexes.append(index)

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
                final = next(resolved) if isinstance(draft, Draft) else None
                results.append(submission_result(len(results), draft, final))
        return results

    def commit(
        self,
        drafts: Sequence[Draft],
        refused: list[list[Refusal]],
        run: IngestRun,
        counts: IngestCounts,
    ) -> list[Draft | Refusal]:
        """Resolve the versions of drafts, seal those that may be, and commit all.

        `refused` has the reasons of each item that is refused already. Returns what became of each
        draft. Raises OutboxError.
        """
        resolved = self._resolve(drafts, run)
        good = [result for result in resolved if isinstance(result, Draft)]
        refusals = [result for result in resolved if isinstance(result, Refusal)]
        repeated = [refusal for refusal in refusals if refusal.code == _KNOWN_CONTENT]
        conflicts = [[refusal] for refusal in refusals if refusal.code != _KNOWN_CONTENT]
        all_refused = [*refused, *conflicts]
        self._seal(good, all_refused, len(repeated), run)
        counts.count(len(good), all_refused, repeated)
        return resolved

    def _resolve(self, drafts: Sequence[Draft], run: IngestRun) -> list[Draft | Refusal]:
        versions = self._outbox.sealed_versions(draft.id for draft in drafts)
        reason = run.reason if run.correcting else None
        resolved: list[Draft | Refusal] = []
        for draft in drafts:
            former = versions.get(draft.id, ())
            result = resolve_version(draft, former, reason, self._keys.id_secret)
            if isinstance(result, Draft):
                versions.setdefault(draft.id, []).append(result.version)
            resolved.append(result)
        return resolved

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
        )
        self._outbox.commit_batch(batch, self._clock())

    def _draft_row(
        self, row: RowOrRefusal, mapping: RowMapping, kind: EventType, equal_rows: Counter[bytes]
    ) -> Draft | list[Refusal]:
        if isinstance(row, Refusal):
            return mapping.with_columns([row])
        if (refusal := mapping.refuse_no_record(row.row, row.number)) is not None:
            return [refusal]
        mapped = mapping.apply(row.row, row.number)
        draft = self.draft(mapped, kind) if isinstance(mapped, MappedRow) else mapped
        if isinstance(draft, list):
            return mapping.with_columns(draft)
        if not mapping.keep_equal_rows or not isinstance(mapped, MappedRow) or mapped.reference:
            return draft
        equal_rows[draft.id] += 1
        occurrence = equal_rows[draft.id]
        return draft if occurrence == 1 else self.draft(mapped, kind, occurrence)

    def _draft_event(self, event: NewEvent) -> Draft | list[Refusal]:
        line = event.mapped.line
        if event.type in CONTROL_TYPES:
            detail = _("is stated in another way")
            return [Refusal(line, "UNKNOWN_CODE", "type", detail=detail)]
        try:
            return self.draft(event.mapped, self.event_type(event.type))
        except ConfigRefusedError:
            return [Refusal(line, "UNKNOWN_CODE", "type", offending_value=event.type[:60])]
        except (RecursionError, TypeError) as error:  # what no JSON of a usual depth gives
            return [Refusal(line, "BROKEN_FORMAT", "payload", detail=type(error).__name__)]


def _batch_key(event: NewEvent | list[Refusal]) -> tuple[str, str | None]:
    """Give what events of one batch have in common: the lane, and why they correct."""
    if isinstance(event, NewEvent):
        return event.lane, event.correction_reason
    return "routine", None
