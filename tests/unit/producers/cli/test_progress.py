"""How far a run is, on a pipe: a line every ten seconds, and at once when Kafka goes or comes."""

from __future__ import annotations

import errno
import io

from kafka.errors import KafkaError
from rich.console import Console

from infra.errors import NotRunningError
from producers.cli.progress import LineProgress, progress_line
from producers.delivery.kafka_connection import reason_for
from producers.ingest.report import RunProgress
from schemas.i18n import _


def test_a_long_erasure_is_not_silent_on_a_pipe() -> None:
    """Usability finding O12: 73 seconds without a word."""
    lines: list[str] = []
    clock = [0.0]
    watch = LineProgress("es", lines.append, lambda: clock[0])
    for second in range(74):
        clock[0] = float(second)
        watch(RunProgress(erasing=1))
    assert lines == [f"1 supresión en curso (un minuto o más) · {at} s" for at in range(10, 74, 10)]


def test_a_short_run_writes_nothing() -> None:
    lines: list[str] = []
    watch = LineProgress("es", lines.append, lambda: 0.0)
    watch(RunProgress(rows=3, sealed=3, answered=3))
    assert lines == []


def test_kafka_away_is_said_once_and_at_once() -> None:
    lines: list[str] = []
    watch = LineProgress("en", lines.append, lambda: 0.0)
    for unavailable in ("refused", "refused", "", ""):
        watch(RunProgress(unavailable=unavailable))
    assert [line.split(" (")[0] for line in lines] == [
        "Kafka does not answer",
        "Kafka answers again.",
    ]


def test_programs_get_no_lines() -> None:
    text = io.StringIO()
    with progress_line("es", False, Console(file=text)) as watch:
        watch(RunProgress(unavailable="refused"))
    assert text.getvalue() == ""


def test_the_reason_is_in_the_language_of_the_line() -> None:
    error = KafkaError("Unable to bootstrap from [('127.0.0.1', 9092)]")
    away = NotRunningError(_("This is too long."), _("Choose a later one."))
    for lang, words in (("es", "El texto es demasiado largo."), ("en", "This is too long.")):
        lines: list[str] = []
        watch = LineProgress(lang, lines.append, lambda: 0.0)
        for raised in (error, away, OSError(errno.ECONNREFUSED, "Connection refused")):
            watch(RunProgress(unavailable=reason_for(raised)))
        kind, sentence, refused = (line.split(" (")[1].split(")")[0] for line in lines)
        assert (kind, sentence) == ("KafkaError", words)
        assert refused == _("nothing listens there").in_language(lang)
