"""Waits are as much longer as the machine is busier."""

from __future__ import annotations

import os

import pytest

from tests.support.patience import patience


def test_a_wait_grows_with_the_load_of_each_processor_and_never_shrinks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    waits = []
    for load in (0.0, 2.0, 9.0):
        monkeypatch.setattr(os, "getloadavg", lambda load=load: (load, 0.0, 0.0))
        waits.append(patience(10.0))
    assert waits == [10.0, 10.0, 45.0]
