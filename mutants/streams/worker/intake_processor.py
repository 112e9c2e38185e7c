"""Intake on one partition of a country's bundles: config and key lists to their end, then the pure
fold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import KeyLists
from schemas import topics
from schemas.avro.codec import log_format
from schemas.model import COUNTRIES, Message, Output
from streams.folding.overlay import Get, Scan, Step
from streams.intake.fold import IntakeFold, required_key_lists
from streams.worker.processor_protocol import BoundFold

ERASURE = b"erasure"
REPORTS_CONFIG = (topics.bundles(COUNTRIES[0]), 0)
"""The partition whose intake reports what stands refused in quipu.config, each time it begins: the
rows are the same, and count once.
"""


class IntakeProcessor:
    """Also reports what the config log and the key lists refused."""

    def __init__(
        self,
        intake: IntakeFold,
        generation: int,
        config_log: ConfigLog,
        key_lists: KeyLists,
        reports_config: bool,
    ) -> None:
        self._intake = intake
        self._rejects = topics.rejects(generation)
        self._config_log = config_log
        self._key_lists = key_lists
        self._reports_config = reports_config
        self._reported = 0
        self.events = 0

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        """The key lists of the bundles, and config as it is after the last of them was read."""
        bundles = required_key_lists(messages)
        lists = self._key_lists.lookup(bundles, max(message.appended_at for message in messages))
        config = self._config_log.refresh()
        self.events += sum(bundles.values())
        return lambda get, scan: self._intake.fold(messages, get, scan, config, lists)

    def prepare_idle(self, heard_until: int) -> BoundFold:
        """Held items that config lets through by now; and what stands refused behind the last
        bundle.
        """
        self._key_lists.catch_up()
        config = self._config_log.refresh()
        rejects = [*self._refused(), *self._refused_config()]

        def fold(get: Get, scan: Scan) -> Step:
            step = self._intake.release_pending(get, scan, config, heard_until)
            return Step(step.changes, [*step.outputs, *rejects])

        return fold

    def bookmark(self) -> int:
        """Offset of the first key list that still waits for its bundle, or to be reported."""
        return min(
            [self._key_lists.offset, *(each.message.offset for each in self._key_lists.refused[:1])]
        )

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """An event's type stands in clear in its bundle: its bytes tell whether one may be an
        erasure, at worst once too often.
        """
        return any(ERASURE in message.value for message in messages)

    def close(self) -> None:
        self._key_lists.close()

    def _refused(self) -> list[Output]:
        refused, self._key_lists.refused = self._key_lists.refused, []
        return [self._reject(each.message, each.code, each.detail) for each in refused]

    def _refused_config(self) -> list[Output]:
        if not self._reports_config:
            return []
        first, self._reported = self._reported, len(self._config_log.refused)
        new = slice(first, self._reported)
        pairs = zip(
            self._config_log.refused_messages[new], self._config_log.refused[new], strict=True
        )
        return [self._reject(message, refused.code, refused.detail) for message, refused in pairs]

    def _reject(self, message: Message, code: str, detail: str) -> Output:
        record = {
            "topic": message.topic,
            "partition": message.partition,
            "offset": message.offset,
            "appended_at": message.appended_at,
            "code": code,
            "detail": detail,
            "size": len(message.value),
            "node": None,
        }
        return Output(self._rejects, 0, None, log_format("reject").write(record))
