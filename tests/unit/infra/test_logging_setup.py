"""infra.logging_setup: one way out for structlog and the standard library, and no content in it."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from infra import logging_setup


@pytest.fixture
def out() -> Iterator[StringIO]:
    stream, handlers, former = StringIO(), logging.getLogger().handlers[:], structlog.get_config()
    logging_setup.configure(as_json=True, stream=stream)
    yield stream
    logging.getLogger().handlers[:] = handlers
    structlog.configure(**former)


def test_both_loggers_write_json_lines_with_utc_times(out: StringIO) -> None:
    structlog.get_logger("ours").info("sent", count=3)
    logging.getLogger("kafka.client").warning("node %s gone", 1)
    ours, theirs = (json.loads(line) for line in out.getvalue().splitlines())
    assert (ours["event"], ours["count"], ours["level"]) == ("sent", 3, "info")
    assert (theirs["event"], theirs["logger"]) == ("node 1 gone", "kafka.client")
    assert ours["timestamp"].endswith("Z")
    assert theirs["timestamp"].endswith("Z")


def test_bytes_are_shown_by_their_length_only(out: StringIO) -> None:
    structlog.get_logger("ours").warning("rejected", value=b"secret name")
    assert "secret" not in out.getvalue()
    assert json.loads(out.getvalue())["value"] == "<11 bytes>"


def test_kafka_clients_do_not_quote_records_in_debug_lines(out: StringIO) -> None:
    logging.getLogger("kafka.producer").debug("Sending %s", b"secret name")
    assert out.getvalue() == ""


def test_a_logger_that_was_used_follows_a_second_set_up(out: StringIO) -> None:
    logger = structlog.get_logger("ours")
    logger.info("first")
    second = StringIO()
    logging_setup.configure(as_json=True, stream=second)
    logger.info("second")
    assert '"second"' in second.getvalue()
    with structlog.testing.capture_logs() as lines:
        logger.info("third")
    assert [line["event"] for line in lines] == ["third"]


def test_no_text_makes_a_line_of_its_own_on_a_terminal() -> None:
    stream = StringIO()
    logging_setup.configure(as_json=False, stream=stream)
    structlog.get_logger("x").info("event", path="/a\nlevel=error forged\x1b[2J\u202e")
    (line,) = stream.getvalue().splitlines()
    assert "\x1b[2J" not in line
    assert "\u202e" not in line
    assert "forged" in line
