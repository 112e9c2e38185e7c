"""Show answers on a terminal of 100 columns, in Spanish or English.

What matters comes first; times are in UTC, with local time next to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consumers.presentation.times import local, occurred, utc, with_local, zone_of
from consumers.presentation.wording import (
    GRADES,
    STATUSES,
    event_label,
    feature_label,
    one_line,
    thing_label,
)
from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.series import SeriesPoint
from consumers.query.things import Sighting, Thing
from consumers.query.views import EventHistory, EventView
from schemas import words
from schemas.i18n import UserMessage, _, pgettext
from schemas.model import Reader

SHORT = 8
"""Digits of an id: the first ones, or an event's last ones, since its first tell only its node."""
STYLES = {"high": "bold red", "medium": "yellow", "low": "dim", "hub": "dim"}
TLP_STYLES = {
    "RED": "bold red",
    "AMBER": "yellow",
    "AMBER+STRICT": "yellow",
    "GREEN": "green",
    "CLEAR": "",
}


class TerminalRenderer:
    """Shows answers to one reader in one language."""

    def __init__(self, console: Console, lang: str, reader: Reader) -> None:
        """`lang`: es or en; `reader`: whose country decides the local time."""
        self._console = console
        self._lang = lang
        self._reader = reader

    def message(self, text: UserMessage, style: str = "") -> None:
        """Print a line in the reader's language."""
        self._console.print(Text(self._word(text), style=style))

    def indicators(self, indicators: Sequence[IndicatorView]) -> None:
        """Print a list of indicators, newest first."""
        table = self._table(("id", {}), (self._word(_("recorded UTC")), {}), *self._local_column())
        table.add_column(self._word(_("what")), ratio=1)
        table.add_column("TLP")
        table.add_column(self._word(_("evid.")), justify="right")
        for indicator in indicators:
            level = "hub" if indicator.status == "hub" else indicator.severity
            table.add_row(
                indicator.id[:SHORT],
                utc(indicator.last_recorded),
                *self._local(indicator.last_recorded),
                Text(indicator.sentence[self._lang], style=STYLES.get(level, "")),
                _tlp(indicator.tlp),
                str(len(indicator.evidence)),
            )
        self._console.print(table)

    def indicator(self, indicator: IndicatorView, events: Mapping[str, EventView]) -> None:
        """Print an indicator: its sentence, its evidence, its markings.

        `events`: by id, those of its evidence that are released.
        """
        style = f"{STYLES.get(indicator.severity, '')} bold"
        self._console.print(Text(indicator.title[self._lang], style=style))
        self._console.print(indicator.sentence[self._lang])
        self._console.print()
        self._facts(self._indicator_facts(indicator))
        self._markings(indicator.handling, indicator.conditions)
        if indicator.evidence:
            self._console.print()
            self._evidence(indicator.evidence, events)

    def thing(self, thing: Thing) -> None:
        """Print who knows a thing, and its indicators."""
        name = thing_label(thing.kind, self._lang).capitalize()
        self._console.print(Text(f"{name} {thing.id}", style="bold"))
        if thing.hub:
            self.message(
                _("Very many records name it. See below who has them before you act."), "yellow"
            )
        self._sightings(thing.members)
        if thing.indicators:
            self._console.print()
            self.indicators(thing.indicators)
        else:
            self.message(_("No indicator that you may see."), "dim")

    def events(self, events: Sequence[EventView]) -> None:
        """Print a list of events, newest first."""
        table = self._table(("id", {}), (self._word(_("recorded UTC")), {}), *self._local_column())
        table.add_column(self._word(_("occurred UTC")))
        table.add_column(self._word(_("owner")))
        table.add_column(self._word(_("what")), ratio=1)
        table.add_column(self._word(_("where")))
        table.add_column("TLP")
        for event in events:
            table.add_row(
                event.id[-SHORT:],
                utc(event.recorded_at),
                *self._local(event.recorded_at),
                occurred(event.occurred_from, event.occurred_precision),
                f"{event.country} {event.node}",
                one_line(event, self._lang),
                event.subdivision or event.place_country or "—",
                _tlp(event.tlp),
            )
        self._console.print(table)

    def history(self, history: EventHistory) -> None:
        """Print an event: its current version, and its former ones."""
        event = history.current
        name = words.event_type(event.type, self._lang)
        status = STATUSES[history.status].in_language(self._lang)
        style = "bold" if history.status == "current" else "bold yellow"
        self._console.print(Text(f"{name} — {status}", style=style))
        self._facts(self._event_facts(history))
        self._markings(event.markings, ())
        if event.payload:
            self._console.print()
            self._console.print(Padding(self._content(event.payload, ""), (0, 0, 0, 2)))
        if len(history.versions) > 1 or history.acts:
            self._console.print()
            self._versions(history)

    def series(self, points: Sequence[SeriesPoint], titles: Mapping[str, str]) -> None:
        """Print counts by period and rule. `titles`: of rules, by id."""
        if not points:
            self.message(_("No indicator that you may see."))
            return
        table = self._table((self._word(_("period from")), {}))
        table.add_column(self._word(_("rule")), ratio=1)
        table.add_column(self._word(_("grade")))
        table.add_column(self._word(_("how many")), justify="right")
        for point in points:
            table.add_row(
                point.begins.isoformat() if point.begins else self._word(_("no date")),
                titles.get(point.rule, point.rule),
                self._word(GRADES[point.grade]),
                str(point.count),
            )
        self._console.print(table)

    def _indicator_facts(self, indicator: IndicatorView) -> dict[str, str]:
        grade, country = self._word(GRADES[indicator.grade]), self._reader.country
        return {
            self._word(_("Grade")): self._word(
                _("{grade}, score {score:g}", grade=grade, score=indicator.score)
            ),
            self._word(_("Rule")): f"{indicator.rule} v{indicator.rule_version}",
            self._word(_("Known since")): with_local(indicator.first_recorded, country),
            self._word(_("Latest")): with_local(indicator.last_recorded, country),
            self._word(_("Thing")): f"{thing_label(indicator.kind, self._lang)} {indicator.thing}",
            "TLP": indicator.tlp,
            "Id": indicator.id,
        }

    def _event_facts(self, history: EventHistory) -> dict[str, str]:
        event = history.current
        evaluation = event.evaluation
        things = [f"{thing_label(thing.kind, self._lang)} {thing.id}" for thing in history.things]
        return {
            self._word(_("Owner")): f"{event.country}, {event.authority} ({event.node})",
            self._word(_("Occurred")): occurred(event.occurred_from, event.occurred_precision),
            self._word(_("Where")): event.subdivision or event.place_country or "—",
            self._word(_("Recorded")): with_local(event.recorded_at, self._reader.country),
            self._word(_("Crime")): words.value("crime", event.crime, self._lang),
            self._word(
                _("Evaluation")
            ): f"{evaluation.scheme} {evaluation.source}{evaluation.information}",
            self._word(_("Recipients")): ", ".join(event.recipients),
            "TLP": event.tlp,
            self._word(_("Things")): ", ".join(things) or "—",
            "Id": event.id,
        }

    def _versions(self, history: EventHistory) -> None:
        table = self._table(
            (self._word(_("version")), {}),
            (self._word(pgettext("feminine", "recorded UTC")), {}),
            *self._local_column(),
        )
        table.add_column(self._word(_("status")))
        for version in history.versions:
            table.add_row(
                version.version[:SHORT],
                utc(version.recorded_at),
                *self._local(version.recorded_at),
                self._word(STATUSES[version.status]),
            )
        for control_event in history.acts:
            table.add_row(
                control_event.id[-SHORT:],
                utc(control_event.recorded_at),
                *self._local(control_event.recorded_at),
                words.event_type(control_event.type, self._lang),
            )
        self._console.print(table)

    def _evidence(self, evidence: Sequence[EvidenceView], events: Mapping[str, EventView]) -> None:
        table = self._table((self._word(_("occurred UTC")), {}), (self._word(_("owner")), {}))
        table.add_column(self._word(_("what, and its weight")), ratio=1)
        for heading in (self._word(_("where")), "TLP", self._word(_("event"))):
            table.add_column(heading)
        for piece in evidence:
            table.add_row(
                occurred(piece.occurred),
                f"{piece.country} {piece.authority}",
                self._weighed(piece, events.get(piece.event)),
                piece.subdivision or "—",
                _tlp(piece.tlp, piece.markings),
                piece.event[-SHORT:],
            )
        self._console.print(table)

    def _weighed(self, piece: EvidenceView, event: EventView | None) -> Text:
        """Say what the piece is, and how much each of its features weighs."""
        label = (
            one_line(event, self._lang)
            if event
            else event_label(piece.type, piece.traits, self._lang)
        )
        weights = " + ".join(
            f"{feature_label(name, self._lang)} {weight:g}"
            for name, weight in piece.weights.items()
            if weight
        )
        return Text.assemble(label, (f"\n{sum(piece.weights.values()):g} = {weights}", "dim"))

    def _sightings(self, members: Sequence[Sighting]) -> None:
        table = self._table((self._word(_("occurred UTC")), {}), (self._word(_("owner")), {}))
        table.add_column(self._word(_("what")), ratio=1)
        table.add_column(self._word(_("where")))
        table.add_column(self._word(_("certainty")))
        table.add_column("TLP")
        table.add_column(self._word(_("event")))
        for member in members:
            certainty = GRADES.get(member.certainty)
            table.add_row(
                occurred(member.occurred),
                f"{member.country} {member.authority}",
                event_label(member.type, member.traits, self._lang),
                member.subdivision or "—",
                self._word(certainty) if certainty else member.certainty,
                _tlp(member.tlp, member.markings),
                member.event[-SHORT:],
            )
        self._console.print(table)

    def _content(self, payload: Mapping[str, Any], path: str) -> RenderableType:
        lines: list[RenderableType] = []
        for name, value in payload.items():
            value_path = f"{path}.{name}" if path else name
            label = words.field(value_path, self._lang)
            if value in (None, [], {}):
                continue
            if isinstance(value, dict):
                nested = Padding(self._content(value, value_path), (0, 0, 0, 2))
                lines += [Text(label, style="bold"), nested]
            elif isinstance(value, list):
                lines.append(Text(label, style="bold"))
                lines += [Padding(self._item(item, value_path), (0, 0, 0, 2)) for item in value]
            else:
                lines.append(Text.assemble((f"{label}: ", "dim"), str(value)))
        return Group(*lines)

    def _item(self, item: Any, path: str) -> RenderableType:
        return self._content(item, path) if isinstance(item, dict) else Text(str(item))

    def _facts(self, facts: Mapping[str, str]) -> None:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in facts.items():
            grid.add_row(name, value)
        self._console.print(grid)

    def _markings(self, codes: Iterable[str], conditions: Iterable[str]) -> None:
        for code in codes:
            name, _separator, condition = code.partition(": ")
            meaning = condition or words.value("handling", name, self._lang)
            self._console.print(Text(f"{name}: {meaning}", style="bold yellow"))
        for condition in conditions:
            self._console.print(Text(f"H3: {condition}", style="bold yellow"))

    def _table(self, *columns: tuple[str, dict[str, Any]]) -> Table:
        table = Table(
            box=None, pad_edge=False, expand=True, header_style="dim", padding=(0, 2, 0, 0)
        )
        for heading, options in columns:
            table.add_column(heading, no_wrap=True, **options)
        return table

    def _local_column(self) -> list[tuple[str, dict[str, Any]]]:
        country = self._reader.country
        return [(country, {"style": "dim"})] if zone_of(country) else []

    def _local(self, at: datetime) -> list[str]:
        return [local(at, self._reader.country)] if self._local_column() else []

    def _word(self, text: UserMessage) -> str:
        return text.in_language(self._lang)


def _tlp(tlp: str, markings: Sequence[str] = ()) -> Text:
    codes = " ".join(marking.partition(":")[0] for marking in markings)
    return Text(f"{tlp} {codes}".strip(), style=TLP_STYLES.get(tlp, ""))
