"""Know which generation serves, and under which rules its evidence is read.

Both come from quipu.config, which the mechanism signs; no file of this machine decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from infra.exchange_log.generation import current_config
from infra.registry.rules import rules_in_effect
from infra.settings import Settings
from schemas.exchange_config import ConfigView
from streams.rules import RuleBook, read_rule_book

CACHE_S = 5.0


class ServingConfig(NamedTuple):
    """The generation that serves, and the rules in effect."""

    generation: int
    rules: RuleBook


def read_serving_config(settings: Settings) -> ServingConfig:
    """Read what config says now. Raises what `current_config` raises."""
    return serving_config_of(current_config(settings))


def serving_config_of(view: ConfigView) -> ServingConfig:
    """Return what a view of config says. The rule book is one object until the rules change."""
    texts = rules_in_effect(view)
    return ServingConfig(view.generation, _rule_book(tuple(sorted(texts.items()))))


@lru_cache(maxsize=8)
def _rule_book(texts: tuple[tuple[str, str], ...]) -> RuleBook:
    return read_rule_book(dict(texts))


class CachedServingConfig:
    """Asks again only every few seconds. Threads may share it."""

    def __init__(self, ask: Callable[[], ServingConfig]) -> None:
        """`ask` reads config; it is called within the lock."""
        self._ask = ask
        self._lock = Lock()
        self._cached: tuple[float, ServingConfig] | None = None

    def __call__(self) -> ServingConfig:
        """Return the answer of the last CACHE_S seconds, or ask. Raises what asking raises."""
        with self._lock:
            now = time.monotonic()
            if self._cached is None or now - self._cached[0] > CACHE_S:
                self._cached = (now, self._ask())
            return self._cached[1]
