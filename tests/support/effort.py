"""How much a law tries: a part in an everyday run, all of it in `make laws` and `make attacks`."""

from __future__ import annotations

from hypothesis import settings

IS_THOROUGH = settings.get_current_profile_name() == "thorough"
"""Whether a run may take an hour."""
MORE = 30


def examples(everyday: int, more: int = MORE) -> int:
    """Return how many examples a law tries whose examples take long: so many in an everyday run.

    `more`: how many times as many a thorough run tries.
    """
    return everyday * more if IS_THOROUGH else everyday
