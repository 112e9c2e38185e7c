"""Write a finding as a bundle of STIX 2.1, with its evidence and markings. Pure.

docs/adr/0108 says which object stands for what, and why. Texts are in one language, which each
object names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consumers.exports.stix import (
    SPECIFIED,
    StixObject,
    bundle,
    identified,
    statement_marking,
    stix_id,
    tlp_marking,
)
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.figure_words import marking_lines
from consumers.presentation.report_words import (
    content_lines,
    moment_of,
    printed_by,
    report_notes,
)
from consumers.presentation.wording import one_line
from consumers.query.figures.marking import FigureMarking
from consumers.query.finding_report import FindingReport, marking_of
from consumers.query.views import EventHistory, EventView, ObservedThing, to_datetime
from infra.moment_text import written
from schemas.hidden_characters import make_visible

THING = "quipu-thing"
THING_EXTENSION = stix_id("extension-definition", THING)
THING_SCHEMA = "docs/quipu-thing.schema.json"
CREDIBILITY = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
"""The Admiralty scale of information as STIX's confidence (STIX 2.1, appendix A); 6 has none."""
QUIPU = {
    "type": "identity",
    "spec_version": "2.1",
    "id": stix_id("identity", "quipu"),
    "created": SPECIFIED,
    "modified": SPECIFIED,
    "name": "Quipu",
    "identity_class": "system",
}


def finding_stix(report: FindingReport, lang: str) -> bytes:
    """Return the bundle of a finding. The same report in the same language has the same bytes."""
    return bundle(_StixFinding(report, lang).objects())


