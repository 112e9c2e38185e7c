"""Check whether an agreement lets a country send an event, and a partner this type of event. Pure.

The register of agreements and the admitted partners are entries of config. So the answer depends
on the position of the bundle in the log, and a rebuild repeats it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.model import COUNTRIES
from schemas.observation import Problem

NO_OFFENCE = "0000"
"""The crime code of messages that are about no offence; every agreement covers them."""
WITHOUT_AGREEMENT = frozenset(
    {"retraction", "erasure", "heartbeat", "acknowledgement", "retention_extension"}
    | {"goal", "decision", "commitment_step"}
)
"""Types that no agreement stops: an owner can always take back, and a receiver can answer.

Nor does one stop what the high-level group sets itself, which is about no offence.
"""


class Agreement(NamedTuple):
    """Describe a legal basis.

    `parties`: countries and partners; `offences`: ICCS codes, each with all below it, none for
    every offence; `until`: ms since 1970 UTC, None without an end.
    """

    code: str
    title: str
    parties: tuple[str, ...]
    offences: tuple[str, ...] = ()
    until: int | None = None

    def covers(self, crime: str) -> bool:
        """Say whether an offence is one of the agreement."""
        return crime == NO_OFFENCE or not self.offences or crime.startswith(self.offences)


class Partner(NamedTuple):
    """Describe an admitted partner or observer.

    `host`: the member in whose topics its nodes write; `sends`: event types; `sees`: the highest
    TLP level of what its readers see, empty for nothing; `until`: ms since 1970 UTC, None without
    an end.
    """

    code: str
    host: str
    sends: tuple[str, ...] = ()
    sees: str = "GREEN"
    until: int | None = None

    def is_admitted(self, moment: int) -> bool:
        """Say whether the partner takes part at a moment (ms since 1970 UTC)."""
        return bool(self.sees) and not _is_over(self.until, moment)


@dataclass(frozen=True, slots=True)
class Admission:
    """Hold what decides on an event besides its own content.

    `agreements` by code: where none is registered, the list of codes alone decides, as before the
    register. `partners` by code.
    """

    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)

    def check(self, envelope: Mapping[str, object], moment: int) -> Problem | None:
        """Return what keeps the event out; None where nothing does.

        `moment`: ms since 1970 UTC of the bundle's append, or the node's clock before sending.
        Codes: TYPE_NOT_ADMITTED, NO_AGREEMENT.
        """
        type_, country = str(envelope["type"]), str(envelope["country"])
        if type_ in WITHOUT_AGREEMENT:
            return None
        if country not in COUNTRIES:
            partner = self.partners.get(country)
            if partner is None or not partner.is_admitted(moment) or type_ not in partner.sends:
                return Problem("TYPE_NOT_ADMITTED", "type", type_)
        if not self.agreements:
            return None
        return self._check_basis(envelope, country, moment)

    def _check_basis(
        self, envelope: Mapping[str, object], country: str, moment: int
    ) -> Problem | None:
        code = str(envelope["legal_basis"])
        agreement = self.agreements.get(code)
        if agreement is None or _is_over(agreement.until, moment):
            return Problem("NO_AGREEMENT", "legal_basis", code)
        if country not in agreement.parties:
            return Problem("NO_AGREEMENT", "country", code)
        if not agreement.covers(str(envelope["crime"])):
            return Problem("NO_AGREEMENT", "crime", code)
        return None


def _is_over(until: int | None, moment: int) -> bool:
    return until is not None and moment >= until


_STATES = (*COUNTRIES, "AR", "BR", "VE")
FOUNDED_AGREEMENTS = (
    Agreement(
        "CAN-552",
        "Decisión 552 de la Comunidad Andina: armas pequeñas y ligeras",
        COUNTRIES,
        ("0101", "02051", "0401", "0502", "0601", "07041", "08041", "09"),
    ),
    Agreement(
        "CAN-589",
        "Decisión 589 de la Comunidad Andina: cooperación entre fiscalías",
        COUNTRIES,
    ),
    Agreement(
        "CAN-861",
        "Decisión 861 de la Comunidad Andina: bienes culturales",
        COUNTRIES,
        ("07042", "0401", "0502", "0702", "08041", "0905"),
    ),
    Agreement(
        "CAN-PAR",
        "Plan de Acción Resolutivo de la Comunidad Andina, Lima, 21 de enero de 2024",
        COUNTRIES,
    ),
    Agreement("UNTOC-18.4", "Convención de Palermo, artículo 18(4)", _STATES),
    Agreement("UNTOC-18.15", "Convención de Palermo, artículo 18(15)", _STATES),
)
"""What an exchange is founded with: the offences of a decision are this project's reading of it."""
