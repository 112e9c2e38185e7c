"""Look into a worker's work: `python -m streams.worker.debug state | replay`.

state FOLDER                        prints a partition's header and rows; the worker may be running
replay TOPIC PARTITION OFFSET       processes one message again and prints what comes out

`replay` begins at the start of the partition, in memory, so the result is that of the log. It sends
and writes nothing. With --pdb it stops before the message. Items that waited for a schema are not
released.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pdb
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from rocksdict import AccessType, Options, Rdict

from infra import settings as settings_module
from infra.errors import QuipuError
from infra.exchange_log.generation import current_generation
from infra.kafka_access import ProcessName
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import log_format
from schemas.model import Message, Output
from streams.folding.overlay import Step
from streams.worker import partition_log
from streams.worker.jobs import all_jobs
from streams.worker.processor_protocol import Processor
from streams.worker.state_store import DATA, HEADER

BATCH_SIZE = 500
_FORMATS = {"receipts": "receipt", "rejects": "reject"}  # topic to format, where they differ


@dataclass(frozen=True, slots=True)
class MemoryState:
    """The state of one partition, in a dictionary."""

    _rows: dict[bytes, bytes] = field(default_factory=dict)

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key, None where there is none."""
        return self._rows.get(key)

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the pairs whose key begins with the prefix, in the order of keys."""
        return ((key, self._rows[key]) for key in sorted(self._rows) if key.startswith(prefix))

    def write(self, step: Step) -> None:
        """Apply the changes of a step; None deletes."""
        for key, value in step.changes.items():
            if value is None:
                self._rows.pop(key, None)
            else:
                self._rows[key] = value


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code."""
    args = _parser().parse_args(arguments)
    try:
        if args.command == "state":
            for line in describe_state(args.folder, args.prefix):
                print(line)
        else:
            settings = settings_module.load(os.environ).acting_as(ProcessName.WORKER)
            step = asyncio.run(
                replay(settings, (args.topic, args.partition), args.offset, args.pdb)
            )
            print(json.dumps([describe_output(output) for output in step.outputs], indent=1))
            print(f"{len(step.outputs)} messages, {len(step.changes)} changes of state")
    except QuipuError as error:
        print(error.message, error.remedy, sep="\n", file=sys.stderr)
        return 2
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def describe_state(folder: Path, prefix: bytes = b"") -> Iterator[str]:
    """Yield the header of a state, then each row whose key begins with the prefix."""
    rows: Any = Rdict(str(folder), Options(raw_mode=True), access_type=AccessType.read_only())
    try:
        yield rows[HEADER].decode()
        for key, value in rows.items(from_key=DATA + prefix):
            if not key.startswith(DATA + prefix):
                break
            yield f"{key[len(DATA) :].hex()} {_plain(_decoded(value))}"
    finally:
        rows.close()


async def replay(
    settings: Settings, partition: tuple[str, int], offset: int, stop_before: bool = False
) -> Step:
    """Process a partition up to the message at `offset`; return what that message gives.

    `partition` is (topic, number). Raises KeyringError without the mechanism's keys, and ValueError
    for a topic that no worker reads or an offset without a message.
    """
    processor = _processor(settings, partition)
    state = MemoryState()
    try:
        if offset:  # aiokafka does not stop cleanly when nothing is read
            async for earlier, _ in partition_log.read(
                settings.kafka, partition, 0, offset, BATCH_SIZE
            ):
                if earlier:
                    state.write(await asyncio.to_thread(_fold, processor, earlier, state))
        async for messages, _ in partition_log.read(
            settings.kafka, partition, offset, offset + 1, 1
        ):
            if messages:
                if stop_before:
                    pdb.set_trace()
                return _fold(processor, messages, state)
    finally:
        processor.close()
    raise ValueError(f"no message at offset {offset} of {partition}")


def _fold(processor: Processor, messages: Sequence[Message], state: MemoryState) -> Step:
    return processor.prepare(messages)(state.get, state.scan)


def _processor(settings: Settings, partition: tuple[str, int]) -> Processor:
    topic, number = partition
    for job in all_jobs(settings, current_generation(settings)):
        if topic in job.topics:
            return job.make(topic, number, 0)
    raise ValueError(f"no worker reads the topic {topic}")


def describe_output(output: Output) -> dict[str, Any]:
    """Return a message as JSON: topic, partition, key, and the record with bytes in hexadecimal."""
    part = topics.kind_of(output.topic)
    record = log_format(_FORMATS.get(part, part)).read(output.value)
    return {
        "topic": output.topic,
        "partition": output.partition,
        "key": output.key.hex() if output.key else None,
        "record": _plain(record),
    }


def _decoded(value: bytes) -> Any:
    """Decode a row's value; some rows are plain bytes."""
    try:
        return msgspec.msgpack.decode(value, strict=False)
    except (msgspec.DecodeError, TypeError):
        return value


def _plain(value: Any) -> Any:
    """Replace bytes by hexadecimal text, or by their length beyond 32."""
    if isinstance(value, bytes):
        return value.hex() if len(value) <= 32 else f"<{len(value)} bytes>"
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    state = commands.add_parser("state", help="print a partition's state")
    state.add_argument("folder", type=Path)
    state.add_argument("--prefix", type=bytes.fromhex, default=b"", help="hexadecimal")
    message = commands.add_parser("replay", help="process one message again")
    message.add_argument("topic")
    message.add_argument("partition", type=int)
    message.add_argument("offset", type=int)
    message.add_argument("--pdb", action="store_true", help="stop before the message")
    return parser


if __name__ == "__main__":
    sys.exit(main())
