"""Read Bolivia's identity cards: number, complement, department.

Two persons may have one number. A complement such as 1A, which SEGIP gives since 2011, keeps them
apart for the whole country. Older cards have the department behind the number. So a number with its
department is a thing of its own, and the bare number is then only possible.
"""

import re
from collections.abc import Mapping, Sequence

from schemas.normalise.document_number import NO_FIT, Number
from schemas.normalise.reading import Why

_SPELLINGS: Mapping[str, str] = {
    "LP": "LA ?PAZ|LPZ?",
    "CB": "COCHABAMBA|CBBA?|CBA|CB|COCH?A?",
    "SC": "SANTA ?CRUZ|STA ?CRUZ|SCZ?",
    "OR": "ORURO|ORU?",
    "PT": "POTOSI|POT|PTS?I?|PO",
    "CH": "CHUQUISACA|CHU?Q?|CQ|SUCRE",
    "TJ": "TARIJA|TAR|TJA?",
    "BE": "BENI|BEN?|BN",
    "PD": "PANDO|PAN|PDO?|PA|PN",
}
_DEPARTMENT = "|".join(f"(?:{pattern})" for pattern in _SPELLINGS.values())
_CARD = re.compile(
    rf"(?:(?P<before>{_DEPARTMENT})[\s-]*)?(?P<number>[0-9]+(?:[ -][0-9]{{3}})*)"
    rf"(?:[\s-]+(?P<complement>[0-9][A-Z])(?![A-Z]))?"
    rf"(?:[\s(/-]*(?:EXP(?:EDID[AO])?\s*)?(?:(?:EN|DE)\s+)?(?P<behind>{_DEPARTMENT}))?[\s)-]*"
)
_GLUED = re.compile("0*([1-9][0-9]{4,7})([0-9][A-Z])")
_FOREIGNER = re.compile(r"E[\s-]*([0-9]{5,8})|([0-9]{5,8})[\s-]*E[\s-]*")
_CODE_OF = {code: re.compile(pattern) for code, pattern in _SPELLINGS.items()}


def _code(spelling: str | None) -> str:
    """Return the code of a department as it is written; empty without one."""
    if not spelling:
        return ""
    return next(code for code, pattern in _CODE_OF.items() if pattern.fullmatch(spelling))


def _in_form(number: str) -> bool:
    """Say whether digits are a card's: up to 7, or 8 from 1. Others of 8 are telephones."""
    return 6 <= len(number) <= 7 or (len(number) == 8 and number[0] == "1")


def read_identity_card(compact: str, text: str) -> Sequence[Number]:
    """Read a card with its complement or department, where it has one."""
    if compact.isdigit():
        return _bare(compact.lstrip("0"))
    match = _CARD.fullmatch(text.replace(".", "").replace(",", ""))
    if match is not None:
        number = re.sub("[^0-9]", "", match["number"]).lstrip("0")
        department = _code(match["before"] or match["behind"])
        return _with_complement(number, match["complement"] or "", department)
    if (foreigner := _FOREIGNER.fullmatch(text)) is not None:
        number = (foreigner[1] or foreigner[2]).lstrip("0")
        return [Number(number, False, Why.OTHER_FORM)] if len(number) >= 5 else NO_FIT
    if (glued := _GLUED.fullmatch(compact)) is not None:
        return [Number(glued[1] + glued[2], False, Why.TWO_READINGS)]
    return NO_FIT


def _bare(number: str) -> Sequence[Number]:
    if not 4 <= len(number) <= 9:
        return NO_FIT
    in_form = _in_form(number)
    return [Number(number, in_form, Why.AS_WRITTEN if in_form else Why.OTHER_FORM)]


def _with_complement(number: str, complement: str, department: str) -> Sequence[Number]:
    own = _bare(number)
    if not own:
        return NO_FIT
    why = own[0].why
    if complement:
        return [Number(number + complement, own[0].certain, why)]
    if department:
        return [
            Number(f"{number}-{department}", own[0].certain, why),
            Number(number, False, Why.PART_OF_ANOTHER, whole=False),
        ]
    return own


def read_foreigner_card(compact: str, text: str) -> Sequence[Number]:
    """Read a foreigner's card: an identity card with E before its number."""
    number = compact.removeprefix("E").removesuffix("E").lstrip("0")
    if number.isdigit() and 5 <= len(number) <= 8:
        certain = len(number) > 5
        return [Number(number, certain, Why.AS_WRITTEN if certain else Why.OTHER_FORM)]
    return read_identity_card(compact.removeprefix("E"), text.lstrip("E- "))


def read_tax_number(compact: str, text: str) -> Sequence[Number]:
    """Read a NIT: 9 to 12 digits; shorter ones are possible."""
    number = compact.lstrip("0")
    if not compact.isdigit() or not 6 <= len(number) <= 12:
        return NO_FIT
    certain = len(number) >= 9
    return [Number(number, certain, Why.NO_CHECK if certain else Why.OTHER_FORM)]
