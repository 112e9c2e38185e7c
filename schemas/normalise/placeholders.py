"""Recognise what is written where there is nothing to write: S/N, NO TIENE, 000000, XXX.

Such texts never are things. One character repeated (99999999) and the row of digits of a keyboard
(12345678) identify nobody either.
"""

import re

_WORDS = re.compile(
    "NOTIENE|NOPORTA|NOPRESENTA|NOREGISTRA|NOAPLICA|NOVISIBLE|NOCONSTA|NOESPECIFICA|NOINDICA|DESCONOC|UNKNOWN|NINGUN|PENDIENTE|PORDEFINIR"
    "|PORDETERMINAR|ENTRAMITE|ILEGIBLE|INDOCUMENTAD|EXTRAVIAD|RESERVAD|BORRAD|SIN(?:PLACA|DOC|DATO|NUMERO|NRO|INFO|CUENTA|MATRICULA|LOTE)"
    "|^(?:SN|SD|SP|NA|ND|NN|NT|NR|NONE|NULL|NO|NIL|X+)[0OX]*$|^(.)\\1*$|^0?12345678(?:9(?:0|10)?)?$"
)
_THREE = re.compile("[0-9][^0-9]*[0-9][^0-9]*[0-9]")


def is_meaningless(compact: str) -> bool:
    """Say whether a compact spelling is no number: a placeholder, or fewer than 3 digits.

    `compact`: upper case ASCII letters and digits.
    """
    return _THREE.search(compact) is None or is_placeholder(compact)


def is_placeholder(compact: str) -> bool:
    """Say whether the text means, in words or by a filler, that there is nothing."""
    return _WORDS.search(compact) is not None
