"""Send an API what fits its description and what does not, and check every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup

FEW = settings(
    max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
MANY = settings(FEW, max_examples=300, derandomize=False)


DEADLINE_S = 30
"""Longer than a question of the API may take, also on a busy machine."""


def attack(
    app: FastAPI,
    headers: Mapping[str, str],
    effort: settings,
    without: tuple[str, ...] = (),
) -> None:
    """Attack each operation, with all checks but those named. Fails with all faults."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=dict(headers))
    excluded: list[Any] = [CHECKS.get_one(name) for name in without]
    faults: list[str] = []
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]

        @effort
        @given(operation.as_strategy())
        def send(case: Any) -> None:
            case.call_and_validate(
                headers=dict(headers), excluded_checks=excluded, timeout=DEADLINE_S
            )

        try:
            send()
        except (FailureGroup, Failure) as error:
            faults.append(f"{operation.label}: {error}")
    assert not faults, "\n\n".join(faults)
