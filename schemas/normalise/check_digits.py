"""Compute check digits, each in a microsecond or two.

The tests compare them with python-stdnum's, which names their sources. All take text of ASCII
digits.
"""

_DOUBLED = tuple(sum(divmod(2 * digit, 10)) for digit in range(10))
_PROVINCES = frozenset(
    {*(f"{number:02}" for number in range(1, 25)), "30", "50"}
)  # 30: born abroad; 50: given abroad
_NIT = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43)
_DNI = (3, 2, 7, 6, 5, 4, 3, 2)
_RUC_PE = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_RUC_EC_PUBLIC = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_RUC_EC_COMPANY = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def luhn(digits: str) -> bool:
    """Say whether the last digit is Luhn's of those before it (ISO/IEC 7812-1)."""
    values = [int(digit) for digit in reversed(digits)]
    return (sum(values[0::2]) + sum([_DOUBLED[value] for value in values[1::2]])) % 10 == 0


def ec_cedula(digits: str) -> bool:
    """Check Ecuador's cédula: 10 digits, province, third digit 0 to 6, Luhn."""
    return digits[:2] in _PROVINCES and digits[2] <= "6" and luhn(digits)


def has_ec_province(digits: str) -> bool:
    """Say whether digits begin with a province of Ecuador, or with that of Ecuadorians abroad."""
    return digits[:2] in _PROVINCES


def ec_ruc(digits: str) -> bool:
    """Check Ecuador's RUC: 13 digits.

    It is a person's cédula or the number of a public body or a company, and the establishment.
    """
    if digits[:2] not in _PROVINCES or digits[2] in "78":
        return False
    public = digits[2] in "69" and digits[-4:] != "0000" and _weighed(digits, _RUC_EC_PUBLIC) == 0
    if public or digits[-3:] == "000":
        return public
    return _weighed(digits, _RUC_EC_COMPANY) == 0 if digits[2] == "9" else ec_cedula(digits[:10])


def pe_ruc(digits: str) -> bool:
    """Check Peru's RUC: 11 digits, of a person (10, 15, 17) or a company (20), modulus 11."""
    return digits[:2] in {"10", "15", "17", "20"} and digits[10] == str(
        (11 - _weighed(digits, _RUC_PE)) % 10
    )


def pe_dni(digits: str, check: str) -> bool:
    """Say whether this digit or letter is that of a DNI of 8 digits."""
    at = _weighed(digits, _DNI)
    return check in ("65432110987"[at], "KJIHGFEDCBA"[at])


def co_nit(digits: str, check: str) -> bool:
    """Say whether this is the check digit (dígito de verificación) of a NIT (10 digits at most)."""
    return check == "01987654321"[_weighed(digits[::-1], _NIT)]


def imo(digits: str) -> bool:
    """Say whether 7 digits are a ship's IMO number (IMO Resolution A.1117(30))."""
    weighed = sum(
        weight * int(digit) for weight, digit in zip(range(7, 1, -1), digits, strict=False)
    )
    return len(digits) == 7 and digits[6] == str(weighed % 10)


def iban_holds(mark: str) -> bool:
    """Say whether an IBAN's check digits hold (ISO 7064 MOD 97-10). `mark`: letters and digits."""
    moved = mark[4:] + mark[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum([weight * int(digit) for weight, digit in zip(weights, digits, strict=False)]) % 11
