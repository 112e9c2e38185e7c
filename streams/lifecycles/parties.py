"""Say who is addressed by an opening, and which part the author of a step has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from schemas.model import COUNTRIES
from streams.lifecycles.model import Act, Lifecycle, Party

ALL = "ALL"
GROUP = "@"


def addressed_parties(lifecycle: Lifecycle, opening: Act) -> tuple[Party, ...]:
    """Return the addressed, sorted: the countries that the content names, else the recipients.

    Where recipients name authorities of a country, each of these is a party; else the country is.
    Of what a seat opens, each authority that the content names is a party.
    """
    if lifecycle.seat:
        return tuple(sorted(set(_named_parties(opening.payload.get(lifecycle.parties)))))
    countries = set(_named_countries(opening.payload.get(lifecycle.parties)))
    countries = countries or set(_recipient_countries(opening))
    authorities: dict[str, set[str]] = {}
    for recipient in opening.recipients:
        country, _slash, authority = recipient.partition("/")
        if authority:
            authorities.setdefault(country, set()).add(authority)
    parties = {
        Party(country, authority)
        for country in countries
        for authority in authorities.get(country, {""})
    }
    own = opening.author
    return tuple(sorted(party for party in parties if party not in (own, Party(own.country))))


def takes_anybody(opening: Act) -> bool:
    """Say whether a sharing group is addressed, whose members the event does not name."""
    return any(recipient.startswith(GROUP) for recipient in opening.recipients)


def party_of(author: Party, parties: Iterable[Party]) -> Party | None:
    """Return the party that an author belongs to: its authority, else its country."""
    known = set(parties)
    candidates = (author, Party(author.country))
    return next((party for party in candidates if party in known), None)


def is_entitled(lifecycle: Lifecycle, opening: Act) -> bool:
    """Say whether the author of an opening holds the seat that it names, where one is needed.

    Intake takes a seat only from the list of config.
    """
    return not lifecycle.seat or opening.payload.get(lifecycle.seat) == str(opening.author)


def _named_countries(named: object) -> Iterator[str]:
    yield from (party.country for party in _named_parties(named))


def _named_parties(named: object) -> Iterator[Party]:
    agencies = [named] if isinstance(named, Mapping) else named
    for agency in agencies if isinstance(agencies, list) else ():
        country = agency.get("country") if isinstance(agency, Mapping) else None
        authority = agency.get("authority") if isinstance(agency, Mapping) else None
        if isinstance(country, str) and country:
            yield Party(country, authority if isinstance(authority, str) else "")


def _recipient_countries(opening: Act) -> Iterator[str]:
    for recipient in opening.recipients:
        if recipient == ALL:
            yield from COUNTRIES
        elif not recipient.startswith(GROUP):
            yield recipient.partition("/")[0]
