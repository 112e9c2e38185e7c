"""A finding as PDF, STIX and GraphML: whole, marked on every part, readable by other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx
import pytest
import stix2
from hypothesis import given
from hypothesis import strategies as st

from consumers.exports.graphml import Network, NetworkEdge, NetworkNode, graphml
from consumers.exports.stix import TLP_IDS, bundle, identified
from consumers.presentation.explanation_lines import explanation_parts
from consumers.presentation.finding_files import FINDING_FORMATS, finding_file
from consumers.presentation.finding_stix import THING_EXTENSION
from consumers.presentation.list_tables import LEFT_OUT_OF_LIST, LEFT_OUT_OF_LIST_FOR_COURT
from consumers.query.finding_report import FindingReport, marking_of
from schemas.i18n import LANGUAGES
from tests.support.finding_reports import CONDITION, PLATE, WHO, weapon_report
from tests.support.pdf_text import page_texts

LONG = 30
"""Records of a long report: more would make the weapon a hub."""
MARKING = "TLP:GREEN · H1 · H3"


def content(report: FindingReport, format_: Any, lang: str = "es") -> bytes:
    return b"".join(finding_file(report, format_, lang).parts)


def pages(report: FindingReport, lang: str = "es") -> list[str]:
    """The text of each page, in one line."""
    return page_texts(content(report, "pdf", lang))


def objects(report: FindingReport, lang: str = "es") -> list[dict[str, Any]]:
    every: list[dict[str, Any]] = json.loads(content(report, "stix", lang))["objects"]
    return every


def of_type(every: list[dict[str, Any]], type_: str) -> list[dict[str, Any]]:
    return [item for item in every if item["type"] == type_]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("records", [2, LONG])
def test_each_page_says_the_marking_who_made_it_and_as_of_when(records: int, lang: str) -> None:
    printed = pages(weapon_report(records), lang)
    assert len(printed) > records / 10
    for number, page in enumerate(printed, 1):
        assert page.count(MARKING) >= 2, "above and below"
        assert "ana.rojas (CO/PONAL)" in page
        assert "2026-03-01 18:00 UTC" in page
        assert f"{number} / {len(printed)}" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_has_the_sentence_the_reasons_every_record_and_the_conditions(lang: str) -> None:
    report = weapon_report(LONG)
    text = "".join("".join(pages(report, lang)).split())
    finding = report.subject
    expected = [
        finding.sentence[lang],
        CONDITION,
        LEFT_OUT_OF_LIST.in_language(lang),
        *(line for part in explanation_parts(finding, lang) for line in part.lines),
        *(history.id for history in report.records),
    ]
    assert len(report.records) == LONG
    assert [line for line in expected if "".join(line.split()) not in text] == []


def test_a_file_for_court_says_that_nothing_marked_h1_is_in_it() -> None:
    report = replace(weapon_report(), reader=replace(WHO, use="court"))
    for format_ in ("stix", "graphml"):
        assert (
            LEFT_OUT_OF_LIST_FOR_COURT.in_language("en") in content(report, format_, "en").decode()
        )
    assert LEFT_OUT_OF_LIST_FOR_COURT.in_language("en") in " ".join(pages(report, "en"))


@pytest.mark.parametrize("format_", FINDING_FORMATS)
def test_the_same_report_gives_the_same_bytes(format_: str) -> None:
    assert content(weapon_report(), format_) == content(weapon_report(), format_)


def test_who_receives_the_file_sees_the_marks_of_the_senders_own_records_too() -> None:
    event = weapon_report().records[0].current
    own = replace(event, handling=["H0", "H2"], markings=[])
    assert marking_of([own]).markings == ["H0", "H2"]


@pytest.mark.parametrize(
    "text",
    [
        "#panic(1)",
        '#read("/etc/passwd")',
        "$ x $ *bold* _it_ = head",
        '"}, "lang": "xx", {"',
        "\\u{41} \\#raw `code`",
        "<data key='x'>&amp;]]>",
        "'] OR [file:name = 'x'",
    ],
)
def test_a_hostile_text_is_a_text_in_every_format(text: str) -> None:
    report = weapon_report(authority=text, condition=text)
    title = {"es": text, "en": text}
    things = [replace(thing, title=title) for thing in report.records[1].things]
    records = [report.records[0], replace(report.records[1], things=things)]
    report = replace(report, records=records)
    assert "".join(text.split()) in "".join("".join(pages(report)).split())
    parse(content(report, "stix"))
    graph = networkx.parse_graphml(content(report, "graphml").decode())
    assert any(text in str(values.get("label")) for _, values in graph.nodes(data=True))


def test_a_text_cannot_hide_or_reorder_what_stands_next_to_it() -> None:
    hidden = {"es": "ana\u202eAMBER\u200b", "en": ""}
    report = weapon_report()
    report = replace(report, subject=replace(report.subject, sentence=hidden))
    assert "U+202E" in pages(report)[0]
    for format_ in ("stix", "graphml"):
        text = content(report, format_).decode()
        assert "U+202E" in text and "\u202e" not in text


# -- STIX


@stix2.CustomObservable(
    "quipu-thing",
    [
        ("kind", stix2.properties.StringProperty(required=True)),
        ("key", stix2.properties.StringProperty(required=True)),
        ("value", stix2.properties.StringProperty()),
    ],
    extension_name=THING_EXTENSION,
)
class Thing:
    """Our own object as its extension describes it, without anything that STIX does not know."""


def parse(text: bytes) -> Any:
    """Read a bundle strictly: only what STIX 2.1, TLP 2.0 and our extension define."""
    return stix2.parse(text.decode(), allow_custom=False)


def test_every_object_is_valid_stix_and_every_reference_leads_somewhere() -> None:
    every = objects(weapon_report(LONG))
    parse(content(weapon_report(LONG), "stix"))
    ids = {item["id"] for item in every}
    refs = {
        ref
        for item in every
        for name, value in item.items()
        if name.endswith(("_ref", "_refs"))
        for ref in ([value] if isinstance(value, str) else value)
    }
    assert refs <= ids
    assert len(ids) == len(every)
    counted = [len(of_type(every, type_)) for type_ in ("report", "indicator", "observed-data")]
    assert counted == [1, 1, LONG]
    assert len(of_type(every, "relationship")) == len(of_type(every, "note")) == LONG


def test_each_object_of_stix_bears_what_its_own_record_demands() -> None:
    report = weapon_report()
    every = objects(report)
    statements = {
        item["id"]: item["definition"]["statement"]
        for item in of_type(every, "marking-definition")
        if "definition" in item
    }
    marked = {
        item["external_references"][0]["external_id"]: [
            statements[ref].partition(":")[0]
            for ref in item["object_marking_refs"]
            if ref in statements
        ]
        for item in of_type(every, "observed-data")
    }
    assert marked == {history.id: history.current.handling for history in report.records}
    assert {"H1", "H3"} == {code for codes in marked.values() for code in codes}
    (whole,) = of_type(every, "report")
    assert TLP_IDS["GREEN"] in whole["object_marking_refs"]
    assert set(statements) <= set(whole["object_marking_refs"])
    unmarked = {"identity", "marking-definition", "extension-definition"}
    assert all("object_marking_refs" in item for item in every if item["type"] not in unmarked)


def test_what_another_reader_gets_never_has_the_id_of_something_else() -> None:
    whole, part = objects(weapon_report(6)), objects(weapon_report(3))
    first = {item["id"]: item for item in whole}
    for item in part:
        assert first.get(item["id"], item) == item


def test_a_thing_that_nobody_names_is_looked_for_by_its_key() -> None:
    report = weapon_report()
    assert report.subject.explanation is not None
    explanation = replace(report.subject.explanation, subject=None)
    report = replace(report, subject=replace(report.subject, explanation=explanation))
    (indicator,) = of_type(objects(report), "indicator")
    assert f"quipu-thing:key = '{report.subject.thing}'" in indicator["pattern"]


def test_an_unknown_level_is_marked_as_the_narrowest() -> None:
    report = weapon_report(tlp="ULTRA")
    (whole,) = of_type(objects(report), "report")
    assert TLP_IDS["RED"] in whole["object_marking_refs"]


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4))
def test_the_id_of_an_object_follows_from_its_content_alone(values: Mapping[str, str]) -> None:
    first = identified({**values, "type": "note"})
    other = identified({**dict(reversed(list(values.items()))), "type": "note"})
    changed = identified({**values, "type": "note", "content": "x\0"})
    assert first["id"] == other["id"] != changed["id"]
    assert bundle([first, other]) == bundle([other])


# -- GraphML


def test_a_network_has_every_record_and_thing_once_with_its_marking() -> None:
    report = weapon_report(LONG)
    graph = networkx.parse_graphml(content(report, "graphml").decode())
    records = {history.id for history in report.records}
    assert set(graph.nodes) == records | {report.subject.thing, PLATE.id}
    assert set(graph.neighbors(report.subject.thing)) == records
    assert list(graph.neighbors(PLATE.id)) == [report.records[1].id]
    assert all(values["tlp"] == "GREEN" for _, values in graph.nodes(data=True))
    assert CONDITION in graph.nodes[PLATE.id]["markings"]
    assert graph.graph["marking"] == MARKING
    assert "ana.rojas" in graph.graph["made_by"]


TEXTS = st.text(max_size=20)
VALUES = st.dictionaries(
    st.sampled_from(("label", "kind")), TEXTS | st.none(), max_size=2
) | st.fixed_dictionaries({"count": st.integers(0, 9), "share": st.floats(0, 1)})


@given(st.lists(VALUES, min_size=1, max_size=5), VALUES)
def test_any_text_and_number_comes_back_from_graphml(
    nodes: list[dict[str, Any]], edge: dict[str, Any]
) -> None:
    network = Network(
        "n",
        {"title": "t"},
        [NetworkNode(f"{number}", values) for number, values in enumerate(nodes)],
        [NetworkEdge("0", f"{len(nodes) - 1}", edge)],
    )
    graph = networkx.parse_graphml(graphml(network).decode())
    assert list(graph.nodes) == [node.id for node in network.nodes]
    for node in network.nodes:
        for name, value in node.values.items():
            if isinstance(value, int | float):
                assert graph.nodes[node.id][name] == value
            elif isinstance(value, str) and value.isprintable() and "\uffff" not in value:
                assert (graph.nodes[node.id].get(name) or "") == value
    assert graph.number_of_edges() == 1
