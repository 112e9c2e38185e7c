"""Say what a written value is read as, how certainly, and why.

Every kind of identifier gives its readings in this form. The observers make observations of them,
and `quipu identify` shows them.
"""

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from schemas.observation import WHOLE_TRAITS, Observation

JOINT = "?"
"""In the value of a key that several readings have in common; no reading has it."""


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
    FILLER_LIKE = "filler_like"
    UNREAD_POSITIONS = "unread_positions"
    LOOK_ALIKE = "look_alike"
    ZEROS_IN_FRONT = "zeros_in_front"
    PARTIAL_MARK = "partial_mark"
    ONE_MEANT = "one_meant"
    MAKE_IN_DOUBT = "make_in_doubt"
    CALIBRE_UNKNOWN = "calibre_unknown"
    OTHER_COUNTRY = "other_country"
    IN_TABLE = "in_table"
    OWN_SPELLING = "own_spelling"
    MISSPELT = "misspelt"

    NOTHING_WRITTEN = "nothing_written"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    DIGITS_LOST = "digits_lost"
    MASKED = "masked"
    NO_NUMBER = "no_number"
    AREA_MISSING = "area_missing"
    ISSUER_MISSING = "issuer_missing"
    MAKE_MISSING = "make_missing"
    CALIBRE_MISSING = "calibre_missing"
    NOT_LEGIBLE = "not_legible"
    IS_MODEL = "is_model"
    NOT_IN_TABLE = "not_in_table"
    IMITATION = "imitation"
    SEVERAL_NAMES = "several_names"
    NO_KEY = "no_key"


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
    """Hold all that a written value may be; `nothing_because` where it is nothing.

    `together`: issuer and value of what several readings of one value have in common. Records with
    the same readings agree wholly on it.
    """

    things: tuple[Reading, ...] = ()
    nothing_because: Why | None = None
    together: tuple[tuple[str, str], ...] = ()


_DOUBTS = frozenset({Why.PARTIAL_MARK, Why.ONE_MEANT})
NOTHING = Readings((), Why.NOTHING_WRITTEN)


def nothing(why: Why) -> Readings:
    """Say that a value is no thing, and why."""
    return Readings((), why)


def gather(values: Iterable[Readings]) -> Readings:
    """Join the readings of the values of a cell: each thing once, certain if it once is.

    Nothing is certain next to a remark that its officer read only a part, or of values of which
    only one is meant.
    """
    things: dict[tuple[str, str], Reading] = {}
    together: dict[tuple[str, str], None] = {}
    why: Why | None = None
    for value in values:
        why = why or value.nothing_because
        together |= dict.fromkeys(value.together)
        for reading in map(_doubted, value.things):
            former = things.get((reading.issuer, reading.value))
            if former is None or former.certainty != "certain":
                things[reading.issuer, reading.value] = reading
    nothing_because = None if things else why or Why.NOTHING_WRITTEN
    return Readings(tuple(things.values()), nothing_because, tuple(together))


def _doubted(reading: Reading) -> Reading:
    """Leave a reading in doubt where words next to it say so."""
    if reading.certainty != "certain" or _DOUBTS.isdisjoint(reading.why):
        return reading
    why = sorted(reading.why, key=lambda reason: reason not in _DOUBTS)
    return reading._replace(certainty="possible", why=tuple(why))


def observations_of(kind: str, readings: Readings) -> list[Observation]:
    """Make the observations of readings, and one of what several readings have in common."""
    observations = [
        Observation(
            kind,
            reading.issuer,
            reading.value,
            reading.certainty,
            WHOLE_TRAITS if reading.whole and reading.certainty == "possible" else {},
        )
        for reading in readings.things
    ]
    return observations + [
        Observation(kind, issuer, value, "possible", WHOLE_TRAITS)
        for issuer, value in readings.together
    ]


def count_observations(readings: Readings) -> int:
    """Count the observations that `observations_of` makes of readings, without making them."""
    return len(readings.things) + len(readings.together)


def add_agreement(observations: list[Observation]) -> list[Observation]:
    """Let the possible things of a record agree wholly with those of another.

    A single one says all that is written. Several have a common key, which two records with the
    same readings share. For observers whose readings do not say it themselves.
    """
    if not observations or observations[0].certainty == "certain":
        return observations
    if any(thing.certainty == "certain" for thing in observations):
        return observations
    first = observations[0]
    if len(observations) == 1:
        return [first._replace(traits={**first.traits, **WHOLE_TRAITS})]
    readings = sorted(f"{thing.issuer}|{thing.value}" for thing in observations)
    digest = sha256("\n".join(readings).encode()).hexdigest()[:32]
    rest = "".join(first.value.partition("|")[1:])  # make and type of a weapon
    traits = {**first.traits, **WHOLE_TRAITS}
    return [
        *observations,
        Observation(first.kind, "", f"{JOINT}{digest}{rest}", "possible", traits),
    ]
