"""Read who asks from a short text, such as CO/analyst/AMBER."""

from __future__ import annotations

from collections.abc import Collection

from schemas.codes import code_sets
from schemas.errors import ReaderRefusedError
from schemas.i18n import UserMessage, _
from schemas.model import COUNTRIES, Reader
from schemas.release.rules import EMBEDDED_PURPOSE, TLP
from schemas.words.written_codes import codes_with_spanish, find_code


def parse_reader(
    text: str,
    *,
    purpose: str | None = EMBEDDED_PURPOSE,
    groups: Collection[str] = (),
    exercise: str | None = None,
) -> Reader:
    """Read COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE; MEC is the mechanism.

    Each is a code, or a name for it: `Colombia/analista/ámbar`. Raises ReaderRefusedError, which
    names the part that is wrong.
    """
    parts = [part.strip() for part in text.split("/")]
    if len(parts) not in {3, 4} or not all(parts):
        raise ReaderRefusedError(
            _(
                "`{text}` is not COUNTRY/role/CLEARANCE nor COUNTRY/AUTHORITY/role/CLEARANCE",
                text=text,
            )
        )
    country, *authority, role, clearance = parts
    country = find_code("country", country) or country.upper()
    role = find_code("role", role) or role.lower()
    clearance = find_code("tlp", clearance, TLP) or clearance.upper()
    partners = sorted(code_sets()["partner"])
    _require_one_of(country, (*COUNTRIES, *partners), _("`{value}` is not a country here"))
    _require_one_of(
        role, code_sets()["role"], _("`{value}` is not a role"), codes_with_spanish("role")
    )
    _require_one_of(clearance, TLP, _("`{value}` is not a TLP level"))
    if purpose is not None:
        _require_one_of(purpose, sorted(code_sets()["purpose"]), _("`{value}` is not a purpose"))
    return Reader(
        text,
        country,
        next(iter(authority), None),
        frozenset({role}),
        clearance,
        frozenset(groups),
        purpose,
        exercise,
    )


def _require_one_of(
    value: str, allowed: Collection[str], problem: UserMessage, names: Collection[str] = ()
) -> None:
    """Raise ReaderRefusedError for another value; it shows the names, or the values allowed."""
    if value not in allowed:
        raise ReaderRefusedError(
            _(
                "{problem}; use one of {allowed}",
                problem=problem.with_values(value=value),
                allowed=", ".join(names or allowed),
            )
        )
