"""What a request may name, decided for many requests at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import Any

from fastapi import FastAPI

from infra.request_parameters import parameters_of


class WatchedApp(FastAPI):
    """Notices whether two threads make its description at the same time."""

    overlaps = 0

    def openapi(self) -> dict[str, Any]:
        try:
            meeting.wait(0.05)
            self.overlaps += 1
        except BrokenBarrierError:
            meeting.reset()
        return super().openapi()


meeting = Barrier(2)


def test_the_first_requests_of_an_api_never_describe_it_at_once() -> None:
    app = WatchedApp()

    def numbers(limit: int = 5) -> int:
        return limit

    app.get("/numbers")(numbers)
    route = next(route for route in app.routes if getattr(route, "path", "") == "/numbers")
    with ThreadPoolExecutor(4) as pool:
        names = list(pool.map(lambda _n: parameters_of(app, route, "GET"), range(4)))
    assert names == [["limit"]] * 4
    assert app.overlaps == 0
