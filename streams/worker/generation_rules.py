"""Follow the rules of one generation in quipu.config."""

from __future__ import annotations

from threading import Lock

from infra.exchange_log.config_log import ConfigLog
from streams.rules import RuleHistory, is_announced, rule_epochs
from streams.rules.rule_history import Texts


class GenerationRules:
    """The rules of one generation, compiled again only when config changes them.

    Threads may share it.
    A generation that config does not name yet keeps the rules with which the worker began: a
    rebuild must not change them half way.
    """

    def __init__(self, config_log: ConfigLog, generation: int, fallback: Texts) -> None:
        """Begin without rules. `fallback` holds while config names no rule."""
        self._config_log = config_log
        self._generation = generation
        self._fallback = fallback
        self._history = RuleHistory([])
        self._lock = Lock()

    def refresh(self) -> RuleHistory:
        """Read config to its end, and give the rules: the same object until they change."""
        config = self._config_log.refresh()
        with self._lock:
            if not self._history.epochs or is_announced(config, self._generation):
                epochs = rule_epochs(config, self._generation, self._fallback)
                if epochs != self._history.epochs:
                    self._history = RuleHistory(epochs)
            return self._history
