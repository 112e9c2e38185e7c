"""Bound the bytes of a request's body, whoever reads it: an ASGI middleware."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Stops reading after the last byte that is allowed, and answers in the application's place."""

    def __init__(self, app: ASGIApp, max_bytes: int, refusal: Callable[[Request], ASGIApp]) -> None:
        """`refusal`: makes the answer to a request whose body is too large."""
        self._app = app
        self._max_bytes = max_bytes
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, as long as its body is within the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        size, is_too_large = 0, False

        async def receive_bounded() -> Message:
            nonlocal size, is_too_large
            message = await receive()
            size += len(message.get("body", b""))
            is_too_large = is_too_large or size > self._max_bytes
            return {"type": "http.disconnect"} if is_too_large else message

        async def send_unless_refused(message: Message) -> None:
            if not is_too_large:
                await send(message)

        try:
            await self._app(scope, receive_bounded, send_unless_refused)
        except ClientDisconnect:
            if not is_too_large:
                raise
        if is_too_large:
            await self._refusal(Request(scope))(scope, receive, send)
