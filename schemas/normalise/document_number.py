"""Hold what a document's form reads."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.normalise.reading import Why


class Number(NamedTuple):
    """Hold a number in its normal form.

    `type`: of the document, where it is not the column's. `whole`: it says all that is
    written.
    """

    value: str
    certain: bool
    why: Why = Why.AS_WRITTEN
    type: str = ""
    whole: bool = True


NO_FIT: Sequence[Number] = ()
