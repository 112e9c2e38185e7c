"""Know which generation serves, and under which rules its evidence is read.

Both come from quipu.config, which the mechanism signs; no file of this machine decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from threading import Event, Lock, Thread
from types import MappingProxyType
from typing import NamedTuple

import structlog
from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.errors import LogStalledError, QuipuError
from infra.exchange_log.generation import config_history
from infra.registry.rules import rules_in_effect, rules_on_trial
from infra.settings import Settings
from schemas.deadlines import DeadlineHistory
from schemas.event.admission import Agreement, Partner
from schemas.exchange_config import ConfigHistory, Contact
from schemas.i18n import _
from schemas.measures.rates import RateHistory
from schemas.retention import RetentionHistory
from schemas.rule_changes import RuleChange
from streams.rules import AnyRule, RuleBook, read_dated_rule_book

log = structlog.get_logger(__name__)

CACHE_S = 5.0
RETRY_S = 0.5
NO_RATES = RateHistory()
NO_RETENTION = RetentionHistory()
NO_DEADLINES = DeadlineHistory()
FIRST_ANSWER_S = 3.0
RuleTexts = tuple[tuple[str, str], ...]
RuleEpoch = tuple[int, RuleTexts]
"""From when on (ms since 1970 UTC) which rules hold, as name and TOML."""


class ServingConfig(NamedTuple):
    """The generation that serves, the rules in effect, and the event types of config.

    `types`: the schema of each by its name. `rates`: units of a currency for a dollar, as config
    has had them. `owners`: country and authority of each node. `shadows`: rules on trial, each with
    the account that sees its findings. `agreements`: the register, by code; `contacts`: by country
    and authority. `retention`: for how long records are kept. `deadlines`: of requests and alerts.
    """

    generation: int
    rules: RuleBook
    types: Mapping[str, str] = MappingProxyType({})
    rates: RateHistory = NO_RATES
    owners: Mapping[str, tuple[str, str]] = MappingProxyType({})
    partners: Mapping[str, Partner] = MappingProxyType({})
    retention: RetentionHistory = NO_RETENTION
    shadows: Sequence[tuple[str, AnyRule]] = ()
    agreements: Mapping[str, Agreement] = MappingProxyType({})
    contacts: Mapping[tuple[str, str], Contact] = MappingProxyType({})
    deadlines: DeadlineHistory = NO_DEADLINES

    @property
    def authorities(self) -> frozenset[tuple[str, str]]:
        """Return country and authority of every node."""
        return frozenset(self.owners.values())


def read_serving_config(settings: Settings) -> ServingConfig:
    """Read what config says now. Raises what `config_history` raises."""
    history = config_history(settings)
    rates = RateHistory((since, view.rates) for since, view in history.views())
    retention = RetentionHistory((since, view.retention) for since, view in history.views())
    deadlines = DeadlineHistory((since, view.deadlines) for since, view in history.views())
    return serving_config_of(history, now_ms())._replace(
        rates=rates, retention=retention, deadlines=deadlines
    )


def serving_config_of(history: ConfigHistory, now: int) -> ServingConfig:
    """Return what config says at a moment (ms since 1970 UTC).

    The rule book is one object until the rules change; it knows the rules of every earlier moment.
    """
    view = history.at(now)
    types = dict(view.schemas.values())
    decisions = tuple(change for change in history.rule_changes() if change.since <= now)
    rule_book = _rule_book(tuple(_rule_epochs(history, now)), decisions)
    owners = {node.name: (node.country, node.authority) for node in view.nodes.values()}
    partners = view.admission.partners
    shadows = rules_on_trial(view)
    return ServingConfig(
        view.generation,
        rule_book,
        types,
        owners=owners,
        partners=partners,
        shadows=shadows,
        agreements=view.admission.agreements,
        contacts=view.contacts,
    )


def _rule_epochs(history: ConfigHistory, now: int) -> Iterator[RuleEpoch]:
    """Yield the rules by the moment from which they are in effect, up to now."""
    former: RuleTexts | None = None
    for since, view in history.views():
        texts = tuple(sorted(rules_in_effect(view).items()))
        if since <= now and texts != former:
            yield since, texts
            former = texts


@lru_cache(maxsize=8)
def _rule_book(epochs: tuple[RuleEpoch, ...], decisions: tuple[RuleChange, ...]) -> RuleBook:
    return read_dated_rule_book([(since, dict(texts)) for since, texts in epochs], decisions)


class ServingUnavailableError(QuipuError):
    """Since the start Kafka has not answered which generation serves."""

    code = "KAFKA_AWAY"


class ServingConfigWatch:
    """Know what config says, without ever waiting for Kafka for long.

    A thread reads config again and again; who asks gets what it read last. Threads may share it.
    """

    def __init__(
        self,
        read: Callable[[], ServingConfig],
        every_s: float = CACHE_S,
        first_answer_s: float = FIRST_ANSWER_S,
    ) -> None:
        """`read` reads config, every `every_s` seconds; it may take its time."""
        self._read, self._every_s, self._first_answer_s = read, every_s, first_answer_s
        self._known: ServingConfig | None = None
        self._refusal: QuipuError | None = None
        self._answered, self._closed = Event(), Event()
        self._begun = Lock()
        self._thread: Thread | None = None

    def __call__(self) -> ServingConfig:
        """Return what was read last; wait for the first answer a few seconds.

        Raises ServingUnavailableError, and what a person must put right (ForeignLogError).
        """
        with self._begun:
            if self._thread is None:
                self._thread = Thread(target=self._watch, name="serving-config", daemon=True)
                self._thread.start()
        self._answered.wait(self._first_answer_s)
        if self._refusal is not None:
            raise self._refusal
        if self._known is None:
            raise ServingUnavailableError(
                _("Kafka does not answer, so nobody knows which generation serves."),
                _("Try again in a moment; an operator sees more with `quipu health`."),
            )
        return self._known

    def close(self) -> None:
        """End the thread after its present reading."""
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.is_set():
            try:
                self._known, self._refusal = self._read(), None
                self._answered.set()
            except (KafkaError, LogStalledError) as error:
                log.warning("config_not_read", error=repr(error))
            except QuipuError as error:
                self._refusal = error
                self._answered.set()
            self._closed.wait(self._every_s if self._answered.is_set() else RETRY_S)
