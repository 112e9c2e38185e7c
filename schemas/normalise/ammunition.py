"""Observe ammunition lots by lot, make and calibre together.

Makers count their lots from one again for each calibre.
"""

import re
from collections.abc import Mapping
from typing import Any

from schemas.normalise.calibre import read_calibre
from schemas.normalise.maker import read_make
from schemas.normalise.marks import WrittenMark, find_marks
from schemas.normalise.nothing import is_doubtful, is_meaningless, is_row
from schemas.observation import Observation

KIND = "ammunition_lot"
LONGEST = 40  # letters and digits: beyond, it is a text
_SHORTEST = 4
_LABEL = re.compile("^(?:LOTE?)+(?=[A-Z0-9])")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
"""A lot that may be the year of its making."""
_NO_MARK = frozenset({"OBLITERATED", "NONE", "PARTIAL"})


def observe(weapon: Mapping[str, Any]) -> list[Observation]:
    """Observe the lots that a Weapon record of kind ammunition_lot is.

    certain: lot (`serial`), make and calibre are known. possible: one of them is in doubt, or the
    calibre is not in the table. Nothing without one of them, or with unread positions.
    """
    if weapon.get("kind") != KIND or weapon.get("serial_state") in _NO_MARK:
        return []
    makes = read_make(weapon.get("make") or "")
    fits = read_calibre(weapon.get("calibre") or "")
    box = fits.name if fits.certain and fits.name else fits.spelling
    if not makes.names or not box:
        return []
    known = makes.certain and fits.certain and fits.name is not None
    return [
        Observation(
            KIND, "", f"{lot}|{name}|{box}", "certain" if known and sure else "possible", {}
        )
        for mark in find_marks(weapon.get("serial") or "")
        for lot, sure in _lots(mark).items()
        for name in makes.names
    ]


def _lots(mark: WrittenMark) -> dict[str, bool]:
    """Map each lot that a mark may be to whether it is sure.

    What is unread (?), too short, or a placeholder is none.
    """
    readings = dict.fromkeys(_LABEL.sub("", text) for text in (mark.text, *mark.others))
    sure = mark.sure and len(readings) == 1
    return {
        lot: sure and not is_doubtful(lot) and not _YEAR.fullmatch(lot)
        for lot in readings
        if _is_lot(lot)
    }


def _is_lot(mark: str) -> bool:
    return (
        "?" not in mark
        and _SHORTEST <= len(mark) <= LONGEST
        and not is_meaningless(mark)
        and not is_row(mark)
    )
