"""Lay out what records, things and persons have to do with each other, as a network. Pure.

A node is a record, a thing or a person of a record. An edge says that a record names a thing or a
person, or that two persons are or may be one. Every node has its marking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from consumers.exports.graphml import Network, NetworkEdge, NetworkNode, Value, Values
from consumers.presentation.figure_words import marking_lines
from consumers.presentation.report_words import (
    moment_of,
    printed_by,
    report_notes,
    short_marking,
)
from consumers.presentation.times import occurred
from consumers.presentation.wording import one_line, place_name, thing_title
from consumers.query.finding_report import (
    FindingReport,
    PersonReport,
    Report,
    Subject,
    ThingReport,
    marking_of,
)
from consumers.query.persons.person_views import LinkView, MentionView
from consumers.query.views import EventView, ObservedThing

CERTAIN = "certain"


def finding_network(report: FindingReport, lang: str) -> Network:
    """Return the records of a finding with all things that they name."""
    finding = report.subject
    subject = finding.explanation.subject if finding.explanation else None
    thing = ObservedThing(finding.thing, finding.kind, subject)
    certainty = {piece.event: piece.certainty for piece in finding.evidence}
    parts = _records(report, lang, thing, certainty)
    values = {"title": finding.sentence[lang], "rule": finding.rule, "grade": finding.grade}
    return parts.network(finding.id, {**values, **_about(report, lang)})


def thing_network(report: ThingReport, lang: str) -> Network:
    """Return the records of a thing with all other things that they name."""
    view = report.subject
    thing = ObservedThing(view.id, view.kind, view.title)
    certainty = {member.event: member.certainty for member in view.members}
    parts = _records(report, lang, thing, certainty)
    title = thing_title(view.kind, view.title, view.id, lang)
    return parts.network(view.id, {"title": title, **_about(report, lang)})


def person_network(report: PersonReport, lang: str) -> Network:
    """Return who is, or may be, one person, with the records and the things that they name."""
    view = report.subject
    parts = _records(report, lang, None, {})
    records = {history.id: history.current for history in report.records}
    for mention in (*view.mentions, *view.others):
        if mention.event in records:
            parts.add_mention(mention, records[mention.event])
    for kind, links in (
        ("same", view.links),
        ("possible", view.possible),
        ("rejected", view.rejected),
    ):
        for link in links:
            parts.add_link(link, kind)
    title = view.mentions[0].name if view.mentions else view.id
    return parts.network(view.id, {"title": title, **_about(report, lang)})


@dataclass
class _NetworkParts:
    """Nodes and edges by their ids, so that each is there once."""

    lang: str
    nodes: dict[str, NetworkNode] = field(default_factory=dict)
    edges: dict[tuple[str, str], NetworkEdge] = field(default_factory=dict)

    def network(self, id_: str, values: Mapping[str, Value]) -> Network:
        """Return the nodes and edges that were added, as a network."""
        return Network(id_, values, list(self.nodes.values()), list(self.edges.values()))

    def add_record(self, event: EventView) -> None:
        """Add a record as a node, with what its envelope says."""
        place = event.subdivision or event.place_country
        self.nodes[event.id] = NetworkNode(
            event.id,
            {
                "label": one_line(event, self.lang),
                "sort": "record",
                "kind": event.type,
                "country": event.country,
                "authority": event.authority,
                "occurred": occurred(event.occurred_from, event.occurred_precision)
                if event.occurred_from
                else None,
                "recorded": event.recorded_at,
                "place": place_name(place, self.lang) if place else None,
                **_marking((event,)),
            },
        )

    def add_thing(self, thing: ObservedThing, naming: tuple[EventView, ...]) -> None:
        """Add a thing; its value is known from records, so it bears what they demand."""
        label = thing_title(thing.kind, thing.title, thing.id, self.lang)
        values = {"label": label, "sort": "thing", "kind": thing.kind, **_marking(naming)}
        self.nodes[thing.id] = NetworkNode(thing.id, values)

    def add_naming(self, event: str, thing: str, certainty: str) -> None:
        """Add that a record names a thing."""
        values = {"kind": "names", "certainty": certainty}
        self.edges.setdefault((event, thing), NetworkEdge(event, thing, values))

    def add_mention(self, mention: MentionView, event: EventView) -> None:
        """Add a person as a record names them."""
        values = {
            "label": mention.name,
            "sort": "person",
            "kind": mention.role or None,
            "born": mention.born,
            "documents": ", ".join(mention.documents) or None,
            "country": mention.country,
            "authority": mention.authority,
            **_marking((event,)),
        }
        self.nodes[mention.id] = NetworkNode(mention.id, values)
        self.edges[event.id, mention.id] = NetworkEdge(event.id, mention.id, {"kind": "names"})

    def add_link(self, link: LinkView, kind: str) -> None:
        """Add that two persons are, may be or are not one; only between persons that are there."""
        ends = (link.first, link.second)
        if self.nodes.keys() >= set(ends):
            verdict = link.verdict.word if link.verdict else None
            values: Values = {"kind": kind, "probability": link.probability, "verdict": verdict}
            self.edges[ends] = NetworkEdge(*ends, values)


def _records(
    report: Report[Subject],
    lang: str,
    subject: ObservedThing | None,
    certainty: Mapping[str, str],
) -> _NetworkParts:
    """Return the records and their things. `certainty`: of the subject, by event."""
    parts = _NetworkParts(lang)
    things: dict[str, ObservedThing] = {} if subject is None else {subject.id: subject}
    naming: dict[str, list[EventView]] = {}
    for history in report.records:
        parts.add_record(history.current)
        own = {thing.id: thing for thing in history.things}
        if subject is not None:
            own.setdefault(subject.id, subject)
        for thing in own.values():
            if thing.id not in things or things[thing.id].title is None:
                things[thing.id] = thing
            naming.setdefault(thing.id, []).append(history.current)
            is_subject = subject is not None and thing.id == subject.id
            degree = certainty.get(history.id, CERTAIN) if is_subject else CERTAIN
            parts.add_naming(history.id, thing.id, degree)
    for id_, events in naming.items():
        parts.add_thing(things[id_], tuple(events))
    return parts


def _about(report: Report[Subject], lang: str) -> dict[str, Value]:
    """Return what every file says of itself."""
    return {
        "moment": moment_of(report, lang),
        "made_by": printed_by(report.reader, lang),
        "marking": short_marking(report.marking),
        "conditions": "\n".join(marking_lines(report.marking, lang)),
        "notes": "\n".join(note.in_language(lang) for note in report_notes(report)),
    }


def _marking(events: tuple[EventView, ...]) -> dict[str, Value]:
    marking = marking_of(events)
    return {"tlp": marking.tlp, "markings": "\n".join(marking.markings) or None}
