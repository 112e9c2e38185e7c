"""From what is written to what it is: one observer for each kind of thing that a schema may mark with `observed`."""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.normalise import weapon
from schemas.observed import Observed

Observer = Callable[[Any], list[Observed]]

OBSERVERS: Mapping[str, Observer] = {weapon.KIND: weapon.observe}
