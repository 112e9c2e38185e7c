"""Announce for how long records are kept, in quipu.config."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import NamedTuple

from infra.errors import FoundingError
from infra.registry.config_writer import ConfigChange, announce, read_config_history
from infra.registry.rules import LONGEST_REASON
from infra.settings import Settings
from schemas.codes import code_sets
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import EventType, event_type
from schemas.exchange_config import ConfigHistory, ConfigView
from schemas.i18n import UserMessage, _
from schemas.retention import NOT_REVIEWED, RetentionPeriod, RetentionTable


class RetentionChange(NamedTuple):
    """A decision about the periods: from when on it holds (ms since 1970 UTC), and what holds."""

    since: int
    table: RetentionTable


def set_period(
    settings: Settings, period: RetentionPeriod, author: str, reason: str
) -> ConfigChange:
    """Announce a period. Raises FoundingError for one that no record can have, or no reason."""
    config = read_config_history(settings)
    view = config.newest()
    _check(period, view)
    if not reason.strip() or not reason.isprintable() or len(reason) > LONGEST_REASON:
        raise _refused(
            _("A decision about periods has a reason, in one line."),
            _("Write --reason with at most {most} letters.", most=LONGEST_REASON),
        )
    periods = [item._asdict() for item in view.retention.with_period(period)]
    entry = {"periods": periods, "author": author, "reason": reason.strip()}
    return announce(settings, config, [("RetentionPeriods", entry)])


def retention_changes(config: ConfigHistory) -> Iterator[RetentionChange]:
    """Yield every decision about the periods, the oldest first, that of the beginning included."""
    former: RetentionTable | None = None
    for since, view in config.views():
        if view.retention is not former:
            former = view.retention
            if since >= 0 and former.author:
                yield RetentionChange(since, former)


def _check(period: RetentionPeriod, view: ConfigView) -> None:
    if not period.type:
        if period.field or period.value:
            raise _refused(_("A field belongs to a type."), _("Name it with --type."))
        return
    kind = _type_of(period.type, view)
    if kind is None or period.type in NOT_REVIEWED:
        raise _refused(
            _("There is no type of event `{name}` that is reviewed.", name=period.type[:40]),
            _("See the types with `quipu retention periods`."),
        )
    if bool(period.field) != bool(period.value):
        raise _refused(_("A field decides by its value."), _("Give --field and --value together."))
    if not period.field:
        return
    if period.value not in _codes(kind, period.field, view):
        raise _refused(
            _(
                "`{value}` is no value of {type}.{field}.",
                value=period.value[:40],
                type=period.type,
                field=period.field[:40],
            ),
            _("Use a field of the type whose values are a list of codes, and one of them."),
        )


def _codes(kind: EventType, field: str, view: ConfigView) -> Collection[str]:
    """Return the codes that a field of a type can have; none where it has no list."""
    for described in kind.format.definition["fields"]:
        if described["name"] == field and "codes" in described:
            return code_sets(view.code_lists)[described["codes"]]
    return ()


def _type_of(name: str, view: ConfigView) -> EventType | None:
    """Return the newest version of a type that the release or config has."""
    with suppress(ConfigRefusedError):
        return event_type(name)
    texts = [text for type_, text in view.schemas.values() if type_ == name]
    return EventType(texts[-1], code_sets(view.code_lists)) if texts else None


def _refused(message: UserMessage, remedy: UserMessage) -> FoundingError:
    return FoundingError(message, remedy, "PERIOD_REFUSED")
