"""Give each request its question, bounded in time and in bytes; end it when the client has gone."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consumers.access.caller import caller_of
from consumers.api.errors import error_answer
from consumers.serving.question import NOBODY, Question, QuestionCost, asking

MAX_BODY = 64 * 1024
"""The longest body of this API, in bytes, is far shorter."""


_OF_ONE_ITEM = re.compile(r"/(v1/)?(events|indicators|things)/[^/]+/?")
_OF_FIGURES = re.compile(
    r"/(v1/)?(figures|series|picture|(persons|alike)/findings|persons/lookup|lookup)(/.*)?"
)


def cost_of(path: str) -> QuestionCost:
    """Say how much work the question of an address is, by what it asks for."""
    if _OF_ONE_ITEM.fullmatch(path):
        return QuestionCost.KEY
    return QuestionCost.FIGURE if _OF_FIGURES.fullmatch(path) else QuestionCost.LIST


class QuestionWatch:
    """The middleware, inside the gate, which has found who asks."""

    def __init__(self, app: ASGIApp, within_s: float) -> None:
        """`app`: what answers; `within_s`: how long that may take, in seconds."""
        self._app = app
        self._within_s = within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; its threads find the question in their context."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        caller = caller_of(Request(scope))
        asker = NOBODY if caller is None else caller.account.name
        question = Question(asker, self._within_s, cost=cost_of(scope["path"]))
        client = _Client(receive, send, question)
        watching = asyncio.create_task(client.watch())
        try:
            with asking(question):
                await self._app(scope, client.receive, client.send)
        except ClientDisconnect:
            if not client.sends_too_much:
                raise
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        if client.sends_too_much:
            await error_answer(
                413,
                "REQUEST_TOO_LARGE",
                f"The body is larger than {MAX_BODY} bytes: nothing is done",
            )(scope, receive, send)


class _Client:
    """The two directions of a request: counts what comes, and sees when the client goes."""

    def __init__(self, receive: Receive, send: Send, question: Question) -> None:
        self._receive, self._send, self._question = receive, send, question
        self._messages: asyncio.Queue[Message] = asyncio.Queue(maxsize=1)
        self._received = 0
        self.sends_too_much = False

    async def watch(self) -> None:
        """Pass on what comes, one message ahead of the application, until the client has gone."""
        while True:
            message = await self._receive()
            self._received += len(message.get("body", b""))
            if self._received > MAX_BODY:
                self.sends_too_much = True
                message = {"type": "http.disconnect"}
            if message["type"] == "http.disconnect":
                self._question.cancel()
            await self._messages.put(message)
            if message["type"] == "http.disconnect":
                return

    async def receive(self) -> Message:
        """Return the next message, as the application asks for it."""
        return await self._messages.get()

    async def send(self, message: Message) -> None:
        """Send what the application answers, unless the body was too large."""
        if not self.sends_too_much:
            await self._send(message)
