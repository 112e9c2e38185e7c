"""Observe accounts: the key is (country/institution, number).

Institutions have aliases (institutions.json). Peru's CCI (Código de Cuenta Interbancario) is 20
digits: institution 3, office 3, account 12, check digits 2: Luhn over the first six and over the
account (as payment gateways of Peru document it; the CCIs that companies publish hold it). It
contains country and institution. Each bank writes the account's own number in another way, so that
number is another thing.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from schemas.normalise.check_digits import luhn
from schemas.normalise.makes_and_calibres import CACHED, LONGEST_CACHED, alphanumeric
from schemas.normalise.nothing import is_meaningless
from schemas.observation import Observation

KIND = "account"
LONGEST = 40  # characters as written
_CCI = re.compile("[0-9]{20}")
_MASKED = re.compile(r"[*?•#]|X{2,}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")

_TABLE = json.loads((Path(__file__).parent / "institutions.json").read_text(encoding="utf-8"))
_IDLE = frozenset(_TABLE["idle_words"])
_NOBODY = frozenset(_TABLE["unknown"])


def _core(name: str) -> str:
    """Return a name without the words that every institution has.

    Such words are banco, S.A., cooperativa de ahorro y crédito.
    """
    words = [alphanumeric(word) for word in _WORD.findall(name.replace(".", ""))]
    return "".join(word for word in words if word not in _IDLE) or "".join(words)


def _aliases() -> dict[tuple[str, str], str]:
    name_of: dict[tuple[str, str], str] = {}
    for country, names in _TABLE["institutions"].items():
        for name, aliases in names.items():
            for spelling in (name, *aliases):
                if name_of.setdefault((country, _core(spelling)), name) != name:
                    raise ValueError(
                        f"{country}: {spelling!r} is an alias of two institutions: keep one"
                    )
    return name_of


_INSTITUTION_OF = _aliases()
_PERUVIAN: Mapping[str, str] = _TABLE["cci"]


@lru_cache(maxsize=CACHED)
def _institution(country: str, written: str) -> str | None:
    core = _core(written)
    text = _INSTITUTION_OF.get((country, core))
    says_none = core in _NOBODY or all(
        alphanumeric(word) in _IDLE for word in _WORD.findall(written)
    )
    return text or (None if says_none else core)


def institution(country: str, written: str) -> str | None:
    """Return the canonical name of an institution of a country.

    One that is not in the table is its own core. None for `unknown` and its like.
    """
    return _institution(country, written) if len(written) <= LONGEST_CACHED else None


def observe(account: Mapping[str, Any]) -> list[Observation]:
    """Observe the thing that an Account record is.

    certain: country and institution are known or are in a CCI. possible: a CCI whose check digits
    are wrong. Nothing without them, for masked numbers (****1234) and placeholders.
    """
    written = account["number"]
    mark = alphanumeric(written)
    number = mark.lstrip("0")
    if not 5 <= len(number) <= LONGEST or is_meaningless(number) or _MASKED.search(written):
        return []
    country, name = account.get("country"), account.get("institution")
    if country in (None, "PE") and _CCI.fullmatch(mark):
        return _of_cci(mark, country)
    at = institution(country, name) if country and name else None
    return [Observation(KIND, f"{country}/{at}", number, "certain", {})] if at else []


def _of_cci(cci: str, country: str | None) -> list[Observation]:
    holds = luhn(cci[:6] + cci[18]) and luhn(cci[6:18] + cci[19])
    if not holds and country is None:
        return []
    return [
        Observation(
            KIND,
            f"PE/{_PERUVIAN.get(cci[:3], cci[:3])}",
            cci,
            "certain" if holds else "possible",
            {},
        )
    ]
