"""A page that has no answer says why, in the visitor's language, and what to do."""

from __future__ import annotations

import pytest
from clickhouse_driver.errors import NetworkError, ServerException
from starlette.requests import Request

from consumers.console.page_route import error_page

REQUEST = {
    "type": "http",
    "method": "GET",
    "scheme": "http",
    "server": ("127.0.0.1", 80),
    "path": "/",
    "headers": [],
}


@pytest.mark.parametrize(
    ("error", "lang", "code", "words"),
    [
        (NetworkError("refused"), "en", "STORE_AWAY", "The store does not answer"),
        (ServerException("Memory limit", 241), "en", "STORE_REFUSED", "cannot answer"),
        (ServerException("Memory limit", 241), "es", "STORE_REFUSED", "no puede responder"),
        (EOFError(), "es", "STORE_AWAY", "no responde"),
    ],
)
def test_a_page_without_the_store_says_what_to_do(
    error: Exception, lang: str, code: str, words: str
) -> None:
    """C4: what the store refused came to the page as JSON."""
    request = Request({**REQUEST, "query_string": f"lang={lang}".encode()})
    answer = error_page(request, error)
    text = bytes(answer.body).decode()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert code in text
    assert words in text
    assert "Memory limit" not in text
