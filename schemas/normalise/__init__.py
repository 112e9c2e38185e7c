"""Turn what is written into what it is.

There is one observer for each kind of thing that a schema may name in `observed`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.normalise import account, document, imei, phone, plate, weapon
from schemas.observation import Observation

Observer = Callable[[Any], list[Observation]]

OBSERVERS: Mapping[str, Observer] = {
    account.KIND: account.observe,
    document.KIND: document.observe,
    imei.KIND: imei.observe,
    phone.KIND: phone.observe,
    plate.KIND: plate.observe,
    weapon.KIND: weapon.observe,  # and ammunition lots
}
"""By the mark. An observer is given what the mark stands on: a record whole, or a string."""
