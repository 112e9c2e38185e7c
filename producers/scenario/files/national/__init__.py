"""How each country's systems export: their files, columns, words, dates, units and codes.

The mappings scenario-*.toml read them.

Each country has the institutions that keep such records. The police seizes, searches and takes
complaints. A registry of weapons knows the lawful ones and answers traces. The migration authority
sees who crosses, and the financial-intelligence unit hears of money. Bolivia's drugs are FELCN's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from producers.scenario.files import columns as c
from producers.scenario.files.national import (
    bolivia,
    colombia,
    ecuador,
    peru,
    registries,
    weapons,
)
from producers.scenario.stories.record import (
    AT_A_DESK,
    FLOW,
    INCIDENT,
    MOVEMENT,
    NOTICE,
    REQUEST,
    RESULT,
    SEIZURE,
    THREAT,
    WEAPON,
    Record,
)

REGISTRY, DRUGS = "registry", "drugs"
"""Kinds of files beside the event types: lawful weapons, and drugs of who seizes nothing else."""
_TYPES = {REGISTRY: WEAPON, DRUGS: SEIZURE}


@dataclass(frozen=True, slots=True)
class NationalSystem:
    """A country's system. `forms`: by kind of file."""

    name: str
    country: str
    authority: str
    forms: Mapping[str, c.Form]


def _police(weapon: c.Form, seizure: c.Form, home: ModuleType) -> dict[str, c.Form]:
    return {
        WEAPON: weapon,
        SEIZURE: seizure,
        INCIDENT: home.INCIDENT_FORM,
        NOTICE: home.NOTICE_FORM,
        THREAT: home.THREAT_FORM,
        REQUEST: home.REQUEST_FORM,
    }


def _registry(weapons_: c.Form, home: ModuleType) -> dict[str, c.Form]:
    return {REGISTRY: weapons_, RESULT: home.RESULT_FORM}


NODES = (
    NationalSystem(
        "co-ponal", "CO", "PONAL", _police(weapons.CO_WEAPONS, weapons.CO_SEIZURES, colombia)
    ),
    NationalSystem(
        "ec-policia", "EC", "POLICIA", _police(weapons.EC_WEAPONS, weapons.EC_SEIZURES, ecuador)
    ),
    NationalSystem("pe-pnp", "PE", "PNP", _police(weapons.PE_WEAPONS, weapons.PE_SEIZURES, peru)),
    NationalSystem(
        "bo-policia", "BO", "POLICIA", _police(weapons.BO_WEAPONS, weapons.BO_SEIZURES, bolivia)
    ),
    NationalSystem("co-dccae", "CO", "DCCAE", _registry(registries.CO_REGISTRY, colombia)),
    NationalSystem("ec-ccffaa", "EC", "CCFFAA", _registry(registries.EC_REGISTRY, ecuador)),
    NationalSystem("pe-sucamec", "PE", "SUCAMEC", _registry(registries.PE_REGISTRY, peru)),
    NationalSystem("bo-reafuc", "BO", "REAFUC", _registry(registries.BO_REGISTRY, bolivia)),
    NationalSystem("bo-felcn", "BO", "FELCN", {DRUGS: weapons.BO_DRUGS}),
    NationalSystem("co-migracion", "CO", "MIGRACION", {MOVEMENT: colombia.MOVEMENT_FORM}),
    NationalSystem("ec-migracion", "EC", "MIGRACION", {MOVEMENT: ecuador.MOVEMENT_FORM}),
    NationalSystem("pe-migraciones", "PE", "MIGRACIONES", {MOVEMENT: peru.MOVEMENT_FORM}),
    NationalSystem("bo-migracion", "BO", "DIGEMIG", {MOVEMENT: bolivia.MOVEMENT_FORM}),
    NationalSystem("co-uiaf", "CO", "UIAF", {FLOW: colombia.FLOW_FORM}),
    NationalSystem("ec-uafe", "EC", "UAFE", {FLOW: ecuador.FLOW_FORM}),
    NationalSystem("pe-uif", "PE", "UIF", {FLOW: peru.FLOW_FORM}),
    NationalSystem("bo-uif", "BO", "UIF", {FLOW: bolivia.FLOW_FORM}),
)
FORMS: Mapping[tuple[str, str], c.Form] = {
    (node.country, kind): form for node in NODES for kind, form in node.forms.items()
}
_NODE_OF: Mapping[tuple[str, str], str] = {
    (node.country, kind): node.name for node in NODES for kind in node.forms
}


def file_of(record: Record) -> tuple[str, str]:
    """Country and kind of file: who has to keep such a record."""
    if record.type == WEAPON and record.status in AT_A_DESK:
        return record.country, REGISTRY
    if record.type == SEIZURE and record.what == "drug" and (record.country, DRUGS) in FORMS:
        return record.country, DRUGS
    return record.country, record.type


def node_of(record: Record) -> str:
    """The node that publishes a record."""
    return _NODE_OF[file_of(record)]


def event_type_of(kind: str) -> str:
    """The event type that the rows of a kind of file become."""
    return _TYPES.get(kind, kind)
