"""Show how a written value is read: which things it is, how certainly, and why. Pure.

It asks the functions that the observers and the mappings use, so that a user sees what the exchange
does. The texts of the reasons are here; their codes are `schemas.normalise.reading.Why`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from producers.errors import IdentifyError
from producers.mapping.date_readings import date_readings
from producers.mapping.number_text import number_readings, plain_text
from producers.mapping.suggest.similarity import synonyms
from schemas.codes import code_lists
from schemas.event.date_bounds import DateRole
from schemas.i18n import UserMessage, _
from schemas.normalise import account, document, imei, phone, reasons
from schemas.normalise.makes_and_calibres import alphanumeric
from schemas.normalise.reading import Readings, Why

_SHORT_VALUE = "|"
_ANY_MAKE, _ANY_CALIBRE = "TAURUS", "9X19"
"""Complete a lot of which make or calibre is not asked."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text to read, and what is known of it; empty where it is not.

    `issuer`: the institution of an account. `type`: of a document or a weapon, or what a date is
    (`birth`, `past`).
    """

    kind: str
    text: str
    country: str = ""
    type: str = ""
    issuer: str = ""
    make: str = ""
    calibre: str = ""
    model: str = ""
    serial_state: str = ""


class IdentifiedThing(NamedTuple):
    """One thing that a text may be. `issuer`: who gives its numbers, with which it is one.

    `currency`, `unit`: of an amount or a quantity, where the text names it.
    """

    value: str
    certainty: str
    why: tuple[UserMessage, ...]
    issuer: str = ""
    currency: str = ""
    unit: str = ""


class Identified(NamedTuple):
    """All that a text may be; `nothing_because` where it is nothing."""

    things: tuple[IdentifiedThing, ...]
    nothing_because: UserMessage | None = None


WHY: Mapping[Why, UserMessage] = {
    Why.AS_WRITTEN: _("it has the form of this kind, and of no other"),
    Why.LABEL_REMOVED: _("the words next to it were removed"),
    Why.ONE_OF_SEVERAL: _("the text holds several values"),
    Why.SPREADSHEET_UNDONE: _("the format of a spreadsheet was undone"),
    Why.ZEROS_RESTORED: _("lost leading zeros were put back"),
    Why.CHECK_HOLDS: _("the check digit is correct"),
    Why.CHECK_FAILS: _("the check digit is wrong"),
    Why.NO_CHECK: _("it has no check digit"),
    Why.OTHER_FORM: _("it does not have the usual form"),
    Why.OTHER_KIND: _("it may be a number of another kind"),
    Why.TWO_READINGS: _("it can be read in two ways"),
    Why.PART_OF_ANOTHER: _("it is part of a longer number"),
    Why.WORDS_BESIDE: _("unknown words stand next to it"),
    Why.COUNTRY_UNKNOWN: _("the country is not known"),
    Why.TYPE_UNKNOWN: _("the type is not known"),
    Why.NOT_UNIQUE: _("several may have this number"),
    Why.OLD_PLAN: _("it is of a former numbering plan"),
    Why.NEW_NUMBER: _("the numbering plan does not know it yet"),
    Why.FILLER_LIKE: _("its digits look like a filler"),
    Why.UNREAD_POSITIONS: _("positions could not be read"),
    Why.LOOK_ALIKE: _("a letter and a digit look alike"),
    Why.ZEROS_IN_FRONT: _("zeros in front may have been added or dropped"),
    Why.PARTIAL_MARK: _("its officer read only a part of it, or doubted it"),
    Why.ONE_MEANT: _("only one of several values is meant"),
    Why.MAKE_IN_DOUBT: _("the make is in doubt"),
    Why.CALIBRE_UNKNOWN: _("the calibre is in doubt or not in the table"),
    Why.OTHER_COUNTRY: _("the text names another country"),
    Why.IN_TABLE: _("it is in the table of its kind"),
    Why.OWN_SPELLING: _("it is not in the table, so its own spelling counts"),
    Why.MISSPELT: _("it may be a name of the table, misspelt or shortened"),
    Why.NOTHING_WRITTEN: _("the text says that there is no number"),
    Why.TOO_SHORT: _("it is too short"),
    Why.TOO_LONG: _("it is too long"),
    Why.DIGITS_LOST: _("a spreadsheet dropped digits, and nobody can restore them"),
    Why.MASKED: _("part of it is hidden"),
    Why.NO_NUMBER: _("it is no number of this kind"),
    Why.AREA_MISSING: _("the area code is missing"),
    Why.ISSUER_MISSING: _("the institution or its country is not known"),
    Why.MAKE_MISSING: _("the make is not known"),
    Why.CALIBRE_MISSING: _("the calibre is not known"),
    Why.NOT_LEGIBLE: _("its officer could not read it"),
    Why.IS_MODEL: _("it is the name of a model"),
    Why.NOT_IN_TABLE: _("it is not in the table, so it contradicts nothing"),
    Why.IMITATION: _("the words say that it is home-made or an imitation"),
    Why.SEVERAL_NAMES: _("the text names several, or none alone"),
    Why.NO_KEY: _("things of this kind have no number of their own"),
}

Read = Callable[[WrittenText, date], Identified]


def identify(written: WrittenText, today: date) -> Identified:
    """Read a text. `today`: bounds the years of dates.

    Raises IdentifyError for a kind, or a type of document, that does not exist.
    """
    read = _READERS.get(written.kind.strip().lower())
    if read is None:
        raise IdentifyError(
            _("There is no kind `{kind}`.", kind=written.kind[:40]),
            _("Use one of: {kinds}.", kinds=", ".join(KINDS)),
        )
    return read(written, today)


def _from_readings(readings: Readings) -> Identified:
    things = tuple(
        IdentifiedThing(
            thing.value, thing.certainty, tuple(WHY[why] for why in thing.why), thing.issuer
        )
        for thing in readings.things
    )
    because = readings.nothing_because
    return Identified(things, None if because is None else WHY[because])


def _document(written: WrittenText, today: date) -> Identified:
    type_ = _type_code("document_type", written.type)
    return _from_readings(document.read(written.text, written.country, type_))


def _type_code(code_list: str, written: str) -> str:
    """Give the code of a type, written as a code or as a word for it; empty for none.

    Raises IdentifyError: a type that nobody knows would make numbers certain.
    """
    if not written.strip():
        return ""
    code = _type_words(code_list).get(alphanumeric(written))
    if code is None:
        raise IdentifyError(
            _("There is no type `{type}`.", type=written[:40]),
            _("Use one of: {types}.", types=", ".join(code_lists()[code_list].codes)),
        )
    return code


@cache
def _type_words(code_list: str) -> Mapping[str, str]:
    """Give what each word for a type means, in capitals without accents."""
    synonymous = synonyms()["codes"].get(code_list, {})
    return {
        alphanumeric(word): code
        for code, words in code_lists()[code_list].codes.items()
        for word in (*synonymous.get(code, ()), *words.values(), code)
    }


def _phone(written: WrittenText, today: date) -> Identified:
    return _from_readings(phone.read(written.text, written.country))


def _imei(written: WrittenText, today: date) -> Identified:
    return _from_readings(imei.read(written.text))


def _account(written: WrittenText, today: date) -> Identified:
    return _from_readings(account.read(written.text, written.country, written.issuer))


def _plate(written: WrittenText, today: date) -> Identified:
    return _from_readings(reasons.explain_plate(written.text, written.country))


def _weapon(written: WrittenText, today: date) -> Identified:
    return _from_readings(reasons.explain_weapon(_weapon_record(written, "firearm")))


def _serial(written: WrittenText, today: date) -> Identified:
    """Read a serial; with make and type it is a weapon."""
    if written.make and written.type:
        return _weapon(written, today)
    identified = _from_readings(reasons.explain_serial(written.text))
    return identified._replace(things=tuple(sorted(identified.things, key=_value_of)))


def _ammunition_lot(written: WrittenText, today: date) -> Identified:
    return _from_readings(reasons.explain_lot(_weapon_record(written, "ammunition_lot")))


def _lot(written: WrittenText, today: date) -> Identified:
    """Read a lot; without make or calibre, its number alone."""
    if written.make and written.calibre:
        return _ammunition_lot(written, today)
    record = _weapon_record(written, "ammunition_lot")
    record["make"] = record["make"] or _ANY_MAKE
    record["calibre"] = record["calibre"] or _ANY_CALIBRE
    return _shortened(_from_readings(reasons.explain_lot(record)))


def _weapon_record(written: WrittenText, kind: str) -> dict[str, str | None]:
    return {
        "kind": kind,
        "type": _type_code("weapon_type", written.type) or None,
        "make": written.make or None,
        "model": written.model or None,
        "calibre": written.calibre or None,
        "serial": written.text,
        "serial_state": written.serial_state or None,
    }


def _shortened(identified: Identified) -> Identified:
    """Keep the number alone of things whose make was not given."""
    things = {
        thing._replace(value=thing.value.partition(_SHORT_VALUE)[0]) for thing in identified.things
    }
    return identified._replace(things=tuple(sorted(things, key=_value_of)))


def _value_of(thing: IdentifiedThing) -> str:
    return thing.value


def _make(written: WrittenText, today: date) -> Identified:
    return _from_readings(reasons.explain_make(written.text))


def _calibre(written: WrittenText, today: date) -> Identified:
    return _from_readings(reasons.explain_calibre(written.text))


def _date(written: WrittenText, today: date) -> Identified:
    try:
        role = DateRole(written.type.strip().lower() or DateRole.ANY)
    except ValueError:
        role = DateRole.ANY
    things = tuple(
        IdentifiedThing(
            reading.value, "certain" if reading.is_certain else "possible", (reading.why,)
        )
        for reading in date_readings(written.text, today, role)
    )
    return Identified(things, None if things else _("it is no date"))


def _number(written: WrittenText, today: date) -> Identified:
    things = tuple(
        IdentifiedThing(
            plain_text(reading.value),
            "certain" if reading.is_certain else "possible",
            (reading.why,),
            currency=reading.currency,
            unit=reading.unit,
        )
        for reading in number_readings(written.text)
    )
    return Identified(things, None if things else _("it is no number"))


_READERS: Mapping[str, Read] = {
    "document": _document,
    "phone": _phone,
    "imei": _imei,
    "account": _account,
    "plate": _plate,
    "weapon": _weapon,
    "serial": _serial,
    "ammunition_lot": _ammunition_lot,
    "lot": _lot,
    "make": _make,
    "calibre": _calibre,
    "date": _date,
    "number": _number,
}
KINDS = tuple(_READERS)
