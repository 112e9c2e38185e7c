"""Write a network as GraphML, which i2, Gephi, Cytoscape, yEd and networkx read.

The format: http://graphml.graphdrawing.org. Values have types; what is not known is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from xml.etree import ElementTree as ET

from infra.moment_text import written
from schemas.hidden_characters import make_visible

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NO_CHARACTERS = {0xFFFE: "�", 0xFFFF: "�"}
"""Of Unicode, but not of XML; `make_visible` takes care of the others."""
Value = str | bool | int | float | datetime | None
Values = Mapping[str, Value]
Domain = Literal["graph", "node", "edge"]


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node; `values`: what is known of it."""

    id: str
    values: Values


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """An edge without a direction, between two nodes of the same network."""

    source: str
    target: str
    values: Values


@dataclass(frozen=True, slots=True)
class Network:
    """A network; `values`: what must be known of it as a whole, such as its marking."""

    id: str
    values: Values
    nodes: Sequence[NetworkNode]
    edges: Sequence[NetworkEdge]


def graphml(network: Network) -> bytes:
    """Return the file. The same network gives the same bytes."""
    root = ET.Element("graphml", xmlns=NAMESPACE)
    graph = ET.Element("graph", id=network.id, edgedefault="undirected")
    keys: dict[tuple[str, str], str] = {}
    _add_data(graph, "graph", network.values, keys)
    for node in network.nodes:
        _add_data(ET.SubElement(graph, "node", id=node.id), "node", node.values, keys)
    for edge in network.edges:
        ends = {"source": edge.source, "target": edge.target}
        _add_data(ET.SubElement(graph, "edge", ends), "edge", edge.values, keys)
    for (domain, name), type_ in keys.items():
        attributes = {"for": domain, "attr.name": name, "attr.type": type_}
        ET.SubElement(root, "key", {"id": f"{domain}-{name}", **attributes})
    root.append(graph)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add_data(
    element: ET.Element, domain: Domain, values: Values, keys: dict[tuple[str, str], str]
) -> None:
    for name, value in values.items():
        if value is not None:
            keys.setdefault((domain, name), _type_of(value))
            ET.SubElement(element, "data", key=f"{domain}-{name}").text = _text(value)


def _type_of(value: str | bool | int | float | datetime) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    return "double" if isinstance(value, float) else "string"


def _text(value: str | bool | int | float | datetime) -> str:
    """Write a value; no text has a character that XML does not have."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return written(value)
    return make_visible(value).translate(NO_CHARACTERS) if isinstance(value, str) else f"{value}"
