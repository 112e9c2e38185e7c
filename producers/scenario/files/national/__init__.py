"""How each country's systems export: their files, columns, words, dates, units and codes.

The mappings scenario-*.toml read them.

Each country has three nodes: its police (or who keeps weapons), its migration authority, its
financial-intelligence unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from producers.scenario.files import columns as c
from producers.scenario.files.national import bolivia, colombia, ecuador, peru, weapons
from producers.scenario.stories.record import (
    FLOW,
    INCIDENT,
    MOVEMENT,
    NOTICE,
    REQUEST,
    RESULT,
    SEIZURE,
    THREAT,
    WEAPON,
)


@dataclass(frozen=True, slots=True)
class NationalSystem:
    """A country's system. `forms`: by event type."""

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
        RESULT: home.RESULT_FORM,
    }


NODES = (
    NationalSystem(
        "co-ponal", "CO", "PONAL", _police(weapons.CO_WEAPONS, weapons.CO_SEIZURES, colombia)
    ),
    NationalSystem(
        "ec-policia", "EC", "POLICIA", _police(weapons.EC_WEAPONS, weapons.EC_SEIZURES, ecuador)
    ),
    NationalSystem(
        "pe-sucamec", "PE", "SUCAMEC", _police(weapons.PE_WEAPONS, weapons.PE_SEIZURES, peru)
    ),
    NationalSystem(
        "bo-felcn", "BO", "FELCN", _police(weapons.BO_WEAPONS, weapons.BO_SEIZURES, bolivia)
    ),
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
NODE_OF: Mapping[tuple[str, str], str] = {
    (node.country, kind): node.name for node in NODES for kind in node.forms
}
