"""Say what a written value is read as, how certainly, and why.

Every kind of identifier gives its readings in this form. The observers make observations of them,
and `quipu identify` shows them.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from schemas.observation import WHOLE_TRAITS, Observation


class Why(StrEnum):
    """The reasons of a reading. The codes are stable."""

    AS_WRITTEN = "as_written"
    LABEL_REMOVED = "label_removed"
    ONE_OF_SEVERAL = "one_of_several"
    SPREADSHEET_UNDONE = "spreadsheet_undone"
    ZEROS_RESTORED = "zeros_restored"
    CHECK_HOLDS = "check_holds"
    CHECK_FAILS = "check_fails"
    NO_CHECK = "no_check"
    OTHER_FORM = "other_form"
    OTHER_KIND = "other_kind"
    TWO_READINGS = "two_readings"
    PART_OF_ANOTHER = "part_of_another"
    WORDS_BESIDE = "words_beside"
    COUNTRY_UNKNOWN = "country_unknown"
    TYPE_UNKNOWN = "type_unknown"
    NOT_UNIQUE = "not_unique"
    OLD_PLAN = "old_plan"
    NEW_NUMBER = "new_number"
    UNREAD_POSITIONS = "unread_positions"
    LOOK_ALIKE = "look_alike"

    NOTHING_WRITTEN = "nothing_written"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    DIGITS_LOST = "digits_lost"
    MASKED = "masked"
    NO_NUMBER = "no_number"
    AREA_MISSING = "area_missing"
    ISSUER_MISSING = "issuer_missing"


class Reading(NamedTuple):
    """Hold one thing that a written value may be.

    `certainty`: certain or possible. `why`: the reasons, the most important first. `whole`: the
    reading says all that is written, so that another possible one with it agrees wholly.
    """

    value: str
    certainty: str
    why: tuple[Why, ...]
    issuer: str = ""
    whole: bool = True


class Readings(NamedTuple):
    """Hold all that a written value may be; `nothing_because` where it is nothing."""

    things: tuple[Reading, ...] = ()
    nothing_because: Why | None = None


NOTHING = Readings((), Why.NOTHING_WRITTEN)


def nothing(why: Why) -> Readings:
    """Say that a value is no thing, and why."""
    return Readings((), why)


def observations_of(kind: str, readings: Iterable[Reading]) -> list[Observation]:
    """Make the observations of readings, each thing once."""
    return [
        Observation(
            kind,
            reading.issuer,
            reading.value,
            reading.certainty,
            WHOLE_TRAITS if reading.whole and reading.certainty == "possible" else {},
        )
        for reading in readings
    ]
