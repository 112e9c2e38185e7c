"""Turn the claims of an OIDC provider into an account, by a mapping file. Pure but for the file.

    person = "preferred_username"      # the claim that names the person
    country = { constant = "PE" }      # the same for everybody
    authority = { claim = "agency" }   # as the claim says
    roles = { claim = "groups", values = { "quipu-analysts" = "analyst" } }
    clearance = { claim = "level", values = { "2" = "AMBER" } }
    groups = { claim = "groups", values = { "task-force" = "frontera" } }

Of a claim with one value (country, authority, clearance) the value must map. Of a list (roles,
groups, exercises) the values that map count; of roles at least one must. `values` left out: the
claim says it in our words. A person's name always has an `@`, so it is never that of an account.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from consumers.identity.account import UserAccount, check_account
from infra.errors import QuipuError
from schemas.i18n import _

_SINGLE = ("country", "authority", "clearance")
_LISTS = ("roles", "groups", "exercises")
_REQUIRED = ("country", "roles", "clearance")


class ClaimsError(QuipuError):
    """Claims of the provider, or the file that maps them, say nothing that can be used."""

    code = "CLAIMS"


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Say where a field of an account comes from: a constant, or a claim and its values."""

    constant: str | None = None
    claim: str | None = None
    values: Mapping[str, str] | None = None

    def texts(self, claims: Mapping[str, Any]) -> list[str]:
        """Return what the claims say, in our words; values that do not map are left out."""
        if self.constant is not None:
            return [self.constant]
        value = claims.get(self.claim or "")
        texts = [str(item) for item in value] if isinstance(value, list) else [str(value)]
        if value is None:
            return []
        if self.values is None:
            return texts
        return [self.values[text] for text in texts if text in self.values]


@dataclass(frozen=True, slots=True)
class ClaimsMapping:
    """Say how claims become an account. `person`: the claim that names the person."""

    person: str
    fields: Mapping[str, FieldMapping] = field(default_factory=dict)


def read_claims_mapping(path: Path) -> ClaimsMapping:
    """Read the mapping file. Raises ClaimsError naming what is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        unknown = sorted(set(content) - {"person", *_SINGLE, *_LISTS})
        if unknown:
            raise ValueError(f"{', '.join(unknown)} ∉ {{person, {', '.join(_SINGLE + _LISTS)}}}")
        missing = [name for name in _REQUIRED if name not in content]
        if missing:
            raise ValueError(f"{', '.join(missing)} = ∅")
        fields = {name: _field(name, content[name]) for name in content if name != "person"}
        return ClaimsMapping(str(content.get("person", "sub")), fields)
    except (OSError, ValueError, TypeError) as error:
        raise ClaimsError(
            _("The file of claims {path} cannot be used: {error}.", path=path, error=error),
            _("Correct it and start the API again."),
        ) from error


def account_from_claims(
    mapping: ClaimsMapping, claims: Mapping[str, Any], issuer: str
) -> UserAccount:
    """Return the account that the claims name. Raises ClaimsError, AccountError."""
    person = claims.get(mapping.person)
    if not isinstance(person, str) or not person.strip():
        raise _not_mapped(mapping.person, claims)
    single = {name: _single(mapping, name, claims) for name in _SINGLE}
    lists = {
        name: frozenset(mapping.fields[name].texts(claims)) if name in mapping.fields else ()
        for name in _LISTS
    }
    if not lists["roles"]:
        raise _not_mapped(mapping.fields["roles"].claim or "roles", claims)
    account = UserAccount(
        _person_name(person.strip(), issuer),
        single["country"] or "",
        single["authority"],
        frozenset(lists["roles"]),
        single["clearance"] or "",
        frozenset(lists["groups"]),
        frozenset(lists["exercises"]),
    )
    return check_account(account, from_provider=True)


def _single(mapping: ClaimsMapping, name: str, claims: Mapping[str, Any]) -> str | None:
    field_mapping = mapping.fields.get(name)
    if field_mapping is None:
        return None
    texts = field_mapping.texts(claims)
    if len(texts) != 1:
        raise _not_mapped(field_mapping.claim or name, claims)
    return texts[0]


def _person_name(person: str, issuer: str) -> str:
    """Return a name with an `@`: a provider's person is never a local account or a group."""
    host = (urlsplit(issuer).netloc or issuer).lower()
    return person if "@" in person else f"{person}@{host}"


def _field(name: str, content: object) -> FieldMapping:
    if not isinstance(content, dict) or not set(content) <= {"constant", "claim", "values"}:
        raise ValueError(f"{name} ≠ {{constant}} | {{claim, values}}")
    constant, claim, values = (content.get(key) for key in ("constant", "claim", "values"))
    if (constant is None) == (claim is None):
        raise ValueError(f"{name} ≠ {{constant}} | {{claim, values}}")
    texts = None if values is None else {str(key): str(value) for key, value in values.items()}
    return FieldMapping(
        None if constant is None else str(constant), None if claim is None else str(claim), texts
    )


def _not_mapped(claim: str, claims: Mapping[str, Any]) -> ClaimsError:
    return ClaimsError(
        _(
            "Your institution's account says nothing that this server knows in `{claim}`: {value}.",
            claim=claim,
            value=str(claims.get(claim, "—"))[:100],
        ),
        _("Ask your administrator for this role in the exchange."),
    )
