"""Word findings of rules over many records for terminal and page. Pure."""

from __future__ import annotations

from consumers.presentation.times import utc
from consumers.query.finding_record import FindingRecord
from consumers.query.rule_findings.rule_finding_views import CrowdedView
from schemas import words
from schemas.i18n import UserMessage, _

NONE = _("The rules over many records find nothing.")
NONE_ON_TRIAL = _("Your rules on trial find nothing.")
SHADOW = _("On trial: only you see this, and nobody is notified.")
INCOMPLETE = _("Only the newest records were looked at: there may be more.")


def record_line(record: FindingRecord, lang: str) -> str:
    """Say in a line what a record is, whose, and when."""
    day = "" if record.occurred is None else f"{utc(record.occurred)} UTC"
    parts = (
        day,
        words.event_type(record.type, lang),
        f"{words.value('country', record.country, lang)}, {record.authority}",
        record.tlp,
        *record.markings,
    )
    return " · ".join(filter(None, parts))


def crowd_line(group: CrowdedView) -> UserMessage:
    """Say that too many records share a value."""
    return _(
        "{group}: {records:,} records share it, so {rule} says nothing of it, or not all.",
        group=group.group,
        records=group.records,
        rule=group.rule,
    )
