"""Decide what a row does to an item that the node may have sent. Pure."""

from dataclasses import dataclass, field

from producers.events.draft import resolve_version
from producers.model import ChangeKind, Draft, Refusal
from schemas.i18n import UserMessage, _
from schemas.model import Version


@dataclass(slots=True)
class ItemState:
    """What the node sealed of an item.

    `versions` are oldest first. `number` is the highest version number of its rows, if they have
    one. `withdrawal` says when and why it was withdrawn.
    """

    versions: list[Version] = field(default_factory=list)
    number: int | None = None
    withdrawal: UserMessage | None = None


def resolve_row(
    draft: Draft, state: ItemState, reason: str | None, secret: bytes
) -> Draft | Refusal:
    """Decide whether a draft may be sealed, as which version of its item.

    `reason` is the code of a correction's reason, where all rows of the run correct. `secret` is
    the node's secret of ids. Other versions of a withdrawn item are refused.
    """
    if state.withdrawal is not None:
        if reason is None and draft.version in state.versions:
            return Refusal(draft.line, "ALREADY_TAKEN", "source_reference")
        return Refusal(draft.line, "TARGET_WITHDRAWN", "source_reference", detail=state.withdrawal)
    if draft.change is None:
        return resolve_version(draft, state.versions, reason, secret)
    if not state.versions:
        return Refusal(draft.line, "UNKNOWN_TARGET", "source_reference") if reason else draft
    number, known_number = draft.change.number, state.number
    correction = resolve_version(draft, state.versions, reason or draft.change.reason, secret)
    if isinstance(correction, Refusal):
        return correction
    if number is not None and known_number is not None and number <= known_number:
        code = "OLDER_VERSION" if number < known_number else "CONFLICT"
        return Refusal(draft.line, code, "source_reference")
    if number is None and reason is None and draft.version in state.versions:
        return _former_content(draft)
    return correction


def _former_content(draft: Draft) -> Refusal:
    """Refuse to go back to a former content without a number: the file may be an old one."""
    if draft.change is None or draft.change.kind is not ChangeKind.CORRECTION:
        return Refusal(draft.line, "ALREADY_TAKEN", "source_reference")
    detail = _("the record had this content before, and was corrected since")
    return Refusal(draft.line, "CONFLICT", "source_reference", detail=detail)