@dataclass(frozen=True, slots=True)
class _StixFinding:
    """A finding on its way into a bundle."""

    report: FindingReport
    lang: str

    def objects(self) -> list[StixObject]:
        """Return every object, what others name before them."""
        records = self.report.records
        evidence = [part for history in records for part in self._record(history)]
        finding = list(self._finding([part for part in evidence if _is_observation(part)]))
        markings = [
            part
            for marking in (self.report.marking, *(marking_of([h.current]) for h in records))
            for part in self._markings(marking)
        ]
        owners = [self._owner(history.current) for history in records]
        things = [self._thing(thing) for thing in self._things()]
        named = [QUIPU, *owners, *things, *evidence, *finding]
        return [*markings, _thing_extension(), *named, self._report_object(named)]

    def _markings(self, marking: FigureMarking) -> list[StixObject]:
        statements = marking_lines(marking, self.lang)[1:]
        return [tlp_marking(marking.tlp), *map(statement_marking, statements)]

    def _marked(self, marking: FigureMarking) -> StixObject:
        refs = [part["id"] for part in self._markings(marking)]
        return {"object_marking_refs": refs}

    def _owner(self, event: EventView) -> StixObject:
        return {
            "type": "identity",
            "spec_version": "2.1",
            "id": _owner_id(event),
            "created": SPECIFIED,
            "modified": SPECIFIED,
            "name": f"{event.authority} ({event.country})",
            "identity_class": "organization",
        }

    def _things(self) -> list[ObservedThing]:
        """Return every thing once, titled where any record titles it."""
        finding = self.report.subject
        subject = finding.explanation.subject if finding.explanation else None
        things = {finding.thing: ObservedThing(finding.thing, finding.kind, subject)}
        for history in self.report.records:
            for thing in history.things:
                if thing.id not in things or things[thing.id].title is None:
                    things[thing.id] = thing
        return list(things.values())

    def _thing(self, thing: ObservedThing) -> StixObject:
        """Return a thing; its value is known from records, so it bears what all of them demand."""
        naming = [
            history.current
            for history in self.report.records
            if thing.id == self.report.subject.thing
            or any(other.id == thing.id for other in history.things)
        ]
        value = {"value": make_visible(thing.title[self.lang])} if thing.title else {}
        return {
            "type": THING,
            "spec_version": "2.1",
            "id": stix_id(THING, thing.id),
            "kind": thing.kind,
            "key": thing.id,
            **value,
            **self._marked(marking_of(naming)),
            "extensions": {THING_EXTENSION: {"extension_type": "new-sco"}},
        }

    def _record(self, history: EventHistory) -> Iterator[StixObject]:
        """Return a record: what was observed and when, and a note of its content."""
        event = history.current
        things = {self.report.subject.thing, *(thing.id for thing in history.things)}
        recorded = written(event.recorded_at)
        seen_from = event.occurred_from or event.reported_at
        seen_until = max(seen_from, event.occurred_until or seen_from)
        common = {
            "created": recorded,
            "modified": recorded,
            "created_by_ref": _owner_id(event),
            **self._marked(marking_of([event])),
        }
        observation = identified(
            {
                "type": "observed-data",
                **common,
                "first_observed": written(seen_from),
                "last_observed": written(seen_until),
                "number_observed": 1,
                "object_refs": sorted(stix_id(THING, thing) for thing in things),
                "external_references": [{"source_name": "quipu", "external_id": event.id}],
            }
        )
        yield observation
        yield self._note(event, common, observation["id"])

    def _note(self, event: EventView, common: StixObject, observation: str) -> StixObject:
        abstract = make_visible(one_line(event, self.lang))
        content = "\n".join(map(make_visible, content_lines(event, self.lang))) or abstract
        evaluation = event.evaluation
        confidence = (
            CREDIBILITY.get(evaluation.information) if evaluation.scheme == "admiralty" else None
        )
        return identified(
            {
                "type": "note",
                **common,
                "lang": self.lang,
                "abstract": abstract,
                "content": content,
                **({} if confidence is None else {"confidence": confidence}),
                "object_refs": [observation],
            }
        )

    def _finding(self, observations: Sequence[StixObject]) -> Iterator[StixObject]:
        """Return the finding as what to look for, and what it is based on."""
        finding = self.report.subject
        thing = next(thing for thing in self._things() if thing.id == finding.thing)
        common = self._common()
        indicator = identified(
            {
                "type": "indicator",
                **common,
                "lang": self.lang,
                "name": make_visible(finding.title[self.lang]),
                "description": make_visible(finding.sentence[self.lang]),
                "indicator_types": ["unknown"],
                "pattern": _pattern(thing, self.lang),
                "pattern_type": "stix",
                "valid_from": written(finding.first_recorded),
                "labels": [finding.rule, finding.grade],
                "external_references": [{"source_name": "quipu", "external_id": finding.id}],
            }
        )
        yield indicator
        for observation in observations:
            yield identified(
                {
                    "type": "relationship",
                    **common,
                    "relationship_type": "based-on",
                    "source_ref": indicator["id"],
                    "target_ref": observation["id"],
                }
            )

    def _report_object(self, named: Sequence[StixObject]) -> StixObject:
        finding, lang = self.report.subject, self.lang
        why = [
            f"{part.heading}: {'; '.join(part.lines)}" for part in explanation_parts(finding, lang)
        ]
        about = [
            moment_of(self.report, lang),
            printed_by(self.report.reader, lang),
            *(note.in_language(lang) for note in report_notes(self.report)),
            *marking_lines(self.report.marking, lang),
        ]
        return identified(
            {
                "type": "report",
                **self._common(),
                "lang": lang,
                "name": make_visible(finding.sentence[lang]),
                "description": make_visible("\n".join([*why, *about])),
                "report_types": ["indicator", "observed-data"],
                "published": written(to_datetime(self.report.at)),
                "object_refs": list(dict.fromkeys(part["id"] for part in named)),
            }
        )

    def _common(self) -> StixObject:
        finding = self.report.subject
        return {
            "created": written(finding.first_recorded),
            "modified": written(finding.last_recorded),
            "created_by_ref": QUIPU["id"],
            **self._marked(self.report.marking),
        }


def _is_observation(part: StixObject) -> bool:
    return bool(part["type"] == "observed-data")


def _owner_id(event: EventView) -> str:
    return stix_id("identity", event.country, event.authority)


def _pattern(thing: ObservedThing, lang: str) -> str:
    """Return what to look for: the value as records write it, or the key where none does."""
    name, value = ("value", thing.title[lang]) if thing.title else ("key", thing.id)
    quoted = make_visible(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"[{THING}:kind = '{thing.kind}' AND {THING}:{name} = '{quoted}']"


def _thing_extension() -> StixObject:
    """Return the definition of our own object: a thing that records name, such as a plate."""
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": THING_EXTENSION,
        "created": SPECIFIED,
        "modified": SPECIFIED,
        "created_by_ref": QUIPU["id"],
        "name": "Quipu thing",
        "description": "An object that records name: a weapon, vehicle, document, telephone, "
        "account. kind: which; value: as records write it; key: of the exchange.",
        "schema": THING_SCHEMA,
        "version": "1.0.0",
        "extension_types": ["new-sco"],
    }
