"""Refuse requests with parameters that the interface does not have.

A parameter that nobody reads narrows nothing, so the answer would be about more than was asked. A
route that is not part of the description names its parameters by `taking`; without it there are
none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from threading import Lock
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

LONGEST_SHOWN = 40
"""Letters of a name that an error repeats."""
ANY_PARAMETER = "x-any-parameter"
"""In the description of a route: another side decides which parameters there are."""
_describing = Lock()
"""FastAPI makes the description at the first use, and fails where two threads make it at once."""


def taking(*names: str) -> dict[str, Any]:
    """Return the `openapi_extra` of a route that reads its parameters from the request itself."""
    return {"parameters": [{"name": name, "in": "query"} for name in names]}


def taking_any() -> dict[str, Any]:
    """Return the `openapi_extra` of a route to which others send parameters of their own."""
    return {ANY_PARAMETER: True}


def refuse_unknown_parameters(request: Request) -> None:
    """Accept what the route takes, each parameter once.

    It is a dependency of a whole application. Raises RequestValidationError with a fault for each
    parameter.
    """
    known = parameters_of(request.app, request.scope.get("route"), request.method)
    if known is None:
        return
    times = Counter(name for name, _value in request.query_params.multi_items())
    faults = [fault for name, count in times.items() if (fault := _fault(name, count, known))]
    if faults:
        raise RequestValidationError(faults)


def parameters_of(app: object, route: object, method: str) -> list[str] | None:
    """Return the names that a route takes in the address; None where it takes any."""
    if not isinstance(route, APIRoute):
        return None
    extra = route.openapi_extra or {}
    if ANY_PARAMETER in extra:
        return None
    if not route.include_in_schema or not isinstance(app, FastAPI):
        return _names_in_address(extra)
    operations: Mapping[str, Any] = _description(app)["paths"].get(route.path_format, {})
    return _names_in_address(operations.get(method.lower(), {}))


def _description(app: FastAPI) -> dict[str, Any]:
    with _describing:
        return app.openapi()


def _names_in_address(operation: Mapping[str, Any]) -> list[str]:
    parameters = operation.get("parameters", ())
    return [parameter["name"] for parameter in parameters if parameter["in"] == "query"]


def _fault(name: str, count: int, known: Collection[str]) -> dict[str, object] | None:
    if name not in known:
        there_are = f"there are {', '.join(known)}" if known else "there is none"
        message = f"there is no such parameter here; {there_are}"
    elif count > 1:
        message = "it is given several times"
    else:
        return None
    return {"type": "parameter", "loc": ("query", name[:LONGEST_SHOWN]), "msg": message}


def describe_in_app(app: FastAPI) -> None:
    """Serve the description at /openapi.json as a route like others, so it takes no parameters.

    FastAPI's own route knows no dependencies.
    """

    def description() -> dict[str, Any]:
        """Return the description of this interface."""
        return _description(app)

    app.get("/openapi.json", include_in_schema=False)(description)
