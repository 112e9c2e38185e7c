"""Check a request for assistance against article 18(15) of the Palermo Convention (UNTOC)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

SERVICE_ONLY = ("SERVICE",)


class Omission(NamedTuple):
    """Name what a request lacks. `letter`: of article 18(15); else it is wanted where possible."""

    letter: str
    field: str
    is_required: bool = True


def gaps(payload: Mapping[str, object], is_urgent: bool = False) -> list[Omission]:
    """Return what a request lacks, in the order of the article."""
    return list(_gaps(payload, is_urgent))


def _gaps(payload: Mapping[str, object], is_urgent: bool) -> Iterator[Omission]:
    requesting, conducting = payload.get("requesting"), payload.get("conducting")
    if not _part(requesting, "authority"):
        yield Omission("a", "requesting.authority")
    for name in ("matter", "proceeding"):
        if not payload.get(name):
            yield Omission("b", name)
    for name in ("authority", "functions"):
        if not (_part(conducting, name) or (conducting is None and _part(requesting, name))):
            yield Omission("b", f"conducting.{name}")
    assistance = payload.get("assistance") or ()
    is_service = isinstance(assistance, list) and tuple(assistance) == SERVICE_ONLY
    if not payload.get("facts") and not is_service:
        yield Omission("c", "facts")
    if not assistance:
        yield Omission("d", "assistance")
    if not payload.get("assistance_details"):
        yield Omission("d", "assistance_details")
    if not payload.get("persons"):
        yield Omission("e", "persons", False)
    elif not payload.get("whereabouts"):
        yield Omission("e", "whereabouts", False)
    if not payload.get("aim"):
        yield Omission("f", "aim")
    if is_urgent and not payload.get("deadline_reason"):
        yield Omission("", "deadline_reason", False)


def _part(agency: object, name: str) -> object:
    return agency.get(name) if isinstance(agency, Mapping) else None
