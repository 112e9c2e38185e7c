"""Show rejects on a terminal, in Spanish or English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from rich.text import Text

from consumers.maintenance.rejects import Reject, RetryPath, count_rejects
from infra.list_table import print_rows
from infra.terminal import make_console
from schemas import words
from schemas.i18n import UserMessage, _

PREVIEW_ROWS = 20
RETRY_TEXTS: dict[RetryPath, UserMessage] = {
    "itself": _(
        "It is processed as soon as config brings the schema. If this release "
        "has it, `quipu found` announces it."
    ),
    "sender": _(
        "The sender corrects it and publishes the file again; accepted records "
        "are not repeated. Nobody else can, because the content is sealed."
    ),
    "reread": _(
        "The sink reads again from there: quipu rejects redrive --yes (after you remove the cause)."
    ),
    "rebuild": _("quipu rebuild, after you remove the cause."),
    "none": _("Nothing to try again: the message is from no known node, or it is a repetition."),
}


class SenderFile(NamedTuple):
    """A file that a node published, and how many rejected items came from it."""

    node: str
    file: str
    number: int


class RejectRenderer:
    """Prints rejects in one language."""

    def __init__(self, lang: str) -> None:
        """`lang` is the language of every text: es or en."""
        self._lang = lang
        self._console = make_console(highlight=False)

    def message(self, text: UserMessage, style: str = "") -> None:
        """Print a line in the language of the user."""
        self._console.print(Text(self._word(text), style=style))

    def listing(self, rejects: Sequence[Reject], limit: int) -> None:
        """Print counts by node and code, and the `limit` newest rejects."""
        if not rejects:
            self.message(_("No rejects."))
            return
        self._counts(rejects)
        if limit:
            self._console.print()
            self._newest(rejects[:limit])
            newest = rejects[0].id[-8:] or rejects[0].position
            self.message(_("Show one in full: quipu rejects explain {id}", id=newest), "dim")

    def code(self, code: str, rejects: Sequence[Reject]) -> None:
        """Print what a code means, what to do, and how often it is in the tables."""
        self._console.print(Text(f"{code}: {words.message(code, self._lang)}", style="bold"))
        self._console.print(f"  {words.remedy(code, self._lang)}")
        nodes = ", ".join(
            f"{row.node or '—'} {row.number}" for row in count_rejects(rejects)[:PREVIEW_ROWS]
        )
        self.message(_("  In the tables now: {count}. {nodes}", count=len(rejects), nodes=nodes))
        if rejects:
            self.message(
                _("  The newest: quipu rejects explain {place}", place=rejects[0].position)
            )

    def reject(self, reject: Reject, outbox_verdict: str | None) -> None:
        """Print one reject in full.

        `outbox_verdict`: what the node has read, empty where it read nothing yet; None where its
        outbox is not here.
        """
        is_item = reject.what == "item"
        field = reject.detail if is_item else ""
        message = words.message(reject.code, self._lang, field=field)
        self._console.print(Text(f"{reject.code}: {message}", style="bold"))
        what = self._word(_("item of a bundle") if is_item else _("whole message"))
        verdict = words.verdict(reject.verdict, self._lang).lower()
        cord = f"{reject.cord} {reject.sequence}, item {reject.item}" if reject.cord else ""
        facts = [
            (_("What"), f"{what}, {verdict}"),
            (_("Node"), reject.node or "—"),
            (_("Where"), reject.position),
            (_("Cord"), cord),
            (_("Event"), reject.id),
            (_("Recorded"), f"{_utc(reject.recorded_at)} UTC"),
            (_("Detail"), "" if is_item else reject.detail),
            (_("Remedy"), words.remedy(reject.code, self._lang)),
            (_("The sender"), self._receipt(reject, outbox_verdict)),
            (_("Try again"), self._word(RETRY_TEXTS[reject.retry_path])),
        ]
        for name, value in facts:
            if value:
                self._console.print(Text.assemble((f"  {self._word(name):<13}", "dim"), value))

    def retry_path(
        self, path: RetryPath, rejects: Sequence[Reject], files: Sequence[SenderFile]
    ) -> None:
        """Print how these rejects can be tried again. `files`: those that their senders publish."""
        counts = ", ".join(
            f"{row.code} {row.number}" for row in count_rejects(rejects)[:PREVIEW_ROWS]
        )
        self._console.print(Text(f"{len(rejects)}: {counts}", style="bold"))
        self._console.print(f"  → {self._word(RETRY_TEXTS[path])}")
        for file in files:
            self.message(
                _(
                    "    {number} of {file}: quipu publish {file} --node {node} --mapping M",
                    number=file.number,
                    file=file.file,
                    node=file.node,
                )
            )

    def _counts(self, rejects: Sequence[Reject]) -> None:
        headings = (_("node"), _("verdict"), _("code"), _("count"), _("what it is"))
        rows = (
            (
                row.node or "—",
                words.verdict(row.verdict, self._lang),
                row.code,
                str(row.number),
                words.message(row.code, self._lang),
            )
            for row in count_rejects(rejects)
        )
        print_rows(self._console, list(map(self._word, headings)), rows, numbers=(3,), main=4)

    def _newest(self, rejects: Sequence[Reject]) -> None:
        headings = (_("recorded UTC"), _("node"), _("code"), _("where"))
        rows = (
            (_utc(reject.recorded_at), reject.node or "—", reject.code, _place(reject))
            for reject in rejects
        )
        print_rows(self._console, list(map(self._word, headings)), rows)

    def _receipt(self, reject: Reject, outbox_verdict: str | None) -> str:
        """Say what the sender's receipt holds, and whether the sender has read it."""
        if not reject.has_receipt:
            return self._word(_("nothing: its sender is not known, or it is not the sender's"))
        field = f" ({reject.detail})" if reject.what == "item" and reject.detail else ""
        receipt = self._word(
            _(
                "receipt {verdict} {code}{field}",
                verdict=reject.verdict,
                code=reject.code,
                field=field,
            )
        )
        if outbox_verdict is None:
            return receipt
        in_outbox = outbox_verdict or _("not read yet")
        return receipt + self._word(_("; its outbox has: {verdict}", verdict=in_outbox))

    def _word(self, text: UserMessage) -> str:
        return text.in_language(self._lang)


def _place(reject: Reject) -> str:
    if reject.what == "item":
        return f"{reject.cord} {reject.sequence}/{reject.item}"
    return reject.position


def _utc(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M:%S}"
