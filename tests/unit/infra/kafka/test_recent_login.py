"""One login stands for the clients that a process opens within seconds, and for no others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from infra.kafka.errors import KafkaAccessError, login_demanded
from infra.kafka.login import STANDS_S, RecentLogin
from infra.kafka_access import KafkaAccess

HERE, THERE = KafkaAccess("127.0.0.1:9092"), KafkaAccess("127.0.0.1:9093")


class Server:
    """Counts logins; `answer` is what comes of the next ones."""

    def __init__(self) -> None:
        self.logins = 0
        self.now = 100.0
        self.answer: bool | KafkaAccessError = True

    def log_in(self, _access: KafkaAccess, _options: Mapping[str, object]) -> bool:
        self.logins += 1
        if isinstance(self.answer, KafkaAccessError):
            raise self.answer
        return self.answer


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def recent(server: Server) -> RecentLogin:
    return RecentLogin(server.log_in, lambda: server.now)


def options(password: str) -> dict[str, object]:
    return {"sasl_plain_password": password}


def test_clients_opened_together_log_in_once(server: Server, recent: RecentLogin) -> None:
    for _ in range(5):
        recent.check(HERE, options("a"))
        server.now += STANDS_S / 10
    assert server.logins == 1


def test_a_login_stands_for_seconds_only(server: Server, recent: RecentLogin) -> None:
    recent.check(HERE, options("a"))
    server.now += STANDS_S
    recent.check(HERE, options("a"))
    assert server.logins == 2


def test_another_password_or_server_needs_a_login(server: Server, recent: RecentLogin) -> None:
    recent.check(HERE, options("a"))
    recent.check(HERE, options("b"))
    recent.check(THERE, options("b"))
    assert server.logins == 3


def test_a_refusal_and_a_server_that_is_away_are_asked_again(
    server: Server, recent: RecentLogin
) -> None:
    server.answer = login_demanded(HERE)
    for _ in range(2):
        with pytest.raises(KafkaAccessError):
            recent.check(HERE, options("a"))
    server.answer = False
    recent.check(HERE, options("a"))
    recent.check(HERE, options("a"))
    assert server.logins == 4
