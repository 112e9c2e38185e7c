"""Threads that ask for config at the same time share a reading that began after they asked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra.exchange_log import config_log
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import load
from schemas.model import Message

SETTINGS = load({"QUIPU_HOME": "nowhere", "QUIPU_KAFKA": "127.0.0.1:9"})
WAIT_S = 10
WAITING = 5


class HeldReader:
    """Reads an empty topic; each reading says that it began, and ends when it may."""

    def __init__(self, *_place: object) -> None:
        self.begun, self.may_end = Semaphore(0), Semaphore(0)
        self.readings = 0

    def read_to_end(self) -> Iterator[Message]:
        self.readings += 1
        self.begun.release()
        assert self.may_end.acquire(timeout=WAIT_S)
        return iter(())


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> HeldReader:
    held, anchor = HeldReader(), ("m-1", Ed25519PrivateKey.generate().public_key())
    monkeypatch.setattr(config_log, "PartitionReader", lambda *_: held)
    monkeypatch.setattr(keyring, "trust_anchor", lambda _: anchor)
    return held


def test_who_asks_during_a_reading_waits_for_the_next_and_shares_it(reader: HeldReader) -> None:
    log, asking = ConfigLog(SETTINGS), Semaphore(0)

    def refresh() -> object:
        asking.release()
        return log.refresh()

    with ThreadPoolExecutor(1 + WAITING) as threads:
        first = threads.submit(refresh)
        assert reader.begun.acquire(timeout=WAIT_S)
        others = [threads.submit(refresh) for _ in range(WAITING)]
        for _ in range(1 + WAITING):
            assert asking.acquire(timeout=WAIT_S)
        _until_all_asked(log)
        reader.may_end.release()
        first.result(WAIT_S)
        assert reader.begun.acquire(timeout=WAIT_S), "what was read before they asked is too old"
        assert not any(other.done() for other in others)
        reader.may_end.release()
        assert len({id(other.result(WAIT_S)) for other in others}) == 1
    assert reader.readings == 2


def _until_all_asked(log: ConfigLog) -> None:
    """Wait until all threads have their number."""
    moment = Event()
    while log._newest_call < 1 + WAITING:
        moment.wait(0.001)


def test_a_reading_that_fails_answers_nobody(
    reader: HeldReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = ConfigLog(SETTINGS)
    readings = iter([ConnectionError, None])

    def read_to_end() -> Iterator[Message]:
        failure = next(readings)
        if failure is not None:
            raise failure
        return iter(())

    monkeypatch.setattr(reader, "read_to_end", read_to_end)
    with pytest.raises(ConnectionError):
        log.refresh()
    log.refresh()
    assert next(readings, "none left") == "none left"
