"""Show answers on a terminal of 80 columns or more, in Spanish or English.

What matters comes first; times are in UTC, with local time next to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.payload_lines import PayloadLine, payload_lines
from consumers.presentation.times import local, occurred, utc, with_local
from consumers.presentation.wording import (
    GRADES,
    STATUSES,
    event_label,
    feature_label,
    one_line,
    place_name,
    subject_beside,
    thing_label,
    thing_title,
    weaker_rules,
)
from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.series import SeriesPoint
from consumers.query.things import Sighting, Thing
from consumers.query.views import EventHistory, EventView
from infra.list_table import ListColumn, print_facts, print_list
from schemas import words
from schemas.i18n import UserMessage, _, number_text, pgettext
from schemas.model import Reader
from schemas.time_zones import zone_of

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


class _HistoryLine(NamedTuple):
    """A line of an event's history: a version, a retraction or an erasure."""

    id: str
    at: datetime
    status: str


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
        columns: list[ListColumn[IndicatorView]] = [
            ListColumn("id", lambda item: item.id[:SHORT]),
            self._column(_("recorded UTC"), lambda item: utc(item.last_recorded)),
            *self._local_column(lambda item: item.last_recorded),
            self._column(_("what"), self._sentence, is_main=True),
            ListColumn("TLP", lambda item: _tlp(item.tlp)),
            self._column(
                _("evid."), lambda item: str(len(item.evidence)), is_extra=True, justify="right"
            ),
        ]
        print_list(self._console, columns, indicators)

    def _sentence(self, indicator: IndicatorView) -> Text:
        level = "hub" if indicator.status == "hub" else indicator.severity
        sentence = Text(self._worded(indicator), style=STYLES.get(level, ""))
        subject = subject_beside(indicator, self._lang)
        return sentence.append(f"\n{subject}", "dim") if subject else sentence

    def indicator(self, indicator: IndicatorView, events: Mapping[str, EventView]) -> None:
        """Print an indicator: its sentence, its evidence, its markings.

        `events`: by id, those of its evidence that are released.
        """
        style = f"{STYLES.get(indicator.severity, '')} bold"
        self._console.print(Text(indicator.title[self._lang], style=style))
        self._console.print(self._worded(indicator))
        self._console.print()
        reasons = explanation_parts(indicator, self._lang)
        self._facts(
            self._indicator_facts(indicator)
            | {part.heading: "\n".join(part.lines) for part in reasons}
        )
        self._markings(indicator.handling, indicator.conditions)
        if indicator.evidence:
            self._console.print()
            self._evidence(indicator.evidence, events)

    def thing(self, thing: Thing) -> None:
        """Print who knows a thing, and its indicators."""
        kind = thing_label(thing.kind, self._lang).capitalize()
        if thing.title is None:
            self._console.print(Text(f"{kind} {thing.id}", style="bold"))
        else:
            self._console.print(Text(f"{kind} {thing.title[self._lang]}", style="bold"))
            self._console.print(Text(thing.id, style="dim"))
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
        columns: list[ListColumn[EventView]] = [
            ListColumn("id", lambda item: item.id[-SHORT:]),
            self._column(_("recorded UTC"), lambda item: utc(item.recorded_at), is_extra=True),
            *self._local_column(lambda item: item.recorded_at),
            self._column(
                _("occurred UTC"),
                lambda item: occurred(item.occurred_from, item.occurred_precision),
            ),
            self._column(_("owner"), lambda item: f"{item.country} {item.node}"),
            self._column(_("what"), lambda item: one_line(item, self._lang), is_main=True),
            self._column(
                _("where"),
                lambda item: item.subdivision or item.place_country or "—",
                is_extra=True,
            ),
            ListColumn("TLP", lambda item: _tlp(item.tlp)),
        ]
        print_list(self._console, columns, events)

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
            content = payload_lines(event.type, event.payload, self._lang)
            self._console.print(Padding(self._content(content), (0, 0, 0, 2)))
        if len(history.versions) > 1 or history.acts:
            self._console.print()
            self._versions(history)

    def series(self, points: Sequence[SeriesPoint], titles: Mapping[str, str]) -> None:
        """Print counts by period and rule. `titles`: of rules, by id."""
        if not points:
            self.message(_("No indicator that you may see."))
            return
        no_date = self._word(_("no date"))
        columns: list[ListColumn[SeriesPoint]] = [
            self._column(
                _("period from"), lambda item: item.begins.isoformat() if item.begins else no_date
            ),
            self._column(_("rule"), lambda item: titles.get(item.rule, item.rule), is_main=True),
            self._column(_("grade"), lambda item: self._word(GRADES[item.grade])),
            self._column(_("how many"), lambda item: str(item.count), justify="right"),
        ]
        print_list(self._console, columns, points)

    def _worded(self, indicator: IndicatorView) -> str:
        """Word an indicator, and below it the weaker ones that it covers."""
        also = weaker_rules(indicator, self._lang)
        sentence = indicator.sentence[self._lang]
        return f"{sentence}\n{self._word(also)}" if also else sentence

    def _indicator_facts(self, indicator: IndicatorView) -> dict[str, str]:
        grade, country = self._word(GRADES[indicator.grade]), self._reader.country
        return {
            self._word(_("Grade")): self._word(
                _("{grade}, score {score:g}", grade=grade, score=indicator.score)
            ),
            self._word(_("Rule")): f"{indicator.rule} v{indicator.rule_version}",
            self._word(_("Known since")): with_local(indicator.first_recorded, country),
            self._word(_("Latest")): with_local(indicator.last_recorded, country),
            self._word(_("Thing")): self._thing(indicator),
            "TLP": indicator.tlp,
            "Id": indicator.id,
        }

    def _thing(self, indicator: IndicatorView) -> str:
        """Name the thing of an indicator by its value, with its id to ask for it."""
        subject = indicator.explanation.subject if indicator.explanation else None
        title = f"{subject[self._lang]} · " if subject else ""
        return f"{thing_label(indicator.kind, self._lang)} {title}{indicator.thing}"

    def _event_facts(self, history: EventHistory) -> dict[str, str]:
        event = history.current
        evaluation = event.evaluation
        things = [
            thing_title(thing.kind, thing.title, thing.id, self._lang, digits=len(thing.id))
            for thing in history.things
        ]
        return {
            self._word(_("Owner")): f"{event.country}, {event.authority} ({event.node})",
            self._word(_("Occurred")): occurred(event.occurred_from, event.occurred_precision),
            self._word(_("Where")): place_name(
                event.subdivision or event.place_country, self._lang
            ),
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
        """Print the versions of an event, then the retractions and erasures of it."""
        columns: list[ListColumn[_HistoryLine]] = [
            self._column(_("version"), lambda item: item.id),
            self._column(pgettext("feminine", "recorded UTC"), lambda item: utc(item.at)),
            *self._local_column(lambda item: item.at),
            self._column(_("status"), lambda item: item.status, is_main=True),
        ]
        versions = [
            _HistoryLine(
                version.version[:SHORT], version.recorded_at, self._word(STATUSES[version.status])
            )
            for version in history.versions
        ]
        acts = [
            _HistoryLine(act.id[-SHORT:], act.recorded_at, words.event_type(act.type, self._lang))
            for act in history.acts
        ]
        print_list(self._console, columns, [*versions, *acts])

    def _evidence(self, evidence: Sequence[EvidenceView], events: Mapping[str, EventView]) -> None:
        columns: list[ListColumn[EvidenceView]] = [
            self._column(_("occurred UTC"), lambda item: occurred(item.occurred)),
            self._column(_("owner"), lambda item: f"{item.country} {item.authority}"),
            self._column(
                _("what, and its weight"),
                lambda item: self._weighed(item, events.get(item.event)),
                is_main=True,
            ),
            self._column(_("where"), lambda item: item.subdivision or "—", is_extra=True),
            ListColumn("TLP", lambda item: _tlp(item.tlp, item.markings)),
            self._column(_("event"), lambda item: item.event[-SHORT:]),
        ]
        print_list(self._console, columns, evidence)

    def _weighed(self, piece: EvidenceView, event: EventView | None) -> Text:
        """Say what the piece is, and how much each of its features weighs."""
        label = (
            one_line(event, self._lang)
            if event
            else event_label(piece.type, piece.traits, self._lang)
        )
        weights = " + ".join(
            f"{feature_label(name, self._lang)} {number_text(weight, 'g', self._lang)}"
            for name, weight in piece.weights.items()
            if weight
        )
        total = number_text(sum(piece.weights.values()), "g", self._lang)
        return Text.assemble(label, (f"\n{total} = {weights}", "dim"))

    def _sightings(self, members: Sequence[Sighting]) -> None:
        columns: list[ListColumn[Sighting]] = [
            self._column(_("occurred UTC"), lambda item: occurred(item.occurred)),
            self._column(_("owner"), lambda item: f"{item.country} {item.authority}"),
            self._column(
                _("what"),
                lambda item: event_label(item.type, item.traits, self._lang),
                is_main=True,
            ),
            self._column(_("where"), lambda item: item.subdivision or "—", is_extra=True),
            self._column(_("certainty"), self._certainty),
            ListColumn("TLP", lambda item: _tlp(item.tlp, item.markings)),
            self._column(_("event"), lambda item: item.event[-SHORT:]),
        ]
        print_list(self._console, columns, members)

    def _certainty(self, member: Sighting) -> str:
        certainty = GRADES.get(member.certainty)
        return self._word(certainty) if certainty else member.certainty

    def _content(self, lines: Iterable[PayloadLine]) -> RenderableType:
        """Write the fields of a payload, what is nested indented."""
        parts: list[RenderableType] = []
        for line in lines:
            if line.within:
                parts.append(Text(line.name, style="bold"))
                parts += [Padding(self._content(item), (0, 0, 0, 2)) for item in line.within]
            else:
                parts.append(Text.assemble((f"{line.name}: ", "dim"), line.text))
        return Group(*parts)

    def _facts(self, facts: Mapping[str, str]) -> None:
        print_facts(self._console, facts)

    def _markings(self, codes: Iterable[str], conditions: Iterable[str]) -> None:
        for code in codes:
            name, _separator, condition = code.partition(": ")
            meaning = condition or words.value("handling", name, self._lang)
            self._console.print(Text(f"{name}: {meaning}", style="bold yellow"))
        for condition in conditions:
            self._console.print(Text(f"H3: {condition}", style="bold yellow"))

    def _column(
        self, heading: UserMessage, write: Callable[[Any], str | Text], **options: Any
    ) -> ListColumn[Any]:
        return ListColumn(self._word(heading), write, **options)

    def _local_column(self, moment_of: Callable[[Any], datetime]) -> list[ListColumn[Any]]:
        """Give the column of the reader's local time, where the country has one time."""
        country = self._reader.country
        if not zone_of(country):
            return []

        def write(item: Any) -> str:
            return local(moment_of(item), country)

        return [ListColumn(country, write, is_extra=True, style="dim")]

    def _word(self, text: UserMessage) -> str:
        return text.in_language(self._lang)


def _tlp(tlp: str, markings: Sequence[str] = ()) -> Text:
    codes = " ".join(marking.partition(":")[0] for marking in markings)
    return Text(f"{tlp} {codes}".strip(), style=TLP_STYLES.get(tlp, ""))
