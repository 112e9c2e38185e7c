"""Write a finding, thing, person or request as a file that is passed on: PDF, STIX or GraphML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from consumers.exports.formats import ExportFile
from consumers.exports.graphml import graphml
from consumers.presentation.finding_network import finding_network, person_network, thing_network
from consumers.presentation.finding_pdf import finding_pdf
from consumers.presentation.finding_stix import finding_stix
from consumers.presentation.request_pdf import request_pdf
from consumers.query.finding_report import (
    FindingReport,
    PersonReport,
    RequestReport,
    ThingReport,
)

FindingFormat = Literal["pdf", "stix", "graphml"]
FINDING_FORMATS: tuple[FindingFormat, ...] = get_args(FindingFormat)
REPORT_MEDIA_TYPES: Mapping[FindingFormat, str] = {
    "pdf": "application/pdf",
    "stix": "application/stix+json;version=2.1",
    "graphml": "application/xml",
}
ENDINGS: Mapping[FindingFormat, str] = {"pdf": "pdf", "stix": "stix.json", "graphml": "graphml"}
SHORT = 8


def finding_file(report: FindingReport, format_: FindingFormat, lang: str) -> ExportFile:
    """Write a finding in this format."""
    if format_ == "pdf":
        content = finding_pdf(report, lang)
    elif format_ == "stix":
        content = finding_stix(report, lang)
    else:
        content = graphml(finding_network(report, lang))
    return _file("finding", report.subject.id, format_, content)


def thing_file(report: ThingReport, lang: str) -> ExportFile:
    """Write the network of a thing as GraphML."""
    return _file("thing", report.subject.id, "graphml", graphml(thing_network(report, lang)))


def person_file(report: PersonReport, lang: str) -> ExportFile:
    """Write the network of a person as GraphML."""
    return _file("person", report.subject.id, "graphml", graphml(person_network(report, lang)))


def request_file(report: RequestReport, lang: str) -> ExportFile:
    """Write a request for judicial assistance in its usual form, as PDF."""
    return _file("request", report.subject.summary.id, "pdf", request_pdf(report, lang))


def _file(kind: str, id_: str, format_: FindingFormat, content: bytes) -> ExportFile:
    name = f"{kind}-{id_[:SHORT]}.{ENDINGS[format_]}"
    return ExportFile(name, REPORT_MEDIA_TYPES[format_], [content])
