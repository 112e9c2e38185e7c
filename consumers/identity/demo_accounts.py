"""Make accounts for a demonstration with made-up data: an analyst of each country."""

from __future__ import annotations

from consumers.identity.account import OPERATOR, UserAccount
from consumers.identity.identity import IdentityService
from consumers.identity.local_access import ensure_token
from consumers.identity.passwords import one_time_password
from infra.settings import Settings
from schemas.model import COUNTRIES
from schemas.release.rules import AUDITOR, MECHANISM

POLICE = {"BO": "POLICIA", "CO": "PONAL", "EC": "POLICIA", "PE": "PNP"}
"""The authority of each account, as the scenario's nodes write it: so each has hits of its own."""


def demo_account_name(country: str) -> str:
    """Return the name of the demonstration's account of a country, such as demo-co."""
    return f"demo-{country.lower()}"


def make_demo_accounts(settings: Settings, identity: IdentityService, exercise: str = "") -> str:
    """Make the accounts, each with a token on this machine; return their common password.

    `exercise`: that all of them take part in. Raises AccountError where one is there already.
    """
    password = one_time_password()
    for country in (*COUNTRIES, MECHANISM):
        extra = {OPERATOR, AUDITOR} if country == MECHANISM else set()
        account = UserAccount(
            demo_account_name(country),
            country,
            POLICE.get(country),
            roles=frozenset({"analyst", *extra}),
            clearance="AMBER",
            exercises=frozenset({exercise} if exercise else ()),
        )
        identity.accounts.add(account, "demonstration", password)
        ensure_token(settings, identity, account.name, account.name)
    return password
