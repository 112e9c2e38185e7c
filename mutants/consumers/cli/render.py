"""How answers look on a terminal of 100 columns: first what matters, times in UTC with local time
beside it, Spanish or English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consumers.presentation.times import local, occurred, utc, with_local
from consumers.presentation.wording import GRADES, STATUSES, event_label, feature_label, one_line
from consumers.presentation.wording import thing_label as thing_name
from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.series import SeriesPoint
from consumers.query.things import Sighting, Thing
from consumers.query.views import EventHistory, EventView
from schemas import words
from schemas.model import Reader

SHORT = 8  # digits; an event's last ones, since its first tell only its node
STYLES = {"high": "bold red", "medium": "yellow", "low": "dim", "hub": "dim"}
TLP_STYLES = {
    "RED": "bold red",
    "AMBER": "yellow",
    "AMBER+STRICT": "yellow",
    "GREEN": "green",
    "CLEAR": "",
}


class TerminalRenderer:
    """Writes for one reader in one language."""

    def __init__(self, console: Console, lang: str, reader: Reader) -> None:
        self._console = console
        self._lang = lang
        self._reader = reader

    def say(self, es: str, en: str, style: str = "") -> None:
        """One line in the reader's language."""
        self._console.print(Text(self._word(es, en), style=style))

    def indicators(self, found: Sequence[IndicatorView]) -> None:
        """The list: newest first."""
        table = self._table(
            ("id", {}), (self._word("registrado UTC", "recorded UTC"), {}), *self._local_column()
        )
        table.add_column(self._word("qué", "what"), ratio=1)
        table.add_column("TLP")
        table.add_column(self._word("prueba", "evid."), justify="right")
        for one in found:
            sentence = Text(
                one.sentence[self._lang],
                style=STYLES.get(one.status if one.status == "hub" else one.severity, ""),
            )
            cells = [one.id[:SHORT], utc(one.last_recorded), *self._local(one.last_recorded)]
            table.add_row(*cells, sentence, _tlp(one.tlp), str(len(one.evidence)))
        self._console.print(table)

    def indicator(self, one: IndicatorView, events: Mapping[str, EventView]) -> None:
        """One indicator: its sentence, what it rests on, how it is marked. `events`: by id, those
        of its evidence that are released.
        """
        grade = GRADES[one.grade].text(self._lang)
        self._console.print(
            Text(one.title[self._lang], style=f"{STYLES.get(one.severity, '')} bold")
        )
        self._console.print(one.sentence[self._lang])
        self._console.print()
        facts = {
            self._word(
                "Grado", "Grade"
            ): f"{grade}, {self._word('puntaje', 'score')} {one.score:g}",
            self._word("Regla", "Rule"): f"{one.rule} v{one.rule_version}",
            self._word("Se sabe desde", "Known since"): with_local(
                one.first_recorded, self._reader.country
            ),
            self._word("Último dato", "Latest"): with_local(
                one.last_recorded, self._reader.country
            ),
            self._word("Cosa", "Thing"): f"{thing_name(one.kind, self._lang)} {one.thing}",
            "TLP": one.tlp,
            "Id": one.id,
        }
        self._facts(facts)
        self._markings(one.handling, one.conditions)
        if one.evidence:
            self._console.print()
            self._evidence(one.evidence, events)

    def thing(self, thing: Thing) -> None:
        """Who knows a thing, and what hangs on it."""
        self._console.print(
            Text(f"{thing_name(thing.kind, self._lang).capitalize()} {thing.id}", style="bold")
        )
        if thing.hub:
            self.say(
                "Lo comparten tantos registros que no vincula a nadie.",
                "So many records share it that it links nobody.",
                "yellow",
            )
        self._sightings(thing.members)
        if thing.indicators:
            self._console.print()
            self.indicators(thing.indicators)
        else:
            self.say("Ningún indicador para quien pregunta.", "No indicator for who asks.", "dim")

    def events(self, found: Sequence[EventView]) -> None:
        """The list: newest first."""
        table = self._table(
            ("id", {}), (self._word("registrado UTC", "recorded UTC"), {}), *self._local_column()
        )
        table.add_column(self._word("ocurrió UTC", "occurred UTC"))
        table.add_column(self._word("dueño", "owner"))
        table.add_column(self._word("qué", "what"), ratio=1)
        table.add_column(self._word("dónde", "where"))
        table.add_column("TLP")
        for one in found:
            cells = [
                one.id[-SHORT:],
                utc(one.recorded_at),
                *self._local(one.recorded_at),
                occurred(one.occurred_from, one.occurred_precision),
            ]
            where = one.subdivision or one.place_country or "—"
            table.add_row(
                *cells, f"{one.country} {one.node}", one_line(one, self._lang), where, _tlp(one.tlp)
            )
        self._console.print(table)

    def history(self, told: EventHistory) -> None:
        """One event: what it says now, and what was said before."""
        one = told.current
        name = words.event_type(one.type, self._lang)
        status = STATUSES[told.status].text(self._lang)
        style = "bold" if told.status == "current" else "bold yellow"
        self._console.print(Text(f"{name} — {status}", style=style))
        self._facts(
            {
                self._word("Dueño", "Owner"): f"{one.country}, {one.authority} ({one.node})",
                self._word("Ocurrió", "Occurred"): occurred(
                    one.occurred_from, one.occurred_precision
                ),
                self._word("Dónde", "Where"): one.subdivision or one.place_country or "—",
                self._word("Registrado", "Recorded"): with_local(
                    one.recorded_at, self._reader.country
                ),
                self._word("Delito", "Crime"): words.value("crime", one.crime, self._lang),
                self._word(
                    "Evaluación", "Evaluation"
                ): f"{one.evaluation.scheme} {one.evaluation.source}{one.evaluation.information}",
                self._word("Destinatarios", "Recipients"): ", ".join(one.recipients),
                "TLP": one.tlp,
                self._word("Cosas", "Things"): ", ".join(
                    f"{thing_name(one.kind, self._lang)} {one.id}" for one in told.things
                )
                or "—",
                "Id": one.id,
            }
        )
        self._markings(one.markings, ())
        if one.payload:
            self._console.print()
            self._console.print(Padding(self._content(one.payload, ""), (0, 0, 0, 2)))
        if len(told.versions) > 1 or told.acts:
            self._console.print()
            self._versions(told)

    def series(self, points: Sequence[SeriesPoint], titles: Mapping[str, str]) -> None:
        """Counts by period and rule. `titles`: of rules, by id."""
        if not points:
            self.say("Ningún indicador para quien pregunta.", "No indicator for who asks.")
            return
        table = self._table((self._word("período desde", "period from"), {}))
        table.add_column(self._word("regla", "rule"), ratio=1)
        table.add_column(self._word("grado", "grade"))
        table.add_column(self._word("cuántos", "how many"), justify="right")
        for one in points:
            begins = one.begins.isoformat() if one.begins else self._word("sin fecha", "no date")
            table.add_row(
                begins,
                titles.get(one.rule, one.rule),
                GRADES[one.grade].text(self._lang),
                str(one.count),
            )
        self._console.print(table)

    def _versions(self, told: EventHistory) -> None:
        table = self._table(
            (self._word("versión", "version"), {}),
            (self._word("registrada UTC", "recorded UTC"), {}),
            *self._local_column(),
        )
        table.add_column(self._word("estado", "status"))
        for one in told.versions:
            status = STATUSES[one.status].text(self._lang)
            table.add_row(
                one.version[:SHORT], utc(one.recorded_at), *self._local(one.recorded_at), status
            )
        for act in told.acts:
            name = words.event_type(act.type, self._lang)
            table.add_row(
                act.id[-SHORT:], utc(act.recorded_at), *self._local(act.recorded_at), name
            )
        self._console.print(table)

    def _evidence(self, evidence: Sequence[EvidenceView], events: Mapping[str, EventView]) -> None:
        table = self._table(
            (self._word("ocurrió UTC", "occurred UTC"), {}), (self._word("dueño", "owner"), {})
        )
        table.add_column(self._word("qué, y cuánto pesa", "what, and its weight"), ratio=1)
        for heading in (self._word("dónde", "where"), "TLP", self._word("evento", "event")):
            table.add_column(heading)
        for one in evidence:
            what = (
                one_line(events[one.event], self._lang)
                if one.event in events
                else event_label(one.type, one.traits, self._lang)
            )
            weights = " + ".join(
                f"{feature_label(name, self._lang)} {weight:g}"
                for name, weight in one.weights.items()
                if weight
            )
            told = Text.assemble(what, (f"\n{sum(one.weights.values()):g} = {weights}", "dim"))
            owner = f"{one.country} {one.authority}"
            table.add_row(
                occurred(one.occurred),
                owner,
                told,
                one.subdivision or "—",
                _tlp(one.tlp, one.markings),
                one.event[-SHORT:],
            )
        self._console.print(table)

    def _sightings(self, members: Sequence[Sighting]) -> None:
        table = self._table(
            (self._word("ocurrió UTC", "occurred UTC"), {}), (self._word("dueño", "owner"), {})
        )
        table.add_column(self._word("qué", "what"), ratio=1)
        table.add_column(self._word("dónde", "where"))
        table.add_column(self._word("certeza", "certainty"))
        table.add_column("TLP")
        table.add_column(self._word("evento", "event"))
        for one in members:
            what = event_label(one.type, one.traits, self._lang)
            certainty = (
                GRADES[one.certainty].text(self._lang) if one.certainty in GRADES else one.certainty
            )
            owner = f"{one.country} {one.authority}"
            table.add_row(
                occurred(one.occurred),
                owner,
                what,
                one.subdivision or "—",
                certainty,
                _tlp(one.tlp, one.markings),
                one.event[-SHORT:],
            )
        self._console.print(table)

    def _content(self, value: Any, path: str) -> RenderableType:
        lines: list[RenderableType] = []
        for name, one in value.items():
            here = f"{path}.{name}" if path else name
            label = words.field(here, self._lang)
            if one in (None, [], {}):
                continue
            if isinstance(one, dict):
                lines += [
                    Text(label, style="bold"),
                    Padding(self._content(one, here), (0, 0, 0, 2)),
                ]
            elif isinstance(one, list):
                lines.append(Text(label, style="bold"))
                lines += [Padding(self._item(item, here), (0, 0, 0, 2)) for item in one]
            else:
                lines.append(Text.assemble((f"{label}: ", "dim"), str(one)))
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
            name, _, condition = code.partition(": ")
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
        return (
            [(self._reader.country, {"style": "dim"})]
            if self._reader.country in ("BO", "CO", "EC", "PE")
            else []
        )

    def _local(self, at: Any) -> list[str]:
        return [local(at, self._reader.country)] if self._local_column() else []

    def _word(self, es: str, en: str) -> str:
        return en if self._lang == "en" else es


def _tlp(tlp: str, markings: Sequence[str] = ()) -> Text:
    codes = " ".join(marking.partition(":")[0] for marking in markings)
    return Text(f"{tlp} {codes}".strip(), style=TLP_STYLES.get(tlp, ""))
