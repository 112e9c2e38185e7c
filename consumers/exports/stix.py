"""Make the parts of a STIX 2.1 bundle: ids, markings, and the bundle itself. Pure.

Sources: OASIS STIX Version 2.1 (2021-06-10); for TLP 2.0 OASIS cti-stix-common-objects,
extension-definition-specifications/tlp-2.0, whose ids and dates are written here unchanged.
docs/adr/0108 has the mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import orjson

StixObject = dict[str, Any]
NAMESPACE = UUID("6f0d2a52-6f3b-5f0e-9d60-1d8c5b1e7a21")
"""Of our ids: the same content has the same id, on every machine."""
SPECIFIED = "2026-11-30T00:00:00.000Z"
"""Since when the objects that are the same in every bundle are as they are."""
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_CREATED = "2022-10-01T00:00:00.000Z"
TLP_IDS: Mapping[str, str] = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def stix_id(type_: str, *names: str) -> str:
    """Return the id of an object of this type that these names name."""
    return f"{type_}--{uuid5(NAMESPACE, chr(0).join((type_, *names)))}"


def identified(content: StixObject) -> StixObject:
    """Return an object whose id follows from its content, so that two contents never share one."""
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
    type_ = str(content["type"])
    return {"type": type_, "spec_version": "2.1", "id": stix_id(type_, text), **content}


def tlp_marking(level: str) -> StixObject:
    """Return the marking of a TLP level; of an unknown one RED, the narrowest."""
    level = level if level in TLP_IDS else "RED"
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP_IDS[level],
        "created": TLP_CREATED,
        "name": f"TLP:{level}",
        "extensions": {
            TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level.lower()}
        },
    }


def statement_marking(statement: str) -> StixObject:
    """Return the marking of what an owner asks, in words."""
    return identified(
        {
            "type": "marking-definition",
            "created": SPECIFIED,
            "definition_type": "statement",
            "definition": {"statement": statement},
        }
    )


def bundle(objects: Iterable[StixObject]) -> bytes:
    """Return the bundle; each object once, in the order in which it comes first."""
    every: Sequence[StixObject] = list({object_["id"]: object_ for object_ in objects}.values())
    content = orjson.dumps(every, option=orjson.OPT_SORT_KEYS).decode()
    whole = {"type": "bundle", "id": stix_id("bundle", content), "objects": every}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2) + b"\n"
