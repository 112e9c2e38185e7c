"""Refuse requests with parameters that the interface does not have.

A parameter that nobody reads narrows nothing, so the answer would be about more than was asked.
"""

from __future__ import annotations

from collections import Counter

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError

LONGEST_SHOWN = 40
"""Letters of a name that an error repeats."""


def refuse_unknown_parameters(request: Request) -> None:
    """Accept what the description of the route names, each parameter once.

    It is a dependency of a whole application. Routes outside of the description are not looked at.
    Raises RequestValidationError with a fault for each parameter.
    """
    known = _parameters_of(request)
    if known is None:
        return
    times = Counter(name for name, _value in request.query_params.multi_items())
    faults = [fault for name, count in times.items() if (fault := _fault(name, count, known))]
    if faults:
        raise RequestValidationError(faults)


def _parameters_of(request: Request) -> list[str] | None:
    """Return the names that the route's description has; None where it is not described."""
    app = request.app
    route = request.scope.get("route")
    if not isinstance(app, FastAPI) or route is None:
        return None
    operations = app.openapi()["paths"].get(getattr(route, "path_format", ""), {})
    operation = operations.get(request.method.lower())
    if operation is None:
        return None
    parameters = operation.get("parameters", ())
    return [parameter["name"] for parameter in parameters if parameter["in"] == "query"]


def _fault(name: str, count: int, known: list[str]) -> dict[str, object] | None:
    if name not in known:
        there_are = f"there are {', '.join(known)}" if known else "there is none"
        message = f"there is no such parameter here; {there_are}"
    elif count > 1:
        message = "it is given several times"
    else:
        return None
    return {"type": "parameter", "loc": ("query", name[:LONGEST_SHOWN]), "msg": message}
