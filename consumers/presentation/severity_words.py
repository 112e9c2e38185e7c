"""Word how severe a finding is, and each factor of it, for terminal and page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consumers.query.severity.severity import Level, Severity, SeverityFactor
from schemas.i18n import UserMessage, _, ngettext, number_text

LEVELS: Mapping[Level, UserMessage] = {
    "not_enough_data": _("not enough data"),
    "low": _("low"),
    "medium": _("medium"),
    "high": _("high"),
}
HEADING = _("Computed severity")
"""Apart from that of the rule, by which lists are filtered (ADR 0123)."""
_RULES: Mapping[str, UserMessage] = {
    "low": _("a minor matter"),
    "medium": _("a serious matter"),
    "high": _("a grave matter"),
}


def severity_lines(severity: Severity | None, lang: str) -> list[str]:
    """Say the level, and below it the points of each factor; nothing where it is not computed."""
    if severity is None:
        return []
    level = _(
        "{level}, {points} of {most} points",
        level=LEVELS[severity.level].in_language(lang),
        points=number_text(severity.points, "g", lang),
        most=number_text(severity.most, "g", lang),
    )
    return [level.in_language(lang), " · ".join(_factor_phrases(severity, lang))]


def severity_line(severity: Severity | None, lang: str) -> str:
    """Say level and factors in one line; empty where it is not computed."""
    lines, heading = severity_lines(severity, lang), HEADING
    return f"{heading.in_language(lang)}: {' · '.join(lines)}" if lines else ""


def _factor_phrases(severity: Severity, lang: str) -> Iterator[str]:
    for factor in severity.factors:
        points = "?" if factor.points is None else number_text(factor.points, "g", lang)
        phrase = _message(factor).in_language(lang)
        yield f"{phrase} {points}/{number_text(factor.most, 'g', lang)}"


def _message(factor: SeverityFactor) -> UserMessage:
    if factor.points is None:
        is_source = factor.name == "sources"
        return _("no source evaluated") if is_source else _("no day known")
    match factor.name:
        case "rule":
            return _RULES[factor.value]
        case "records":
            return ngettext("{count} record", "{count} records", int(factor.value))
        case "grade":
            return _("certain") if factor.value == "certain" else _("possible")
        case "sources":
            return _("best source {code}", code=factor.value)
        case "freshness":
            return ngettext("newest {count} day old", "newest {count} days old", int(factor.value))
        case "countries":
            return ngettext("{count} country", "{count} countries", int(factor.value))
