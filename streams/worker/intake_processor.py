"""Intake on one partition of a country's bundles: config and key lists, then the pure fold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import KeyLists
from schemas import topics
from schemas.model import COUNTRIES, Message, Output
from streams.folding.outputs import reject
from streams.folding.overlay import Get, Scan, Step
from streams.folding.slices import Slice, SlicedFold
from streams.intake.fold import IntakeFold, IntakeInputs
from streams.intake.parsed_bundle import parse_bundles
from streams.worker.processor_protocol import BoundFold

ERASURE = b"erasure"
REPORTS_CONFIG = (topics.bundles(COUNTRIES[0]), 0)
"""The partition whose intake reports the refused entries of quipu.config, each time it begins.

The rows are the same each time, and count once.
"""


class IntakeProcessor:
    """Also reports what the config log and the key lists refused."""

    def __init__(
        self, fold: IntakeFold, config_log: ConfigLog, key_lists: KeyLists, reports_config: bool
    ) -> None:
        """Work with the key lists of one partition, and what all partitions share."""
        self._fold = fold
        self._config_log = config_log
        self._key_lists = key_lists
        self._reports_config = reports_config
        self._reported = 0
        self.events = 0

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        """Decode the bundles, fetch their key lists, and read config to its end after the last."""
        bundles = parse_bundles(messages)
        required = {id_ for parsed in bundles if (id_ := parsed.key_list_id) is not None}
        lists = self._key_lists.lookup(required, max(message.appended_at for message in messages))
        config = self._config_log.refresh()
        self.events += sum(parsed.events for parsed in bundles)
        inputs = IntakeInputs(config, lists)
        return SlicedFold(lambda get, scan: self._fold.fold_slices(bundles, inputs, get, scan))

    def prepare_idle(self, heard_until: int) -> BoundFold:
        """Prepare pending items that config admits by now, and what was refused behind them."""
        self._key_lists.catch_up()
        config = self._config_log.refresh()
        rejects = [*self._refused_key_lists(), *self._refused_config()]

        def slices(get: Get, scan: Scan) -> Iterator[Slice]:
            yield from self._fold.release_slices(get, scan, config, heard_until)
            yield Slice(Step({}, rejects), 0)

        return SlicedFold(slices)

    def bookmark(self) -> int:
        """Give the offset of the first key list that waits for its bundle, or to be reported."""
        refused = self._key_lists.refused[:1]
        return min([self._key_lists.offset, *(list_.message.offset for list_ in refused)])

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """Say whether a bundle may hold an erasure, at worst once too often.

        An event's type stands in clear in its bundle.
        """
        return any(ERASURE in message.value for message in messages)

    def close(self) -> None:
        """Close the connection of the key lists."""
        self._key_lists.close()

    def _refused_key_lists(self) -> list[Output]:
        refused, self._key_lists.refused = self._key_lists.refused, []
        return [
            reject(self._fold.generation, list_.message, list_.code, list_.detail)
            for list_ in refused
        ]

    def _refused_config(self) -> list[Output]:
        if not self._reports_config:
            return []
        first, self._reported = self._reported, len(self._config_log.refused)
        new = slice(first, self._reported)
        messages, entries = self._config_log.refused_messages[new], self._config_log.refused[new]
        return [
            reject(self._fold.generation, message, entry.code, entry.detail)
            for message, entry in zip(messages, entries, strict=True)
        ]
