"""Read forms of our pages: bounded, and with the token that only our pages carry."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from consumers.access.caller import caller_of
from consumers.identity.secret_tokens import same

MAX_FORM = 16 * 1024
FORM_FIELD = "form"
EVERY_PAGE = ("as_of", "lang")
"""Parameters that every page takes, since links keep the date."""


async def read_fields(request: Request) -> dict[str, str] | None:
    """Return the fields of a form; None where it is too large, or breaks off."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MAX_FORM:
                return None
    except ClientDisconnect:
        return None
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


async def read_own_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form of the caller's own session; None where it is not one."""
    form, caller = await read_fields(request), caller_of(request)
    if form is None or caller is None or not caller.csrf:
        return None
    return form if same(form.get(FORM_FIELD, ""), caller.csrf) else None


def path_to_return_to(text: str) -> str:
    """Return the page of ours that a text names; never another site."""
    safe = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if safe and "\\" not in text else "/"
