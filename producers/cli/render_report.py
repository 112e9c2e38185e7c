"""Print what a node's commands show: progress, reports and their items, nodes, outboxes."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from infra import terminal
from infra.list_table import ListColumn, print_list, print_rows
from producers.cli.render_readings import print_readings
from producers.ingest.ingest_counts import IngestCounts
from producers.ingest.problem_groups import ProblemGroup, group_problems, split_code, valid_codes
from producers.ingest.report import OUTCOMES, ReportItem, RunReport
from producers.model import Notice, describe_line
from schemas import words
from schemas.i18n import UserMessage, _, in_language, ngettext, number_text

PREVIEW_ROWS = 20
ORDER = ("refused", "rejected", "pending", "unanswered", "duplicate", "accepted")
_STYLES = {
    "accepted": "green",
    "duplicate": "dim",
    "pending": "yellow",
    "refused": "red",
    "rejected": "red",
    "unanswered": "yellow",
}


def print_report(
    report: RunReport, lang: str, every: bool, console: Console, most: int = PREVIEW_ROWS
) -> None:
    """Print the table of a report, then the items that need attention.

    It prints at most `most` items, or every item that was not simply accepted.
    """
    counts = report.counts()
    title = ngettext(
        "{node} · {count:,} record",
        "{node} · {count:,} records",
        report.ingested.rows,
        node=report.node,
    )
    if report.ingested.rows:
        console.print(Text(title.in_language(lang), "italic"))
        print_list(console, [_outcome_column(name, counts, lang) for name in OUTCOMES], [counts])
    print_readings(report.ingested.readings, lang, console)
    _items(report, lang, every, console, most)
    print_notices(report.ingested.notices, lang, console)
    for line in _notes(report, lang, counts):
        console.print(line, soft_wrap=True, markup=False)


def _outcome_column(
    outcome: str, counts: Mapping[str, int], lang: str
) -> ListColumn[Mapping[str, int]]:
    return ListColumn(
        words.verdict(outcome, lang),
        lambda shown: number_text(shown[outcome], ",", lang),
        justify="right",
        style=_STYLES[outcome] if counts[outcome] else "dim",
    )


def print_notices(notices: Iterable[Notice], lang: str, console: Console) -> None:
    """Print what was left out of a file, or is in doubt, and what to do about it."""
    for notice in notices:
        place = describe_line(notice.line)
        detail = in_language(notice.detail, lang)
        where = _("column {name}", name=notice.column).in_language(lang) if notice.column else ""
        parts = [
            f"! {in_language(place, lang)}",
            where,
            notice.code,
            words.message(notice.code, lang, detail=detail),
        ]
        _print_plain(console, " · ".join(part for part in parts if part), style="yellow")
        _print_plain(console, f"  → {words.remedy(notice.code, lang)}", style="yellow")


def _items(report: RunReport, lang: str, every: bool, console: Console, most: int) -> None:
    """Print refused and rejected items first, equal problems of several lines together.

    Known items are only counted, unless `every` item is wanted.
    """
    items = list(report.items(every))
    items.sort(key=lambda item: (ORDER.index(item.outcome), item.line))
    shown = print_problems(items, lang, console, None if every else most)
    for code in dict.fromkeys(
        item.code for item in shown if item.outcome != "duplicate" and item.code
    ):
        _print_plain(console, f"→ {code}: {words.remedy(code, lang)}", style="bold")


def print_problems(
    items: Iterable[ReportItem], lang: str, console: Console, most: int | None = None
) -> list[ReportItem]:
    """Print each problem once with its lines: at most `most` problems, or all.

    Returns the first item of each problem that it printed.
    """
    problems = group_problems(items)
    groups = list(problems)
    shown = groups[:most]
    for group in shown:
        _print_plain(console, " ".join(describe_problem(group, lang)))
    rest = len(groups) - len(shown)
    if rest:
        _print_plain(
            console,
            ngettext(
                "… and {count:,} more problem: repeat with --all.",
                "… and {count:,} more problems: repeat with --all.",
                rest,
            ).in_language(lang),
        )
    if problems.other_lines:
        _print_plain(
            console,
            ngettext(
                "{count:,} more line has a problem of another kind. Correct these first.",
                "{count:,} more lines have problems of other kinds. Correct these first.",
                problems.other_lines,
            ).in_language(lang),
        )
    return [group.item for group in shown]


def _print_plain(console: Console, text: str, style: str = "") -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False, style=style)


def describe_problem(group: ProblemGroup, lang: str) -> Iterator[str]:
    """Say in words: which lines, which field, why, what stood there, and the valid codes."""
    item = group.item
    yield group.place().in_language(lang)
    if item.field:
        name = words.field(item.field, lang)
        column = _("column {name}", name=item.column).in_language(lang) if item.column else ""
        where = ", ".join(
            part for part in (item.field if name != item.field else "", column) if part
        )
        yield f"· {name} ({where})" if where else f"· {name}"
    if not item.code:
        yield f"· {words.verdict(item.outcome, lang)}"
        return
    yield f"· {item.code} · {words.message(item.code, lang, detail=in_language(item.detail, lang))}"
    list_name, value = split_code(item)
    if value:
        yield f"· «{value}»"
    if list_name:
        yield _("· valid: {codes}", codes=valid_codes(list_name)).in_language(lang)


def _changes(counts: IngestCounts) -> Iterator[UserMessage]:
    """Say what the rows of a file did to records that the node knew."""
    if counts.corrected:
        yield ngettext(
            "{count:,} row corrected a record", "{count:,} rows corrected records", counts.corrected
        )
    if counts.retracted:
        yield ngettext(
            "{count:,} row retracted a record",
            "{count:,} rows retracted records",
            counts.retracted,
        )
    if counts.never_sent:
        yield ngettext(
            "{count:,} annulled row names a record that this node never sent: nothing to retract "
            "(--all lists it)",
            "{count:,} annulled rows name records that this node never sent: nothing to retract "
            "(--all lists them)",
            counts.never_sent,
        )
    if counts.capitals_only:
        yield ngettext(
            "Warning: {count:,} row was sent before with other capitals or spaces. It was not sent "
            "again. Did the mapping change? With [reference] a record stays itself.",
            "Warning: {count:,} rows were sent before with other capitals or spaces. They were not "
            "sent again. Did the mapping change? With [reference] a record stays itself.",
            counts.capitals_only,
        )


def _notes(report: RunReport, lang: str, counts: dict[str, int]) -> Iterator[str]:
    yield from (text.in_language(lang) for text in _changes(report.ingested))
    if not report.ingested.rows:
        yield _sent(report, lang)
    if report.interrupted:
        yield _(
            "Interrupted. Sealed records are in the outbox; repeat the command to finish."
        ).in_language(lang)
    if report.unsent:
        yield ngettext(
            "{count:,} bundle waits in the outbox: quipu send {node}",
            "{count:,} bundles wait in the outbox: quipu send {node}",
            report.unsent,
            node=report.node,
        ).in_language(lang)
    refused = report.refused_whole()
    if refused:
        yield ngettext(
            "{count:,} record is in a rejected bundle. Correct the cause, then send it again: "
            "quipu send {node}",
            "{count:,} records are in rejected bundles. Correct the cause, then send them again: "
            "quipu send {node}",
            refused,
            node=report.node,
        ).in_language(lang)
    if counts["unanswered"] > refused and not report.unsent:
        yield ngettext(
            "{count:,} record is in Kafka without an answer yet: quipu send {node}",
            "{count:,} records are in Kafka without an answer yet: quipu send {node}",
            counts["unanswered"] - refused,
            node=report.node,
        ).in_language(lang)
    if report.erasures:
        yield ngettext(
            "{count} erasure is under way (a minute or more): quipu send {node} --wait",
            "{count} erasures are under way (a minute or more): quipu send {node} --wait",
            report.erasures,
            node=report.node,
        ).in_language(lang)


def _sent(report: RunReport, lang: str) -> str:
    """Say what a command without rows sent and received."""
    bundles = ngettext("{count:,} bundle sent", "{count:,} bundles sent", report.sent_bundles)
    answers = ngettext("{count:,} record answered", "{count:,} records answered", report.answered)
    return _(
        "{node}: {bundles}, {answers}.", node=report.node, bundles=bundles, answers=answers
    ).in_language(lang)


def print_nodes(rows: list[dict[str, Any]], lang: str, console: Console) -> None:
    """Print the table of `quipu node list`."""
    headings = (*(_("node"), _("authority"), _("partition"), _("keys"), _("epochs"), _("here")),)
    texts = [heading.in_language(lang) for heading in headings]
    print_rows(console, texts, map(_node_row, rows), numbers=(2,))


def _node_row(row: dict[str, Any]) -> list[str]:
    keys = "\n".join(f"{key['key_id']}{' ✗' if key['revoked'] else ''}" for key in row["keys"])
    epochs = "\n".join(f"{lane} {epoch}" for lane, epoch in row["epochs"].items())
    here = "✓" if row["here"] else ""
    facts = [row["node"], f"{row['country']}/{row['authority']}", str(row["partition"])]
    return [*facts, keys, epochs, here]


def print_outbox(rows: list[dict[str, Any]], lang: str, console: Console) -> None:
    """`quipu outbox`: a column a cord; what was only repeated is not among the refused."""
    headings = {
        "taken": _("taken"),
        "repeated": _("repeated"),
        "refused": _("refused"),
        "sealed": _("sealed"),
        "accepted": _("accepted"),
        "duplicate": _("duplicates"),
        "pending": _("pending"),
        "rejected": _("rejected"),
        "unanswered": _("unanswered"),
    }
    cells = []
    for name, heading in headings.items():
        values = (row[name] - row["repeated"] if name == "refused" else row[name] for row in rows)
        cells.append(
            [heading.in_language(lang), *(number_text(value, ",", lang) for value in values)]
        )
    cords = [row["cord"] for row in rows]
    print_rows(console, ["", *cords], cells, numbers=range(1, len(cords) + 1))


def print_message(lang: str, text: UserMessage) -> None:
    """A line on the screen."""
    terminal.echo_text(text.in_language(lang))


def make_console() -> Console:
    """As wide as the terminal; 100 columns elsewhere, or what COLUMNS says."""
    return (
        terminal.make_console()
        if sys.stdout.isatty()
        else terminal.make_console(width=int(os.environ.get("COLUMNS", "100")))
    )
