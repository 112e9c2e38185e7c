"""Word what is known of objects and ways of acting, in Spanish or English. Pure."""

from __future__ import annotations

from consumers.presentation.wording import country_name
from consumers.query.alike.alike_findings import STATUSES, AlikeRecord
from schemas import words
from schemas.i18n import _

NOTHING_ALIKE = _(
    "No object and no way of acting is alike in records of two countries that you may see."
)
MORE_LINKS = _("There are older records that are alike. Ask as of an earlier day.")


def record_line(record: AlikeRecord, lang: str) -> str:
    """Describe a record in a line: what it describes, status, type, owner, dates, TLP."""
    parts = [
        record.written or "—",
        words.value(STATUSES, record.status, lang) if record.status else "",
        words.event_type(record.type, lang),
        f"{country_name(record.country, lang)} {record.authority}",
        f"{record.occurred:%Y-%m-%d}" if record.occurred else "",
        record.tlp,
        *record.markings,
    ]
    return " · ".join(filter(None, parts))
