"""Plots and traps of money: paths, fans, round trips, structuring, cash that is sent abroad."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from producers.scenario.networks.cast import (
    COUNTRIES,
    Cast,
    account_cells,
    person_cells,
)
from producers.scenario.networks.entry import Cells, Entry, Plot
from producers.scenario.world.belongings import Account
from producers.scenario.world.people import Identity

SIDE = "transactions[0]"
LIMITS = {"BO": 10_000.0, "CO": 2_500.0, "EC": 10_000.0, "PE": 10_000.0}
"""US dollars from which on cash is reported, in round figures."""


def layering(cast: Cast) -> Plot:
    """Let money pass through accounts, each transfer soon after the one before."""
    return Plot("layering", _chain(cast, _accounts(cast, cast.rng.randint(5, 6))))


def round_trip(cast: Cast) -> Plot:
    """Let money come back to another account of its owner."""
    accounts = _accounts(cast, 4)
    owner = cast.person(accounts[0].country)
    entries = _chain(cast, accounts)
    entries[0].cells |= person_cells(f"{SIDE}.from.person", owner, "sender")
    entries[-1].cells |= person_cells(f"{SIDE}.to.person", owner, "receiver")
    return Plot("round_trip", entries)


def fan_in(cast: Cast) -> Plot:
    """Let twelve persons of two countries pay one account."""
    target, start = cast.account(cast.country()), cast.moment()
    return Plot("fan_in", [_payment_of(cast, target, start) for _ in range(12)])


def fan_out(cast: Cast) -> Plot:
    """Let one account pay twelve others."""
    source, start = cast.account(cast.country()), cast.moment()
    entries = []
    for _ in range(12):
        target = cast.account(cast.country())
        at = cast.later(start, (0, 4.8))
        entries.append(flow(source.country, at, _amount(cast, 1_500, 4_000), (source, target)))
    return Plot("fan_out", entries)


def structuring(cast: Cast) -> Plot:
    """Let one person deposit cash below the limit, again and again."""
    country, start = cast.country(), cast.moment()
    person, target = cast.person(country), cast.account(country)
    entries = [
        _deposit(cast, person, target, start + timedelta(days=day), (0.86, 0.985))
        for day in range(6)
    ]
    return Plot("structuring", entries)


def cash_abroad(cast: Cast) -> Plot:
    """Let cash be placed, and most of it sent to another country."""
    home, abroad, _ = cast.neighbours()
    person, source, target = cast.person(home), cast.account(home), cast.account(abroad)
    deposit = _deposit(cast, person, source, cast.moment(), (2.0, 4.0))
    amount = round(float(deposit.cells[f"{SIDE}.amount"]) * cast.rng.uniform(0.95, 0.99), 2)
    sent = flow(
        home, cast.later(deposit.at, (0.2, 2.5)), amount, (source, target), "international_transfer"
    )
    sent.cells |= person_cells(f"{SIDE}.from.person", person, "sender")
    return Plot("cash_abroad", [deposit, sent])


def trap_order(cast: Cast) -> Plot:
    """Put the transfers of a path into the wrong order of time."""
    entries = _chain(cast, _accounts(cast, 5))
    moments = [entry.at for entry in entries][::-1]
    for entry, at in zip(entries, moments, strict=True):
        entry.at, entry.cells[f"{SIDE}.date"] = at, at.date().isoformat()
    return Plot("trap_order", entries)


def trap_amounts(cast: Cast) -> Plot:
    """Give the transfers of a chain amounts that have nothing to do with each other."""
    entries = _chain(cast, _accounts(cast, 5))
    for number, entry in enumerate(entries):
        factor = (1.0, 0.31, 2.7, 0.17)[number % 4] * cast.rng.uniform(0.9, 1.1)
        entry.cells[f"{SIDE}.amount"] = f"{float(entry.cells[f'{SIDE}.amount']) * factor:.2f}"
    return Plot("trap_amounts", entries)


def trap_corrected(cast: Cast) -> Plot:
    """Correct an amount without which there is no path."""
    entries = _chain(cast, _accounts(cast, 4))
    amount = float(entries[1].cells[f"{SIDE}.amount"]) / 100
    entries[1].corrected = {f"{SIDE}.amount": f"{amount:.2f}"}
    return Plot("trap_corrected", entries)


def trap_remittances(cast: Cast) -> Plot:
    """Let an exchange house pay many families what their kin sent."""
    home = cast.country()
    house, start = cast.exchange_house(home), cast.moment()
    entries = []
    for _ in range(40):
        country = cast.country()
        family = cast.account(country)
        at = cast.later(start, (0, 50))
        entry = flow(home, at, _amount(cast, 80, 450), (house, family), "remittance")
        entries.append(entry)
    return Plot("trap_remittances", entries)


def trap_shop(cast: Cast) -> Plot:
    """Let a shop deposit what it sold in December, in ordinary amounts."""
    country = cast.country()
    owner, target = cast.person(country), cast.account(country)
    days = [datetime(2018, 12, day, 22, 10) for day in range(3, 22)]
    return Plot("trap_shop", [_deposit(cast, owner, target, day, (0.03, 0.16)) for day in days])


def flow(
    country: str,
    at: datetime,
    amount: float,
    accounts: tuple[Account | None, Account],
    mode: str = "transfer",
) -> Entry:
    """Report one transaction. `accounts`: from, to; None where cash comes without an account."""
    source, target = accounts
    cells: Cells = {
        "report.entity": f"Entidad reportante {country}",
        f"{SIDE}.date": at.date().isoformat(),
        f"{SIDE}.transmode": mode,
        f"{SIDE}.amount": f"{amount:.2f}",
        f"{SIDE}.currency": "USD",
        **account_cells(f"{SIDE}.to.account", target),
    }
    if source is not None:
        cells |= account_cells(f"{SIDE}.from.account", source)
    return Entry(country, "suspicious_flow", at, cells)


def _chain(cast: Cast, accounts: Sequence[Account]) -> list[Entry]:
    at, amount, entries = cast.moment(), _amount(cast, 40_000, 200_000), []
    for source, target in pairwise(accounts):
        entries.append(flow(source.country, at, amount, (source, target)))
        at, amount = cast.later(at, (0.3, 2.5)), round(amount * cast.rng.uniform(0.965, 0.99), 2)
    return entries


def _accounts(cast: Cast, count: int) -> list[Account]:
    """Draw accounts of two countries at least."""
    countries = [cast.country() for _ in range(count)]
    if len(set(countries)) == 1:
        countries[1] = COUNTRIES[(COUNTRIES.index(countries[0]) + 1) % len(COUNTRIES)]
    return [cast.account(country) for country in countries]


def _payment_of(cast: Cast, target: Account, start: datetime) -> Entry:
    country = cast.country()
    source, payer = cast.account(country), cast.person(country)
    entry = flow(
        country, cast.later(start, (0, 4.8)), _amount(cast, 1_500, 4_000), (source, target)
    )
    entry.cells |= person_cells(f"{SIDE}.from.person", payer, "sender")
    return entry


def _deposit(
    cast: Cast, person: Identity, target: Account, at: datetime, share: tuple[float, float]
) -> Entry:
    """Deposit cash; `share`: of the country's limit, from and to."""
    entry = flow(
        target.country,
        at,
        _amount(cast, *(LIMITS[target.country] * part for part in share)),
        (None, target),
        "cash",
    )
    entry.cells |= person_cells(f"{SIDE}.from.person", person, "sender")
    return entry


def _amount(cast: Cast, low: float, high: float) -> float:
    return round(cast.rng.uniform(low, high), 2)


KINDS = (
    *(layering, fan_in, fan_out, round_trip, structuring, cash_abroad),
    *(trap_order, trap_amounts, trap_corrected, trap_remittances, trap_shop),
)
