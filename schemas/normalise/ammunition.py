"""Observe ammunition lots by lot, make and calibre together.

Makers count their lots from one again for each calibre.
"""

import re
from collections.abc import Mapping
from typing import Any

from schemas.normalise.calibre import calibre
from schemas.normalise.maker import make
from schemas.normalise.makes_and_calibres import alphanumeric
from schemas.normalise.nothing import is_meaningless
from schemas.observation import Observation

KIND = "ammunition_lot"
LONGEST = 40  # letters and digits: beyond, it is a text
_SHORTEST = 4
_LABEL = re.compile("^(?:LOTE?)+(?=[A-Z0-9])")
_NO_MARK = frozenset({"OBLITERATED", "NONE", "PARTIAL"})


def observe(weapon: Mapping[str, Any]) -> list[Observation]:
    """Observe the lot that a Weapon record of kind ammunition_lot is.

    It is certain if lot (`serial`), make and calibre are known; else there is nothing.
    """
    if weapon.get("kind") != KIND or weapon.get("serial_state") in _NO_MARK:
        return []
    lot = _lot(weapon.get("serial") or "")
    maker, fits = make(weapon.get("make") or ""), calibre(weapon.get("calibre") or "")
    return (
        [Observation(KIND, "", f"{lot}|{maker}|{fits}", "certain", {})]
        if lot and maker and fits
        else []
    )


def _lot(written: str) -> str:
    """Return the upper case letters and digits of a lot without the word LOTE.

    It is empty for what is unread (?), too short, or a placeholder.
    """
    mark = _LABEL.sub("", alphanumeric(written))
    return (
        ""
        if "?" in written or not _SHORTEST <= len(mark) <= LONGEST or is_meaningless(mark)
        else mark
    )
