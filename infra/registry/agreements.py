"""Announce agreements and admitted partners in quipu.config.

An event names its legal basis by a code. From the first `Agreement` on, the register decides who
may use which basis for which offence. `Partner` admits a partner: in whose topics its nodes write,
what they may send, what its readers may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from infra.errors import FoundingError
from infra.registry.config_writer import (
    ConfigChange,
    Entry,
    announce,
    read_config_history,
)
from infra.settings import Settings
from schemas.codes import CodeSets, code_sets
from schemas.event.admission import FOUNDED_AGREEMENTS, Agreement, Partner
from schemas.exchange_config import ConfigView
from schemas.i18n import _
from schemas.model import COUNTRIES
from schemas.release.rules import TLP


def pending_agreement_entries(view: ConfigView) -> list[Entry]:
    """List the agreements that an exchange is founded with and that config lacks."""
    known = view.admission.agreements
    return [
        ("Agreement", basis._asdict()) for basis in FOUNDED_AGREEMENTS if basis.code not in known
    ]


def add_agreement(settings: Settings, agreement: Agreement) -> ConfigChange:
    """Announce an agreement, or a new text of it. Raises FoundingError for one that cannot hold."""
    config = read_config_history(settings)
    view = config.newest()
    codes = code_sets(view.code_lists)
    _check_code(agreement.code, "legal_basis", codes)
    _check_all(agreement.parties, (*COUNTRIES, *sorted(codes["partner"])), "party")
    _check_all(agreement.offences, _offences(codes), "offence")
    if not agreement.parties:
        raise FoundingError(
            _("An agreement has parties."),
            _("Name them, such as --party BO --party PE."),
            "CODE_UNKNOWN",
        )
    entries = [*pending_agreement_entries(view), ("Agreement", agreement._asdict())]
    return announce(settings, config, [entry for entry in entries if _is_news(entry, agreement)])


def end_agreement(settings: Settings, code: str) -> ConfigChange:
    """End an agreement: no event may name it from then on. Raises FoundingError without one."""
    config = read_config_history(settings)
    former = config.newest().admission.agreements.get(code)
    if former is None or not former.parties:
        raise FoundingError(
            _("There is no agreement {code} to end.", code=code),
            _("See them with `quipu agreement list`."),
            "CODE_UNKNOWN",
        )
    return announce(settings, config, [("Agreement", former._replace(parties=())._asdict())])


def admit_partner(settings: Settings, partner: Partner) -> ConfigChange:
    """Admit a partner, or change what it may send and see. Raises FoundingError."""
    config = read_config_history(settings)
    view = config.newest()
    codes = code_sets(view.code_lists)
    _check_code(partner.code, "partner", codes)
    _check_all([partner.host], COUNTRIES, "host")
    _check_all([partner.sees], TLP[1:], "sees")
    _check_all(partner.sends, sorted({name for name, _text in view.schemas.values()}), "type")
    former = view.admission.partners.get(partner.code)
    if former is not None and former.host != partner.host and _has_nodes(view, partner.code):
        raise FoundingError(
            _(
                "The nodes of {code} write in the topics of {host}.",
                code=partner.code,
                host=former.host,
            ),
            _("Keep --host {host}: what was written stays there.", host=former.host),
            "HOST_FIXED",
        )
    return announce(settings, config, [("Partner", partner._asdict())])


def end_partner(settings: Settings, code: str) -> ConfigChange:
    """End the admission of a partner: it sends and sees nothing more. Raises FoundingError."""
    config = read_config_history(settings)
    former = config.newest().admission.partners.get(code)
    if former is None or not (former.sees or former.sends):
        raise FoundingError(
            _("The partner {code} is not admitted.", code=code),
            _("See them with `quipu partner list`."),
            "CODE_UNKNOWN",
        )
    return announce(settings, config, [("Partner", former._replace(sends=(), sees="")._asdict())])


def _is_news(entry: Entry, agreement: Agreement) -> bool:
    """Leave out the founded text of the agreement that is announced itself."""
    return entry[1]["code"] != agreement.code or entry[1] == agreement._asdict()


def _has_nodes(view: ConfigView, country: str) -> bool:
    return any(node.country == country for node in view.nodes.values())


def _offences(codes: CodeSets) -> list[str]:
    """Return every code of an offence, and each beginning that stands for all below it."""
    return sorted({code[:end] for code in codes["crime"] for end in range(2, len(code) + 1)})


def _check_code(code: str, name: str, codes: CodeSets) -> None:
    if code not in codes[name]:
        raise FoundingError(
            _("`{code}` is no code of the list {name}.", code=code, name=name),
            _(
                "Use one of {codes}. To have a new one, add it to types/codes/{name}.json of the "
                "data folder and run `quipu found`.",
                codes=", ".join(sorted(codes[name])),
                name=name,
            ),
            "CODE_UNKNOWN",
        )


def _check_all(values: Iterable[str], allowed: Sequence[str], what: str) -> None:
    for value in values:
        if value not in allowed:
            raise FoundingError(
                _("`{value}` is not valid for --{option}.", value=value, option=what),
                _("Use one of {codes}.", codes=", ".join(allowed)),
                "CODE_UNKNOWN",
            )
