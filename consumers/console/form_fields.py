"""Describe the fields of a form for its template: labels, choices, values, what is wrong. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from consumers.console.parameters import FieldReader
from consumers.console.record_links import SORTS
from consumers.presentation.figure_words import (
    DELAYS,
    MEASURES,
    dimension_label,
    value_of_dimension,
)
from consumers.presentation.wording import GRADES, country_name
from consumers.query.figures.dimensions import ENVELOPE_DIMENSIONS
from consumers.query.figures.flows import PLACE_LEVELS
from consumers.query.figures.periods import PERIODS
from consumers.query.figures.question import CLOCKS
from consumers.query.figures.ranking import Against
from consumers.query.figures.themes import themes
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import UserMessage, _
from schemas.release.rules import TLP

Choices = Sequence[tuple[str, str]]
MEMBERS = ("BO", "CO", "EC", "PE")
FEWEST_GROUPINGS = 2
"""Names that the form offers to group by: more than one cannot be drawn without the first."""

LABELS: Mapping[str, UserMessage] = {
    "measure": _("What is added"),
    "by": _("Grouped by"),
    "period": _("Period"),
    "clock": _("Date that counts"),
    "type": _("Type of record"),
    "place": _("Where it happened"),
    "country": _("Owner"),
    "authority": _("Authority"),
    "crime": _("Crime (ICCS)"),
    "theme": _("Theme of the plan"),
    "where": _("Only with"),
    "since": _("From the day"),
    "until": _("to the day"),
    "changed_since": _("Compare with what was known on"),
    "against": _("Compare with"),
    "limit": _("Places"),
    "rule": _("Rule"),
    "grade": _("Grade"),
    "level": _("Places are"),
    "delay": _("Delay"),
    "tlp": _("Marking"),
    "recorded_since": _("Recorded since"),
    "sort": _("Order"),
    "event": _("Record (id)"),
    "person": _("Who saw it"),
}
PERIOD_WORDS: Mapping[str, UserMessage] = {
    "none": _("all together"),
    "week": _("week"),
    "month": _("month"),
    "quarter": _("quarter"),
    "year": _("year"),
}
CLOCK_WORDS: Mapping[str, UserMessage] = {
    "occurred": _("when it happened"),
    "reported": _("when it was reported"),
    "recorded": _("when it was recorded here"),
}
AGAINST_WORDS: Mapping[str, UserMessage] = {
    "before": _("the days just before"),
    "year": _("the same days of last year"),
}
LEVEL_WORDS: Mapping[str, UserMessage] = {
    "country": _("countries"),
    "subdivision": _("departments"),
}
SORT_WORDS: Mapping[str, UserMessage] = {
    "recorded": _("recorded, newest first"),
    "recorded_up": _("recorded, oldest first"),
    "occurred": _("happened, newest first"),
    "occurred_up": _("happened, oldest first"),
    "reported": _("reported, newest first"),
    "reported_up": _("reported, oldest first"),
}
HINTS: Mapping[str, UserMessage] = {
    "where": _("drug=cannabis"),
    "crime": _("06, or 0601"),
    "place": _("CO, or CO-NAR"),
}
ANY = _("any")
FieldKind = Literal["choice", "text", "day"]


class FormField(NamedTuple):
    """A field of a form, once for each of its values. `error`: a sentence, or empty."""

    name: str
    label: str
    kind: FieldKind
    values: Sequence[str]
    choices: Choices
    hint: str
    error: str


@dataclass(frozen=True, slots=True)
class FormWords:
    """What the choices of forms are made of.

    `types`: of events; `dimensions`: names that schemas mark; `rules`: titles by id; `delays`:
    those of records, or of findings.
    """

    types: Collection[str]
    dimensions: Collection[str]
    rules: Mapping[str, str]
    lang: str
    delays: Mapping[str, UserMessage] = field(default_factory=lambda: DELAYS)

    def fields(self, names: Iterable[str], form: FieldReader) -> list[FormField]:
        """Return the fields of a form with what the address says of them."""
        return [self._field(name, form) for name in names]

    def _field(self, name: str, form: FieldReader) -> FormField:
        choices = self._choices(name)
        value = form.query.get(name, "")
        kind: FieldKind = "choice" if choices else "text"
        values = [value]
        if name in ("since", "until", "recorded_since", "changed_since"):
            kind, values = "day", [value[:10]]
        if name == "by":
            chosen = [part.strip() for part in value.split(",") if part.strip()]
            values = chosen + [""] * (FEWEST_GROUPINGS - len(chosen))
        error = form.errors.get(name)
        return FormField(
            name=name,
            label=LABELS[name].in_language(self.lang),
            kind=kind,
            values=values,
            choices=choices,
            hint=HINTS[name].in_language(self.lang) if name in HINTS else "",
            error=" ".join(part.in_language(self.lang) for part in error) if error else "",
        )

    def _choices(self, name: str) -> Choices:
        tables: Mapping[str, tuple[Iterable[str], Mapping[str, UserMessage]]] = {
            "measure": (MEASURES, MEASURES),
            "period": (PERIODS, PERIOD_WORDS),
            "clock": (CLOCKS, CLOCK_WORDS),
            "against": (get_args(Against), AGAINST_WORDS),
            "level": (PLACE_LEVELS, LEVEL_WORDS),
            "delay": (self.delays, self.delays),
            "sort": (SORTS, SORT_WORDS),
        }
        if name in tables:
            codes, table = tables[name]
            return [(code, table[code].in_language(self.lang)) for code in codes]
        return self._any_of(name)

    def _any_of(self, name: str) -> Choices:
        """Return choices that leave a field open, in the order of their words."""
        lang = self.lang
        options: Choices = ()
        if name == "type":
            options = [(code, words.event_type(code, lang)) for code in self.types]
        elif name == "country":
            options = [(code, country_name(code, lang)) for code in MEMBERS]
        elif name == "theme":
            options = [(code, value_of_dimension("theme", code, lang)) for code in themes()]
        elif name == "by":
            every = {*ENVELOPE_DIMENSIONS, *self.dimensions}
            options = [(code, dimension_label(code, lang)) for code in every]
        elif name == "rule":
            options = list(self.rules.items())
        elif name == "grade":
            options = [(code, text.in_language(lang)) for code, text in GRADES.items()]
        elif name == "tlp":
            return [("", ANY.in_language(lang)), *((level, f"TLP:{level}") for level in TLP)]
        if not options:
            return ()
        nothing = "—" if name == "by" else ANY.in_language(lang)
        return [("", nothing), *sorted(options, key=lambda option: option[1].casefold())]


def known_places(lang: str) -> Choices:
    """Return the member countries and their departments by code, as suggestions for a place.

    The field takes any code. Those of the whole world made each page of figures 140 kB larger.
    """
    subdivisions = code_lists()["subdivision"].codes
    return [
        *((code, country_name(code, lang)) for code in MEMBERS),
        *(
            (code, texts[lang])
            for code, texts in subdivisions.items()
            if code.partition("-")[0] in MEMBERS
        ),
    ]
