"""Say what stands behind a level: findings, a quantity and the largest series, with links. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from consumers.query.bursts.burst import Burst
from consumers.query.bursts.wording import plain_number
from consumers.query.figures.question import Measure
from consumers.query.figures.totals import plain
from consumers.query.picture.finding_tallies import FindingTally
from consumers.query.picture.formula import Formula
from consumers.query.picture.picture import Driver
from consumers.query.picture.places import RiskPlace
from consumers.query.picture.tallies import CellTally
from consumers.query.picture.window import Window
from schemas import words
from schemas.i18n import LANGUAGES, UserMessage, _, ngettext
from schemas.ids import to_uuid_text

FIGURES = "/v1/figures"
AMOUNTS: Mapping[Measure, UserMessage] = {
    "mass": _("{amount:,f} kilograms in {months} months"),
    "pieces": _("{amount:,f} pieces in {months} months"),
    "usd": _("{amount:,f} dollars in {months} months"),
}


class CellContext(NamedTuple):
    """Name the cell that drivers are of. `as_of`: ISO 8601 of the question; empty is now."""

    place: RiskPlace
    theme: str
    window: Window
    as_of: str

    def link(self, question: str, **parameters: str) -> str:
        """Return the address of the figures of this place in the window."""
        where = [part for part in (parameters.pop("where", ""), self._crossing) if part]
        every = {
            **parameters,
            "place": "" if self._crossing else self.place.code,
            "where": ",".join(where),
            "since": self.window.since.isoformat(),
            "until": self.window.end.isoformat(),
            "as_of": self.as_of,
        }
        query = urlencode({name: value for name, value in every.items() if value})
        return f"{FIGURES}/{question}?{query}"

    @property
    def _crossing(self) -> str:
        return f"crossing={self.place.code}" if self.place.kind == "crossing" else ""


def drivers_of(
    context: CellContext,
    tally: CellTally,
    findings: FindingTally,
    formula: Formula,
    burst: Burst | None = None,
) -> list[Driver]:
    """Return at most four drivers: the finding to look at first, a burst, the quantity, the series.

    `burst`: one of the newest month at the place, of the theme.
    """
    drivers = [
        _finding(context, findings),
        None if burst is None else _burst(context, burst),
        _quantity(context, tally.quantity, formula),
        _largest_kind(context, tally),
    ]
    return [driver for driver in drivers if driver is not None]


def _finding(context: CellContext, findings: FindingTally) -> Driver | None:
    first = findings.first()
    if first is None:
        return None
    others = len(findings.strongest) - 1
    more = ngettext("and {count} more finding", "and {count} more findings", others)
    text = {
        lang: f"{first.title[lang]}, {more.in_language(lang)}" if others else first.title[lang]
        for lang in LANGUAGES
    }
    as_of = f"?{urlencode({'as_of': context.as_of})}" if context.as_of else ""
    return Driver("findings", text, f"/v1/indicators/{to_uuid_text(first.id)}{as_of}")


def _burst(context: CellContext, burst: Burst) -> Driver:
    text = {
        lang: _(
            "Burst: {count} records, {kind}, from {first_day} to {last_day}, {expected} expected",
            count=burst.count,
            kind=words.event_type(burst.type, lang),
            first_day=burst.first_day.isoformat(),
            last_day=burst.last_day.isoformat(),
            expected=plain_number(burst.expected, lang),
        ).in_language(lang)
        for lang in LANGUAGES
    }
    as_of = f"?{urlencode({'as_of': context.as_of})}" if context.as_of else ""
    return Driver("burst", text, f"{FIGURES}/bursts/{burst.id}{as_of}")


def _quantity(context: CellContext, amount: Decimal, formula: Formula) -> Driver | None:
    rule = formula.quantities.get(context.theme)
    if rule is None or not amount:
        return None
    message = AMOUNTS[rule.measure].with_values(amount=plain(amount), months=context.window.months)
    where = ",".join(f"{name}={value}" for name, value in rule.filter.where)
    link = context.link(
        "totals", measure=rule.measure, type=rule.filter.type, where=where, period="month"
    )
    return Driver("quantity", _both(message), link)


def _largest_kind(context: CellContext, tally: CellTally) -> Driver | None:
    if not tally.records:
        return None
    kind, count = min(tally.kinds.items(), key=lambda item: (-item[1], item[0]))
    text = {
        lang: _(
            "{count} of {records} records: {kind}",
            count=count,
            records=tally.records,
            kind=_kind_words(kind.type, kind.status, lang),
        ).in_language(lang)
        for lang in LANGUAGES
    }
    status = f"status={kind.status}" if kind.status else ""
    link = context.link("trends", type=kind.type, theme=context.theme, where=status, period="month")
    return Driver("records", text, link)


def _kind_words(type_: str, status: str, lang: str) -> str:
    name = words.event_type(type_, lang)
    return f"{name}, {words.value('weapon_status', status, lang)}" if status else name


def _both(message: UserMessage) -> dict[str, str]:
    return {lang: message.in_language(lang) for lang in LANGUAGES}
