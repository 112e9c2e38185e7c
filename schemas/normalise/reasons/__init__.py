"""Say why weapons, lots, plates, makes and calibres are read as they are.

The observers of these kinds decide quickly and give no reasons. These functions ask the same
readers and name what decided. They are for people: `quipu identify` and the report of a file.
"""

from schemas.normalise.reasons.names import explain_calibre, explain_make
from schemas.normalise.reasons.plates import explain_plate
from schemas.normalise.reasons.weapons import explain_lot, explain_serial, explain_weapon

__all__ = [
    "explain_calibre",
    "explain_lot",
    "explain_make",
    "explain_plate",
    "explain_serial",
    "explain_weapon",
]
