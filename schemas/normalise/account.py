"""Observe accounts: the key is (country/institution, number).

Institutions have aliases (institutions.json). Peru's CCI (Código de Cuenta Interbancario) is 20
digits: institution 3, office 3, account 12, check digits 2: Luhn over the first six and over the
account (as payment gateways of Peru document it; the CCIs that companies publish hold it). It
contains country and institution. Each bank writes the account's own number in another way, so that
number is another thing. An IBAN (ISO 13616) contains country and bank as well.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from schemas.normalise.check_digits import iban_holds, luhn
from schemas.normalise.labels import labels_of
from schemas.normalise.looks import (
    has_shape_of_another,
    has_uneven_groups,
    looks_like_barcode,
    looks_like_document,
    looks_like_handset_or_card,
    looks_like_moment,
    looks_like_number_abroad,
    looks_like_other_number,
    looks_like_telephone,
)
from schemas.normalise.makes_and_calibres import CACHED, LONGEST_CACHED, alphanumeric
from schemas.normalise.nothing import find_nothing_folded, is_doubtful, is_meaningless, is_row
from schemas.normalise.reading import (
    Reading,
    Readings,
    Why,
    count_observations,
    gather,
    nothing,
    observations_of,
)
from schemas.normalise.written_value import LONGEST as LONGEST_CELL
from schemas.normalise.written_value import WrittenValue, is_plain, split_cell
from schemas.observation import Observation

KIND = "account"
LONGEST = 40  # letters and digits
_SHORTEST = 5
_CERTAIN_FROM = 9
"""Digits from which a number of an institution whose lengths are unknown is certain."""
_CCI = re.compile("[0-9]{20}")
IBAN = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")  # ISO 13616
_MASKED = re.compile(r"[*?#_]|X{2,}|\.\.")
_BRANCH = re.compile(
    r"[\s,;-]+(?:SUCURSAL|SUC|AGENCIA|AG|OFICINA|OF|SEDE|OFIC|FILIAL)\b.*", re.IGNORECASE
)
"""The branch behind the name of an institution."""
_PLACE = re.compile(r"\s+-\s+|[,(/]")
"""What parts an institution from its place: Bancolombia - Cali."""
_CODES = {"BO": "591", "CO": "57", "EC": "593", "PE": "51"}
_AMONG_WORDS = re.compile(r"(?<![A-Z0-9])[0-9](?:[0-9]|[ .-](?=[0-9]))+(?![A-Z0-9])")
_MONEY = frozenset(
    {"SOLES", "DOLARES", "PESOS", "BOLIVIANOS", "AHORROS", "CORRIENTE", "CTA", "CUENTA"}
)
_WORD = re.compile(r"[^\W_]+")
_OF_ANOTHER = re.compile(r"\b(?:TEL|TELEFONO|CEL|CELULAR|MOVIL|REF)\b")
"""Labels of a telephone or of a payment: what follows is an account of a wallet alone."""
_THOUSANDS = re.compile("[0-9]{1,3}(?:[.,][0-9]{3})+")
_NIT = re.compile(r"[89][0-9]{2}\.[0-9]{3}\.[0-9]{3}-[0-9]")
_MOST_DIGITS = 20

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
_LENGTHS: Mapping[str, Mapping[str, list[int]]] = _TABLE["lengths"]
_WALLETS = frozenset(_TABLE["wallets"])


@lru_cache(maxsize=CACHED)
def _institution(country: str, written: str) -> str | None:
    core = _core(_BRANCH.sub("", written))
    head = _core(_PLACE.split(written, maxsplit=1)[0])
    text = _INSTITUTION_OF.get((country, core)) or _INSTITUTION_OF.get((country, head))
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
    """Observe the things that an Account record is.

    certain: country and institution are known, or are in a CCI or an IBAN, and the number has a
    form of the institution's. possible: wrong check digits, another length, digits that are rather
    a document's or a telephone's. Nothing without an institution, for masked numbers and
    placeholders.
    """
    return observations_of(KIND, _read_record(account))


def count(account: Mapping[str, Any]) -> int:
    """Count the things that an Account record is at most; plain digits are not read for it."""
    return 1 if is_plain(account["number"]) else count_observations(_read_record(account))


def _read_record(account: Mapping[str, Any]) -> Readings:
    country, name = account.get("country"), account.get("institution")
    return read(account["number"], country or "", name or "")


@lru_cache(maxsize=CACHED)
def read(written: str, country: str = "", name: str = "") -> Readings:
    """Read a cell with accounts. `country`, `name`: of the institution, empty where unknown."""
    if len(written) > LONGEST_CELL:
        return nothing(Why.TOO_LONG)
    if is_plain(written):
        return _read_value(WrittenValue(written), country, name)
    return gather(
        _read_value(value, country, name)
        for value in split_cell(written, labels_of(KIND), _is_value)
    )


def _is_value(text: str) -> bool:
    """Say whether a text is the number of one account, so that a cell is parted at it."""
    mark = alphanumeric(text)
    if IBAN.fullmatch(mark):
        return True
    return mark.isdigit() and _SHORTEST <= len(mark) <= 20 and not is_meaningless(mark)


def _read_value(value: WrittenValue, country: str, name: str) -> Readings:
    if value.nothing_because:
        return nothing(value.nothing_because)
    mark = alphanumeric(value.text)
    number = mark.lstrip("0")
    if is_meaningless(number) or is_row(number) or find_nothing_folded(value.text):
        return nothing(Why.NOTHING_WRITTEN)
    if _MASKED.search(value.text):
        return nothing(Why.MASKED)
    if len(number) < _SHORTEST:
        return nothing(Why.TOO_SHORT)
    if len(number) > LONGEST:
        return nothing(Why.TOO_LONG)
    if IBAN.fullmatch(mark):
        why = Why.CHECK_HOLDS if iban_holds(mark) else Why.CHECK_FAILS
        return _one(f"{mark[:2]}/IBAN", mark, why, value)
    if country in ("", "PE") and _CCI.fullmatch(mark):
        return _of_cci(mark, country, value)
    at = institution(country, name) if country and name else None
    if at is None:
        return nothing(Why.ISSUER_MISSING)
    if at in _WALLETS:
        number = mark = _without_code(mark, country)
    if not mark.isdigit() and " " in value.text:
        return _among_words(value, country, at)
    return _one(f"{country}/{at}", number, _doubt(country, at, mark, value), value)


def _without_code(mark: str, country: str) -> str:
    """Write the telephone of a wallet without the country's code."""
    local = mark.lstrip("0").removeprefix(_CODES.get(country, "-"))
    return local if looks_like_telephone(country, local) else mark


