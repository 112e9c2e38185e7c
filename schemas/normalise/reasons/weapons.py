"""Say why serials, weapons and lots are read as they are."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.normalise import ammunition, weapon
from schemas.normalise.calibre import is_calibre, read_calibre
from schemas.normalise.maker import read_make
from schemas.normalise.marks import WrittenMark, find_marks, is_model
from schemas.normalise.nothing import is_doubtful, is_filler, is_row
from schemas.normalise.reading import JOINT, Reading, Readings, Why, gather, nothing
from schemas.normalise.reasons.cell import why_nothing, why_of_cell
from schemas.normalise.serial import (
    LONGEST,
    OTHER_KINDS,
    SHORTEST,
    Serial,
    may_be_another_kind,
    read_mark,
)
from schemas.observation import Observation

_UNREAD = re.compile(r"[?*_#…¿]")
_NO_TYPE = frozenset({"", "UNKNOWN", "OTHER", "HOMEMADE"})
_NOT_LEGIBLE = frozenset({"OBLITERATED", "NONE"})


def explain_serial(written: str) -> Readings:
    """Read the serials of a cell, with the reasons of each."""
    marks = find_marks(written)
    around = why_of_cell(written, [mark.text for mark in marks])
    readings = gather(Readings(tuple(_things(mark, read_mark(mark), around))) for mark in marks)
    if readings.things:
        return readings
    return nothing(why_nothing(written) or _why_no_serial(written, marks))


def _things(mark: WrittenMark, read: Serial, around: tuple[Why, ...]) -> Iterator[Reading]:
    """Give what a mark may be: the certain reading first."""
    if read.normal is not None:
        yield Reading(read.normal, "certain", around or (Why.AS_WRITTEN,))
    doubt = _why_in_doubt(mark, read)
    for candidate in read.candidates:
        yield Reading(candidate, "possible", (*doubt, *around))


def _why_in_doubt(mark: WrittenMark, read: Serial) -> tuple[Why, ...]:
    """Say what leaves a mark in doubt: the most important first."""
    if read.normal is not None:
        zeros = all(read.normal.lstrip("0") == other for other in read.candidates)
        return (Why.ZEROS_IN_FRONT if zeros else Why.LOOK_ALIKE,)
    texts = (mark.text, *mark.others)
    why = [
        reason
        for reason, holds in (
            (Why.PARTIAL_MARK, mark.partial),
            (Why.UNREAD_POSITIONS, any("?" in text for text in texts)),
            (Why.WORDS_BESIDE, not mark.sure and not mark.partial),
            (Why.FILLER_LIKE, any(map(is_doubtful, texts))),
            (Why.OTHER_KIND, may_be_another_kind(mark.text)),
        )
        if holds
    ]
    return tuple(why) or (Why.TWO_READINGS,)


def _why_no_serial(written: str, marks: tuple[WrittenMark, ...]) -> Why:
    """Say why a cell with digits holds no serial."""
    text = written.upper().strip()
    if is_model(text):
        return Why.IS_MODEL
    if not marks:
        return Why.OTHER_KIND if is_calibre(text) else Why.NO_NUMBER
    mark = marks[0].text
    if "?" in mark:
        return Why.UNREAD_POSITIONS
    if len(mark) > LONGEST:
        return Why.TOO_LONG
    if mark.isdigit() and len(mark) >= OTHER_KINDS:
        return Why.OTHER_KIND
    if is_filler(mark) or is_row(mark):
        return Why.FILLER_LIKE
    return Why.TOO_SHORT if len(mark) < SHORTEST else Why.NO_NUMBER


def explain_weapon(record: Mapping[str, Any]) -> Readings:
    """Read a Weapon record as the observer does, with the reasons of each thing."""
    if record.get("kind") == ammunition.KIND:
        return explain_lot(record)
    observations = weapon.observe(record)
    if not observations:
        return nothing(_why_no_weapon(record))
    reason_of = {reading.value: reading for reading in explain_serial(record["serial"]).things}
    makes = read_make(record["make"])
    doubts = [
        reason
        for reason, holds in (
            (Why.PARTIAL_MARK, record.get("serial_state") == "PARTIAL"),
            (Why.MAKE_IN_DOUBT, not makes.certain),
        )
        if holds
    ]
    return Readings(
        tuple(
            _of_weapon(observation, reason_of[observation.value.partition("|")[0]], doubts)
            for observation in observations
            if JOINT not in observation.value
        )
    )


def _of_weapon(observation: Observation, serial: Reading, doubts: list[Why]) -> Reading:
    why = serial.why if observation.certainty == serial.certainty else ()
    return Reading(
        observation.value,
        observation.certainty,
        (*doubts, *why) if observation.certainty == "possible" else why,
    )


def _why_no_weapon(record: Mapping[str, Any]) -> Why:
    """Say what a Weapon record lacks."""
    if record.get("kind") != "firearm":
        return Why.NO_KEY
    if not record.get("serial"):
        return Why.NOTHING_WRITTEN
    if record.get("serial_state") in _NOT_LEGIBLE:
        return Why.NOT_LEGIBLE
    because = explain_serial(record["serial"]).nothing_because
    if because is not None:
        return because
    if not record.get("make") or not read_make(record["make"]).names:
        return Why.MAKE_MISSING
    return Why.TYPE_UNKNOWN if (record.get("type") or "") in _NO_TYPE else Why.IS_MODEL


def explain_lot(record: Mapping[str, Any]) -> Readings:
    """Read the lots of a record of ammunition, with the reasons of each."""
    observations = ammunition.observe(record)
    written = record.get("serial") or ""
    if not observations:
        return nothing(_why_no_lot(record, written))
    marks = find_marks(written)
    around = why_of_cell(written, [mark.text for mark in marks])
    known = read_calibre(record.get("calibre") or "")
    doubts = [
        reason
        for reason, holds in (
            (Why.MAKE_IN_DOUBT, not read_make(record.get("make") or "").certain),
            (Why.CALIBRE_UNKNOWN, known.name is None or not known.certain),
        )
        if holds
    ]
    return Readings(
        tuple(_of_lot(observation, marks, around, doubts) for observation in observations)
    )


def _of_lot(
    observation: Observation,
    marks: tuple[WrittenMark, ...],
    around: tuple[Why, ...],
    doubts: list[Why],
) -> Reading:
    if observation.certainty == "certain":
        return Reading(observation.value, "certain", around or (Why.AS_WRITTEN,))
    lot = observation.value.partition("|")[0]
    mark = next((mark for mark in marks if mark.text.endswith(lot)), marks[0])
    why = [*doubts]
    if not mark.sure:
        why.append(Why.WORDS_BESIDE)
    if is_doubtful(lot):
        why.append(Why.FILLER_LIKE)
    if mark.others or not why:
        why.append(Why.TWO_READINGS)
    return Reading(observation.value, "possible", (*why, *around))


def _why_no_lot(record: Mapping[str, Any], written: str) -> Why:
    """Say what a record of a lot lacks."""
    if record.get("serial_state") in {*_NOT_LEGIBLE, "PARTIAL"}:
        return Why.NOT_LEGIBLE
    if (because := why_nothing(written)) is not None:
        return because
    marks = find_marks(written)
    if not marks or any("?" in mark.text for mark in marks):
        return Why.UNREAD_POSITIONS if marks or _UNREAD.search(written) else Why.NO_NUMBER
    if is_filler(marks[0].text) or is_row(marks[0].text):
        return Why.FILLER_LIKE
    if len(marks[0].text) < SHORTEST:
        return Why.TOO_SHORT
    if not read_make(record.get("make") or "").names:
        return Why.MAKE_MISSING
    return Why.CALIBRE_MISSING if not record.get("calibre") else Why.NO_NUMBER
