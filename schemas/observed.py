"""What checking and observing a payload give."""

from collections.abc import Mapping
from typing import NamedTuple


class Problem(NamedTuple):
    """Why an item is refused. `field`: a path such as items[0].weapon.calibre, empty for the whole item.

    `detail` is free of language and of personal content: the list and the bad code, the bounds, the expected form.
    """

    code: str
    field: str
    detail: str


class Observed(NamedTuple):
    """A thing that an item speaks of, its key being (kind, issuer, value). certainty: certain | possible. traits: what rules look at."""

    kind: str
    issuer: str
    value: str
    certainty: str
    traits: Mapping[str, str]