def _among_words(value: WrittenValue, country: str, at: str) -> Readings:
    """Read the one account that stands among words: the institution's name, or unknown ones."""
    numbers = [alphanumeric(digits).lstrip("0") for digits in _AMONG_WORDS.findall(value.text)]
    numbers = [number for number in numbers if len(number) >= _SHORTEST]
    numbers = [number for number in numbers if not (is_meaningless(number) or is_row(number))]
    if len(numbers) != 1:
        return _several_among_words(value, country, at)
    words = [word for word in _WORD.findall(value.text) if word.isalpha()]
    around = " ".join(word for word in words if word not in _MONEY)
    if _institution(country, around) != at:
        return _one(f"{country}/{at}", numbers[0], Why.WORDS_BESIDE, value)
    why = tuple(dict.fromkeys((*value.why, Why.LABEL_REMOVED)))
    number = value._replace(text=numbers[0], why=why)
    return _one(f"{country}/{at}", numbers[0], _doubt(country, at, numbers[0], number), number)


def _several_among_words(value: WrittenValue, country: str, at: str) -> Readings:
    """Read each number among words as possibly an account; nothing where there is none."""
    texts = dict.fromkeys(_AMONG_WORDS.findall(value.text))
    why = (Why.WORDS_BESIDE, *value.why)
    readings = [_read_value(value._replace(text=text, why=why), country, at) for text in texts]
    things = gather(readings).things
    if not things:
        return nothing(Why.NO_NUMBER)
    return Readings(tuple(thing._replace(certainty="possible") for thing in things))


def _one(issuer: str, number: str, why: Why, value: WrittenValue) -> Readings:
    certain = why in (Why.AS_WRITTEN, Why.CHECK_HOLDS)
    reading = Reading(number, "certain" if certain else "possible", (why, *value.why), issuer)
    return Readings((reading,))


def _doubt(country: str, at: str, mark: str, value: WrittenValue) -> Why:
    """Say what else a number may be; AS_WRITTEN where it is the institution's account."""
    if not mark.isdigit():
        return Why.OTHER_FORM
    if has_uneven_groups(value.text) or len(mark) > _MOST_DIGITS:
        return Why.OTHER_FORM
    if is_doubtful(mark.lstrip("0")):
        return Why.FILLER_LIKE
    wallet = at in _WALLETS
    if looks_like_telephone(country, mark):
        return Why.AS_WRITTEN if wallet else Why.OTHER_KIND
    if wallet or looks_like_document(country, mark) or _looks_like_another(mark, value):
        return Why.OTHER_KIND
    lengths = _LENGTHS.get(country, {}).get(at)
    number = mark.lstrip("0")
    if lengths is None and looks_like_other_number(country, mark):
        return Why.OTHER_KIND
    if lengths is None:
        return Why.AS_WRITTEN if len(number) >= _CERTAIN_FROM else Why.OTHER_FORM
    return Why.AS_WRITTEN if {len(mark), len(number)} & set(lengths) else Why.OTHER_FORM


def _looks_like_another(mark: str, value: WrittenValue) -> bool:
    """Say whether digits, their signs or the words next to them are those of another kind."""
    text, words = value.text, value.labels
    if looks_like_handset_or_card(mark) or looks_like_moment(mark) or looks_like_barcode(mark):
        return True
    if text.isdigit() and not words:
        return False
    if _NIT.fullmatch(text) or ("$" in words and _THOUSANDS.fullmatch(text)):
        return True
    is_named = _OF_ANOTHER.search(words) is not None
    return is_named or has_shape_of_another(text) or looks_like_number_abroad(text)


def _of_cci(cci: str, country: str, value: WrittenValue) -> Readings:
    holds = luhn(cci[:6] + cci[18]) and luhn(cci[6:18] + cci[19])
    if not holds and not country:
        return nothing(Why.CHECK_FAILS)
    why = Why.CHECK_HOLDS if holds else Why.CHECK_FAILS
    return _one(f"PE/{_PERUVIAN.get(cci[:3], cci[:3])}", cci, why, value)
