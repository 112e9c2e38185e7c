"""Show how the values of a file were read: certain, possible or no thing, with examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from rich.console import Console

from infra.clock import now_ms
from producers.ingest.reading_tally import READ_AS, FieldTally, ReadingTally
from producers.mapping.identify import Identified, WrittenText, identify
from schemas import words
from schemas.i18n import UserMessage, _, number_text

_HEADINGS = {
    "certain": _("certain"),
    "possible": _("possible"),
    "nothing": _("no thing"),
}


def print_readings(tally: ReadingTally, lang: str, console: Console) -> None:
    """Print each observed field with its counts, and three examples of each with the reason."""
    if tally.fields:
        _print(console, _("How the values were read:").in_language(lang), style="bold")
    for path, field_tally in tally.fields.items():
        _print(console, f"{words.field(path, lang)} ({path})")
        for line in _lines(field_tally, lang):
            _print(console, f"  {line}")


def _lines(tally: FieldTally, lang: str) -> Iterator[str]:
    for read_as in READ_AS:
        count = tally.counts[read_as]
        if count:
            heading = _HEADINGS[read_as].in_language(lang)
            examples = "; ".join(_example(written, lang) for written in tally.examples[read_as])
            yield f"{heading}: {number_text(count, ',', lang)} · {examples}"


def _example(written: WrittenText, lang: str) -> str:
    """Quote a value, what it is read as, and why."""
    identified = identify(written, _today())
    things = identified.things[:2]
    values = ", ".join(f"{thing.issuer} {thing.value}".lstrip() for thing in things)
    why = ", ".join(reason.in_language(lang) for reason in _reasons(identified))
    arrow = f" → {values}" if values and values != written.text else ""
    return f"«{written.text}»{arrow} ({why})" if why else f"«{written.text}»{arrow}"


def _reasons(identified: Identified) -> tuple[UserMessage, ...]:
    if identified.nothing_because is not None:
        return (identified.nothing_because,)
    return identified.things[0].why[:2] if identified.things else ()


def _today() -> date:
    return datetime.fromtimestamp(now_ms() / 1000, UTC).date()


def _print(console: Console, text: str, style: str = "") -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False, style=style)
