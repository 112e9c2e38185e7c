"""Configure logging once a process: lines for people on a terminal, JSON elsewhere, UTC always.

The standard library's loggers (kafka, faust, mode, uvicorn) go the same way. Content of events
never belongs in a log: bytes are shown by their length only, and the Kafka clients stay at WARNING
because their debug lines quote records. clickhouse-driver logs a traceback for every refused
connection; our client logs the same in a line.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from schemas.hidden_characters import make_one_line

QUIET = {
    "kafka": logging.WARNING,
    # it warns of every tenth of a second that a busy machine takes
    "kafka.net.selector": logging.ERROR,
    "aiokafka": logging.WARNING,
    "faust": logging.WARNING,
    "mode": logging.WARNING,
    "jgo": logging.WARNING,
    "httpx": logging.WARNING,
    "urllib3": logging.WARNING,
    "asyncio": logging.WARNING,
    "clickhouse_driver": logging.ERROR,
    "uvicorn": logging.WARNING,
    "uvicorn.access": logging.WARNING,
}

_PROCESSORS: list[Processor] = []
"""One list for all loggers: one that was made before a second set-up follows it too."""


def configure(
    as_json: bool | None = None,
    stream: TextIO | None = None,
    level: int = logging.INFO,
    file: TextIO | None = None,
) -> None:
    """Set up structlog and logging.

    `as_json` None: JSON unless `stream` (default stderr) is a terminal. `file`: gets every line
    too, as JSON.
    """
    out = stream or sys.stderr
    if as_json is None:
        as_json = not out.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _bytes_by_length,
    ]
    _PROCESSORS[:] = [
        structlog.stdlib.filter_by_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        *shared,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ]
    structlog.configure(
        processors=_PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handlers = [_handler(out, shared, as_json)]
    if file is not None:
        handlers.append(_handler(file, shared, True))
    logging.basicConfig(handlers=handlers, level=level, force=True)
    for name, minimum in QUIET.items():
        _set_level(name, max(minimum, level))
    logging.captureWarnings(True)


def _handler(
    stream: TextIO, shared: Sequence[Processor], as_json: bool
) -> logging.StreamHandler[TextIO]:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=_last(as_json, stream.isatty())
        )
    )
    return handler


def leave_kafka_to_the_commands() -> None:
    """Log nothing of the Kafka client: a command says in a sentence that Kafka does not answer."""
    for name in ("kafka", "kafka.net.selector"):
        _set_level(name, logging.CRITICAL)


def _set_level(name: str, level: int) -> None:
    """Set the level of a logger where it has another: each change visits every logger there is."""
    logger = logging.getLogger(name)
    if logger.level != level:
        logger.setLevel(level)


def _last(as_json: bool, colors: bool) -> list[Processor]:
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if as_json:
        return [
            strip,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return [strip, _make_texts_visible, structlog.dev.ConsoleRenderer(colors=colors)]


def _make_texts_visible(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Name hidden characters, so that no text makes a line of its own or moves the cursor."""
    for key, value in event.items():
        if isinstance(value, str) and key != "exception":
            event[key] = make_one_line(value)
    return event


def _bytes_by_length(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if isinstance(value, bytes | bytearray | memoryview):
            event[key] = f"<{len(value)} bytes>"
    return event
