"""The whole pipeline in memory, for laws, tests and trying things: bundles → intake → observations
→ things → evidence → indicators.

The same processors as in the stream, a dictionary in the place of the disk, lists in the place of
derived topics.
"""

from collections.abc import Iterator, Mapping, Sequence

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.exchange_config import ConfigHistory
from schemas.model import (
    EpochMs,
    Message,
    Offset,
    Output,
    PartitionNumber,
    Reader,
    thing_partitions_of,
)
from streams.correlation.assess import Indicator, indicators_for
from streams.correlation.evidence_fold import EvidenceFold
from streams.correlation.evidence_rows import EvidenceRow, read_rows, without_erased
from streams.folding.overlay import Step
from streams.intake.fold import IntakeFold
from streams.intake.parsed_bundle import KeyListId, parse_bundles
from streams.rules import RuleHistory, read_rule_book


class Memory:
    """The state of one partition, in memory."""

    def __init__(self) -> None:
        self.rows: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        return self.rows.get(key)

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        return ((key, self.rows[key]) for key in sorted(self.rows) if key.startswith(prefix))

    def write(self, step: Step) -> None:
        for key, value in step.changes.items():
            if value is None:
                self.rows.pop(key, None)
            else:
                self.rows[key] = value


class Pipeline:
    """Takes messages of the log in any interleaving of its partitions."""

    def __init__(self, intake: IntakeFold, things: EvidenceFold, config: ConfigHistory) -> None:
        self.intake = intake
        self.things = things
        self.config = config
        self.book = read_rule_book()
        self.state: dict[tuple[str, int], Memory] = {}
        self.written: dict[tuple[str, int], list[Message]] = {}

    def memory(self, topic: str, partition: int) -> Memory:
        """The state of a partition."""
        return self.state.setdefault((topic, partition), Memory())

    def take(self, messages: Sequence[Message], key_lists: Mapping[KeyListId, Message]) -> None:
        """Intake of a batch of one partition; its outputs are written."""
        memory = self.memory(messages[0].topic, messages[0].partition)
        step = self.intake.fold(
            parse_bundles(messages), memory.get, memory.scan, self.config, key_lists
        )
        memory.write(step)
        self.write(step.outputs)

    def due(self, topic: str, partition: int, heard_until: int) -> None:
        """What was held and may be taken now."""
        memory = self.memory(topic, partition)
        step = self.intake.release_pending(memory.get, memory.scan, self.config, heard_until)
        memory.write(step)
        self.write(step.outputs)

    def observations(self, partition: int) -> list[Message]:
        """What intake has said of the things of a partition so far."""
        return self.written.get((topics.observations(self.things.generation), partition), [])

    def correlate(self, messages: Sequence[Message]) -> None:
        """Folds a batch of observations of one partition; its outputs are written."""
        if not messages:
            return
        memory = self.memory(messages[0].topic, messages[0].partition)
        step = self.things.fold(messages, memory.get, memory.scan, RuleHistory.of_book(self.book))
        memory.write(step)
        self.write(step.outputs)

    def correlate_all(self) -> None:
        """Folds everything that intake has said; what was folded before is heard again, which
        changes nothing.
        """
        for partition in range(thing_partitions_of(self.things.generation)):
            self.correlate(self.observations(partition))

    def write(self, outputs: Sequence[Output]) -> None:
        """As Kafka would: appended to its partition."""
        for output in outputs:
            partition = self.written.setdefault((output.topic, output.partition), [])
            partition.append(
                Message(
                    output.topic,
                    PartitionNumber(output.partition),
                    Offset(len(partition)),
                    EpochMs(0),
                    output.key,
                    output.value,
                )
            )

    def records(self, name: str) -> list[Record]:
        """Every record written in a format of the log: accepted, receipt, reject."""
        form = log_format(name)
        messages = [message for partition in self.written.values() for message in partition]
        return [
            form.read(message.value)
            for message in messages
            if message.value.startswith(form.header)
        ]

    def evidence(self) -> list[EvidenceRow]:
        """The rows that a store would hold: copies and erased ones gone."""
        topic = topics.evidence(self.things.generation)
        messages = [
            message
            for (name, _), partition in sorted(self.written.items())
            if name == topic
            for message in partition
        ]
        return without_erased(row for message in messages for row in read_rows(message.value))

    def indicators(self, reader: Reader, as_of: int | None = None) -> list[Indicator]:
        """What the reader would be shown."""
        return indicators_for(self.evidence(), reader, as_of, self.book)
