"""Say why work cannot be done, in words, before anything is written to the log. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.query.work.acts import AudienceScope, Author, WorkDraft, WorkKind
from consumers.query.work.permits import MOST_ITEMS, MOST_MEMBERS, WorkRefusal, refusal
from consumers.query.work.work_object import WorkObject
from infra.errors import QuipuError
from schemas.i18n import UserMessage, _
from schemas.model import Reader
from schemas.release.rules import sees_content

ANALYST = "analyst"
_SEE_IT = _("Look at it again: somebody else may have changed it.")
_WORDS: Mapping[WorkRefusal, tuple[UserMessage, UserMessage]] = {
    WorkRefusal.EXISTS: (_("There is already something with this id."), _("Take another id.")),
    WorkRefusal.ABSENT: (_("There is no such thing."), _SEE_IT),
    WorkRefusal.NOT_OF_KIND: (_("This cannot be done with it."), _SEE_IT),
    WorkRefusal.NOT_OWNER: (
        _("Only its owner may do this."),
        _("Ask the owner, or whom the owner makes an owner too."),
    ),
    WorkRefusal.NOT_EDITOR: (
        _("You may look at it, but not change it."),
        _("Ask the owner to make you an editor."),
    ),
    WorkRefusal.CLOSED: (_("It is closed."), _("Its owner can reopen it.")),
    WorkRefusal.OPEN: (_("It is open already."), _SEE_IT),
    WorkRefusal.GONE: (_("It was withdrawn or erased."), _("Open a new one.")),
    WorkRefusal.NO_ITEM: (_("It holds no such item."), _SEE_IT),
    WorkRefusal.TWICE: (_("It holds this item already."), _SEE_IT),
    WorkRefusal.NO_MEMBER: (_("There is no such member."), _("Say the account and its country.")),
    WorkRefusal.LAST_OWNER: (
        _("Somebody must own it."),
        _("Make another member an owner first."),
    ),
    WorkRefusal.FULL: (
        _(
            "It is full: at most {items} items of one member, and {members} members.",
            items=MOST_ITEMS,
            members=MOST_MEMBERS,
        ),
        _("Open another one."),
    ),
    WorkRefusal.NO_AUDIENCE: (
        _("It cannot be shown to these."),
        _("Choose who may see it: self, authority, country, or a group of yours."),
    ),
}
_OF_ROLES = frozenset({WorkRefusal.NOT_OWNER, WorkRefusal.NOT_EDITOR})


class WorkRefusedError(QuipuError):
    """Something cannot be done with an object of work as it is, or says what there is not."""

    code = "WORK"


class WorkRoleError(QuipuError):
    """Somebody does with an object what is not theirs to do."""

    code = "WORK_ROLE"


def require_permit(state: WorkObject | None, reader: Reader, draft: WorkDraft) -> None:
    """Accept an act that a reader may do with an object as it is.

    Raises WorkRefusedError and WorkRoleError.
    """
    _require_role(reader, draft)
    audience = draft.audience
    if audience is not None:
        is_of_group = audience.group in reader.groups
        if audience.scope is AudienceScope.GROUP and not is_of_group:
            raise WorkRefusedError(
                _("You do not belong to the group `{group}`.", group=audience.group[:60]),
                _("Choose one of your groups: {names}.", names=", ".join(sorted(reader.groups))),
            )
        if audience.scope is AudienceScope.AUTHORITY and not reader.authority:
            raise refused(WorkRefusal.NO_AUDIENCE)
    reason = refusal(state, Author.of(reader), draft)
    if reason is not None:
        raise refused(reason)


def _require_role(reader: Reader, draft: WorkDraft) -> None:
    if draft.kind is WorkKind.FINDING_VERDICT and ANALYST not in reader.roles:
        raise WorkRoleError(
            _("Only an analyst gives a verdict on a finding."),
            _("Ask an analyst of your authority."),
        )
    if not sees_content(reader):
        raise WorkRoleError(
            _("Only who sees content works on it."),
            _("Ask an administrator for the role that you need."),
        )


def refused(reason: WorkRefusal) -> QuipuError:
    """Return the error that says why something cannot be done, and what to do."""
    message, remedy = _WORDS[reason]
    return (WorkRoleError if reason in _OF_ROLES else WorkRefusedError)(message, remedy)
