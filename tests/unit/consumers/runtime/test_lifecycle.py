"""How a consumer outlives the absence of Kafka and of the store."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from clickhouse_driver.errors import NetworkError, SocketTimeoutError
from kafka.errors import KafkaConnectionError

from consumers.runtime import lifecycle
from consumers.runtime.lifecycle import StopSignal, serve_patiently
from consumers.runtime.liveness import ConsumerLiveness
from infra.errors import LogStalledError
from infra.settings import load
from schemas.i18n import _


@pytest.fixture
def stop() -> Iterator[StopSignal]:
    """A stop signal, with the handlers of the test process put back afterwards."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield StopSignal()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture
def liveness(tmp_path: Path) -> ConsumerLiveness:
    settings = load({"QUIPU_HOME": str(tmp_path), "QUIPU_CLICKHOUSE": "127.0.0.1:1"})
    return ConsumerLiveness(settings, "sink")


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("refused"),
        SocketTimeoutError("frozen"),
        EOFError("killed"),
        KafkaConnectionError("refused"),
        LogStalledError(_("nothing comes"), _("wait")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_consumer_serves_again_when_kafka_or_the_store_is_back(
    error: Exception,
    stop: StopSignal,
    liveness: ConsumerLiveness,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lifecycle, "RETRY_S", 0.0)
    absences = [error, error]

    def serve() -> None:
        if absences:
            raise absences.pop()

    serve_patiently(serve, stop, liveness)
    assert absences == []


def test_an_error_of_the_program_ends_the_process(
    stop: StopSignal, liveness: ConsumerLiveness
) -> None:
    def serve() -> None:
        raise AttributeError("a fault of ours")

    with pytest.raises(AttributeError):
        serve_patiently(serve, stop, liveness)


def test_a_consumer_that_waits_ends_when_it_is_asked_to(
    stop: StopSignal, liveness: ConsumerLiveness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "RETRY_S", 0.0)

    def serve() -> None:
        stop.requested = True
        raise NetworkError("refused")

    serve_patiently(serve, stop, liveness)
    assert stop.requested
