"""A stream worker with a small job whose every output can be checked: run as a program by the
worker's tests.

Per partition it keeps a digest: SHA-256(former digest, value). For each message it sends `offset
digest`. So a message that was left out or applied twice shows in every digest after it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra import logging_setup, settings
from schemas.model import Message, Output
from streams.folding.overlay import Get, Scan, Step
from streams.worker import liveness
from streams.worker.main import run
from streams.worker.processor_protocol import BoundFold, Job, Processor
from streams.worker.worker_config import WorkerConfig

DIGEST = b"digest"


STUCK, HELD_UP = b"stuck", b"held up"
"""Messages on which the processor stands still, once: its partition's task (the event loop goes
on), or the event loop itself.
"""


def next_digest(former: bytes, value: bytes) -> bytes:
    """The digest after this value."""
    return hashlib.sha256(former + value).digest()


class Tally:
    """The processor: it hashes what it reads."""

    events = 0

    def __init__(self, outputs: str, once: Path, slow: float) -> None:
        """`once`: a file that is there when it has stood still already; `slow`: seconds that each
        batch takes.
        """
        self._outputs, self._once, self._slow = outputs, once, slow

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        self._stand_still(STUCK, messages)
        time.sleep(self._slow)
        return lambda get, scan: self._fold(messages, get)

    def prepare_idle(self, heard_until: int) -> BoundFold:
        return _nothing

    def bookmark(self) -> int:
        return 0

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        return False

    def close(self) -> None:
        """Do nothing, because nothing is open."""

    def _stand_still(self, word: bytes, messages: Sequence[Message]) -> None:
        if any(message.value == word for message in messages) and not self._once.exists():
            self._once.touch()
            time.sleep(600)

    def _fold(self, messages: Sequence[Message], get: Get) -> Step:
        self._stand_still(HELD_UP, messages)
        digest, outputs = get(DIGEST) or b"", []
        for message in messages:
            if message.value == b"poison":
                raise RuntimeError("a message that this processor cannot bear")
            digest = next_digest(digest, message.value)
            data = b"%d %s" % (message.offset, digest.hex().encode())
            outputs.append(Output(self._outputs, message.partition, None, data))
        return Step({DIGEST: digest}, outputs)


def _nothing(_get: Get, _scan: Scan) -> Step:
    return Step()


def main() -> int:
    """Run the worker with this job until SIGTERM."""
    parser = argparse.ArgumentParser()
    for name in ("member", "inputs", "outputs"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument(
        "--stall",
        type=float,
        default=liveness.STALL_S,
        help="seconds without progress that end the worker",
    )
    parser.add_argument("--slow", type=float, default=0.0, help="seconds that each batch takes")
    parser.add_argument(
        "--opening", type=float, default=0.0, help="seconds that each partition takes to open"
    )
    args = parser.parse_args()
    liveness.STALL_S = args.stall
    logging_setup.configure(as_json=True)

    own = settings.load(os.environ)

    def make(_topic: str, _partition: int, _mark: int) -> Processor:
        time.sleep(args.opening)
        return Tally(args.outputs, own.run_dir / "stood-still", args.slow)

    config = WorkerConfig(own, args.member, 1, f"group-{args.inputs}")
    return run(config, [Job("tally", (args.inputs,), make)])


if __name__ == "__main__":
    sys.exit(main())
