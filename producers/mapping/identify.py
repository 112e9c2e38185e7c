"""Show how a written value is read: which things it is, how certainly, and why. Pure.

It asks the functions that the observers and the mappings use, so that a user sees what the exchange
does. The texts of the reasons are here; their codes are `schemas.normalise.reading.Why`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from producers.errors import IdentifyError
from producers.mapping.date_readings import date_readings
from producers.mapping.number_text import number_readings, plain_text
from schemas.event.date_bounds import DateRole
from schemas.i18n import UserMessage, _
from schemas.normalise import OBSERVERS, account, document, imei, phone
from schemas.normalise.calibre import read_calibre
from schemas.normalise.maker import read_make
from schemas.normalise.reading import JOINT, Readings, Why
from schemas.observation import Observation

_SHORT_VALUE = "|"
_ANY_MAKE, _ANY_TYPE, _ANY_CALIBRE = "TAURUS", "PISTOL", "9X19"
"""Complete a weapon of which only the serial is asked, or a lot without make and calibre."""


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


class IdentifiedThing(NamedTuple):
    """One thing that a text may be. `issuer`: who gives its numbers, with which it is one."""

    value: str
    certainty: str
    why: tuple[UserMessage, ...]
    issuer: str = ""


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
    Why.NOTHING_WRITTEN: _("the text says that there is no number"),
    Why.TOO_SHORT: _("it is too short"),
    Why.TOO_LONG: _("it is too long"),
    Why.DIGITS_LOST: _("a spreadsheet dropped digits, and nobody can restore them"),
    Why.MASKED: _("part of it is hidden"),
    Why.NO_NUMBER: _("it is no number of this kind"),
    Why.AREA_MISSING: _("the area code is missing"),
    Why.ISSUER_MISSING: _("the institution or its country is not known"),
}
_READ_AS = _("it is read so")
_IN_DOUBT = _("there are several readings, or positions could not be read")
_NO_THING = _("it is no thing of this kind")

Read = Callable[[WrittenText, date], Identified]


def identify(written: WrittenText, today: date) -> Identified:
    """Read a text. `today`: bounds the years of dates. Raises IdentifyError for an unknown kind."""
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
    return _from_readings(document.read(written.text, written.country, written.type))


def _phone(written: WrittenText, today: date) -> Identified:
    return _from_readings(phone.read(written.text, written.country))


def _imei(written: WrittenText, today: date) -> Identified:
    return _from_readings(imei.read(written.text))


def _account(written: WrittenText, today: date) -> Identified:
    return _from_readings(account.read(written.text, written.country, written.issuer))


def _plate(written: WrittenText, today: date) -> Identified:
    record = {"country": written.country or None, "plate": written.text}
    return _from_observations(OBSERVERS["plate"](record))


def _weapon(written: WrittenText, today: date) -> Identified:
    return _from_observations(OBSERVERS["weapon"](_weapon_record(written, "firearm")))


def _serial(written: WrittenText, today: date) -> Identified:
    """Read a serial; with make and type it is a weapon."""
    if written.make and written.type:
        return _weapon(written, today)
    record = _weapon_record(written, "firearm")
    record["make"] = record["make"] or _ANY_MAKE
    record["type"] = record["type"] or _ANY_TYPE
    return _shortened(_from_observations(OBSERVERS["weapon"](record)))


def _lot(written: WrittenText, today: date) -> Identified:
    record = _weapon_record(written, "ammunition_lot")
    if record["make"] and record["calibre"]:
        return _from_observations(OBSERVERS["weapon"](record))
    record["make"] = record["make"] or _ANY_MAKE
    record["calibre"] = record["calibre"] or _ANY_CALIBRE
    return _shortened(_from_observations(OBSERVERS["weapon"](record)))


def _weapon_record(written: WrittenText, kind: str) -> dict[str, str | None]:
    return {
        "kind": kind,
        "type": written.type.upper() or None,
        "make": written.make or None,
        "model": None,
        "calibre": written.calibre or None,
        "serial": written.text,
        "serial_state": None,
    }


def _shortened(identified: Identified) -> Identified:
    """Keep the number alone of things whose make was not given."""
    things = {
        thing._replace(value=thing.value.partition(_SHORT_VALUE)[0]) for thing in identified.things
    }
    return identified._replace(things=tuple(sorted(things, key=lambda thing: thing.value)))


def _from_observations(observations: list[Observation]) -> Identified:
    """Show what an observer gives that has no reasons of its own."""
    things = tuple(
        IdentifiedThing(
            observation.value,
            observation.certainty,
            (_READ_AS if observation.certainty == "certain" else _IN_DOUBT,),
            observation.issuer,
        )
        for observation in observations
        if JOINT not in observation.value
    )
    return Identified(things, None if things else _NO_THING)


def _make(written: WrittenText, today: date) -> Identified:
    reading = read_make(written.text)
    return _named(reading.names, reading.certain)


def _calibre(written: WrittenText, today: date) -> Identified:
    reading = read_calibre(written.text)
    return _named((reading.name,) if reading.name else (), reading.certain)


def _named(names: tuple[str, ...], is_certain: bool) -> Identified:
    certainty, why = ("certain", _READ_AS) if is_certain else ("possible", _IN_DOUBT)
    things = tuple(IdentifiedThing(name, certainty, (why,)) for name in names)
    return Identified(things, None if things else _NO_THING)


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
    "ammunition_lot": _lot,
    "lot": _lot,
    "make": _make,
    "calibre": _calibre,
    "date": _date,
    "number": _number,
}
KINDS = tuple(_READERS)
