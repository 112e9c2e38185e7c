"""How `quipu mapping check` looks: rows as events in words, every problem, counts with remedies."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from infra.list_table import print_rows
from producers.cli import render_report
from producers.ingest.dry_run import DryRun, DryRunCounts, SampleEvent
from producers.ingest.report import ReportItem
from producers.model import Refusal, describe_line
from schemas import words
from schemas.event.event_type import EventType
from schemas.event.field_paths import field_paths
from schemas.i18n import _, ngettext, number_text

_INDEX = re.compile(r"\[\d+\]")
_HIDDEN = frozenset(
    {
        "id",
        "version",
        "type",
        "node",
        "authority",
        "reported_at",
        "occurred_from",
        "occurred_until",
        "occurred_precision",
    }
)
_LISTS = {
    name: name
    for name in (
        "tlp",
        "purpose",
        "legal_basis",
        "crime",
        "urgency",
        "language",
        "subdivision",
        "handling",
    )
}
_WIDTH = 60
_ACCESS_RULES = {
    "RED": _("RED is for named persons and groups: write @name, or use AMBER."),
    "AMBER+STRICT": _("AMBER+STRICT is for authorities: write CO/NAME, or use AMBER."),
}


class DryRunPrinter:
    """Prints a dry run in a language."""

    def __init__(self, dry_run: DryRun, lang: str, console: Console) -> None:
        """Take the dry run, and where to print it."""
        self._dry_run, self._lang, self._console = dry_run, lang, console

    def print_samples(self, samples: list[SampleEvent]) -> None:
        """Print the first rows as the events that they would become."""
        kind, lang = self._dry_run.kind, self._lang
        name = words.event_type(kind.name, lang)
        for sample in samples:
            self._print(f"\n{describe_line(sample.line).in_language(lang)} → {name}", style="bold")
            entries = [*_payload(sample.payload, kind, lang), *_envelope(sample.envelope, lang)]
            width = min(_WIDTH, max(len(label) for label, _ in entries))
            for label, value in entries:
                self._print(f"  {label:<{width}} {value}")

    def print_assumed_country(self) -> None:
        """Say that no node was named, so that the country is the mapping's or a guess."""
        text = _(
            "\n(Nothing was published. Country assumed: {country}; with --node, the node's.)",
            country=self._dry_run.origin.country,
        )
        self._console.print(text.in_language(self._lang), highlight=False)

    def print_problems(self, problems: Iterable[Refusal]) -> None:
        """Print every problem once, with its lines and what to do about it."""
        render_report.print_problems(
            (
                ReportItem(
                    line=refusal.line,
                    outcome="refused",
                    code=refusal.code,
                    field=refusal.field,
                    column=refusal.column,
                    detail=refusal.detail,
                    offending_value=refusal.offending_value,
                )
                for refusal in problems
            ),
            self._lang,
            self._console,
        )

    def print_unreleased(self, counts: DryRunCounts) -> None:
        """Warn of recipients who will see nothing under the level of the events."""
        for tlp, recipient in sorted(counts.unreleased):
            text = _(
                "Warning: with TLP {tlp} the recipient {recipient} sees nothing. {rule}",
                tlp=tlp,
                recipient=recipient,
                rule=_ACCESS_RULES[tlp],
            )
            self._print(text.in_language(self._lang), style="yellow")

    def print_counts(self, file: str, counts: DryRunCounts) -> None:
        """Print how often each code came, what to do about it, and a summary."""
        _counts(file, counts, self._lang, self._console)

    def _print(self, text: str, style: str = "") -> None:
        self._console.print(text, soft_wrap=True, highlight=False, markup=False, style=style)


def _counts(file: str, counts: DryRunCounts, lang: str, console: Console) -> None:
    title = _("{file} · {count:,} rows", file=file, count=counts.rows).in_language(lang)
    console.print()
    if counts.codes:
        headings = [text.in_language(lang) for text in (_("code"), _("times"), _("what to do"))]
        rows = (
            [code, number_text(count, ",", lang), words.remedy(code, lang)]
            for code, count in counts.codes.most_common()
        )
        console.print(Text(title, "italic"))
        print_rows(console, headings, rows, numbers=(1,), main=2)
    summary = _(
        "{file}: {rows:,} rows, {good:,} would be events, {repeated:,} repeat "
        "another row, {refused:,} would be refused.",
        file=file,
        rows=counts.rows,
        good=counts.good,
        repeated=counts.repeated,
        refused=counts.rows - counts.good - counts.repeated - counts.retracting,
    )
    console.print(summary.in_language(lang), soft_wrap=True, highlight=False, style="bold")
    if counts.retracting:
        retracting = ngettext(
            "{count:,} row would retract its record.",
            "{count:,} rows would retract their records.",
            counts.retracting,
        )
        console.print(retracting.in_language(lang), soft_wrap=True, highlight=False, style="bold")


def _payload(payload: dict[str, Any], kind: EventType, lang: str) -> Iterator[tuple[str, str]]:
    codes = {leaf.path: leaf.codes for leaf in field_paths(kind)}
    for path, value in _flat(payload, ""):
        code_list = codes.get(_INDEX.sub("[*]", path), "")
        yield f"{words.field(path, lang)} ({path})", _worded(code_list, value, lang)


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _flat(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _flat(item, f"{path}[{at}]")
    else:
        yield path, value


def _worded(code_list: str, value: Any, lang: str) -> str:
    text = (
        words.value(code_list, value, lang) if code_list and isinstance(value, str) else str(value)
    )
    return text if text == str(value) else f"{text} [{value}]"


def _envelope(envelope: dict[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    yield f"{words.field('occurred_from', lang)} (envelope.occurred)", _occurred(envelope, lang)
    for name, value in envelope.items():
        if name in _HIDDEN or value in (None, [], ""):
            continue
        texts = (
            [_worded(_LISTS.get(name, ""), item, lang) for item in value]
            if isinstance(value, list)
            else []
        )
        shown = (
            ", ".join(texts)
            if texts
            else _evaluation(value)
            if name == "evaluation"
            else _worded(_LISTS.get(name, ""), value, lang)
        )
        yield f"{words.field(name, lang)} (envelope.{name})", shown


def _occurred(envelope: dict[str, Any], lang: str) -> str:
    start, precision = envelope["occurred_from"], envelope["occurred_precision"]
    if start is None:
        return _("without date").in_language(lang)
    time = f"{datetime.fromtimestamp(start / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    return f"{time}, {words.value('precision', precision, lang)}"


def _evaluation(value: Any) -> str:
    return (
        " ".join(str(value[name]) for name in ("scheme", "source", "information"))
        if isinstance(value, dict)
        else str(value)
    )
