"""What the commands about work share: how an act is done, and how lists are printed."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.text import Text

from consumers.cli.reader_options import QueryContext, not_found, with_query_options
from consumers.presentation.times import utc
from consumers.presentation.work_words import ROLES, SCOPES, STATUSES
from consumers.query.work.acts import ReferenceKind, WorkDraft, WorkKind
from consumers.query.work.drafts import ERASURE_REASONS, ActWords, act_draft
from consumers.query.work.work_views import WorkSummary
from consumers.serving.cli_session import do_work
from infra.coded_options import CodedText
from infra.command_line import argument, option
from infra.list_table import ListColumn, print_list
from infra.terminal import make_console
from schemas.i18n import UserMessage, _

NO_WORDS = ActWords()
SHOWN_TO = ("self", "authority", "country", "group")
scope_option = option(
    "--for",
    "scope",
    type=click.Choice(SHOWN_TO),
    default="self",
    show_default=True,
    help=_("Who may see it besides its members."),
)
group_option = option("--group", default="", help=_("The sharing group, with --for group."))
text_option = option("--text", default="", help=_("A text of up to 4,000 characters."))
reason_option = option(
    "--reason",
    type=CodedText(ERASURE_REASONS),
    required=True,
    help=_("Why it is erased: a code of the list erasure_reason."),
)
reference_options = tuple(
    option(f"--{kind}", f"{kind}_ids", multiple=True, metavar="ID", help=help_)
    for kind, help_ in (
        (ReferenceKind.FINDING, _("A finding, by its id.")),
        (ReferenceKind.RECORD, _("A record, by its id.")),
        (ReferenceKind.THING, _("An object, by its id.")),
        (ReferenceKind.PERSON, _("A person of a record: the id of the record, a dot, a number.")),
    )
)


def do(context: QueryContext, draft: WorkDraft, done: UserMessage | None = None) -> None:
    """Do it, and say so. Raises what `QueryPool.work` raises, and NOT_FOUND."""
    if not do_work(context.settings, context.reader, draft):
        raise not_found(draft.object)
    click.echo((done or _("Done.")).in_language(context.lang))


def act(
    context: QueryContext, kind: WorkKind, id_: str, name: str, words: ActWords = NO_WORDS
) -> None:
    """Do an act on an object that is there."""
    do(context, act_draft(kind, id_, name, words))


def add_endings(
    group: click.Group, kind: WorkKind, withdraw_help: UserMessage, erase_help: UserMessage
) -> None:
    """Add the commands that end an object: take it out of the lists, or erase what it says."""

    @group.command("withdraw", help=withdraw_help)
    @argument("id", metavar="ID")
    @with_query_options
    def withdraw(context: QueryContext, id: str) -> None:
        """Take it out of everybody's lists; its acts stay in the log, and its text sealed."""
        act(context, kind, id, "withdrawn")

    @group.command("erase", help=erase_help)
    @argument("id", metavar="ID")
    @reason_option
    @with_query_options
    def erase(context: QueryContext, id: str, reason: str) -> None:
        """Erase what was written; who did what and when stays in the log."""
        act(context, kind, id, "erased", ActWords(reason=reason))


def opened(context: QueryContext, draft: WorkDraft) -> None:
    """Open an object, and print its id."""
    do(context, draft, _("Opened: {id}", id=draft.object))


def print_summaries(summaries: Sequence[WorkSummary], lang: str, nothing: UserMessage) -> None:
    """Print a list of objects, the title first; it fits 80 columns."""
    console = make_console(highlight=False)
    if not summaries:
        console.print(nothing.in_language(lang), markup=False)
        return
    columns: list[ListColumn[WorkSummary]] = [
        ListColumn(_("what").in_language(lang), lambda view: view.title, is_main=True),
        ListColumn(
            _("state").in_language(lang), lambda view: STATUSES[view.status].in_language(lang)
        ),
        ListColumn(
            _("seen by").in_language(lang),
            lambda view: view.group or SCOPES[view.scope].in_language(lang),
        ),
        ListColumn(_("as").in_language(lang), lambda view: ROLES[view.role].in_language(lang)),
        ListColumn(_("changed (UTC)").in_language(lang), lambda view: utc(view.changed_at)),
    ]
    print_list(console, columns, summaries, below=lambda view: Text(view.id, "dim"))
