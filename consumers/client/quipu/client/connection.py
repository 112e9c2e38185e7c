"""Speak HTTP with one exchange, and with nobody else: TLS is checked, no redirect is followed."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from quipu.client.errors import OF_STATUS, ApiError, ExchangeUnreachableError, NotSignedInError

TOKEN_VARIABLE = "QUIPU_TOKEN"  # noqa: S105 - the name of a variable
TOKEN_FILE_VARIABLE = "QUIPU_TOKEN_FILE"  # noqa: S105 - the name of a variable
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
RETRIED = frozenset({429, 503})
LONGEST_PAUSE_S = 60.0
DEFAULT_PAUSE_S = 5.0
PART = 256 * 1024
"""Bytes of a file that are written at a time."""


class Received(NamedTuple):
    """An answer in JSON. `next`: the path of the next part of a list; empty at its end."""

    content: Any
    next: str


class ExchangeConnection:
    """How one exchange is reached. Not for two threads at once."""

    def __init__(
        self,
        url: str,
        token: str,
        ca_file: str | None,
        headers: Mapping[str, str],
        timeout_s: float,
        retries: int,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Check the address. Raises ValueError for one that would send the token in clear."""
        self._address = _checked(url)
        self._context = (
            ssl.create_default_context(cafile=ca_file) if self._address.scheme == "https" else None
        )
        self._headers = {**headers, "Authorization": f"Bearer {token}"}
        self._timeout_s = timeout_s
        self._retries = retries
        self._sleep = sleep

    def get(self, path: str, parameters: Mapping[str, object]) -> Received:
        """Return the answer to a question. Raises ApiError."""
        with self._answer(path, parameters) as response:
            body = _read_all(response)
            link = response.headers.get("Link", "")
        try:
            return Received(json.loads(body), self._next_path(link))
        except ValueError as error:
            raise ExchangeUnreachableError("The answer is no JSON: is this an exchange?") from error

    def save(self, path: str, parameters: Mapping[str, object], file: Path) -> int:
        """Write the answer into a new file as it comes; return its bytes.

        A file that does not come whole is removed. Raises ApiError, OSError.
        """
        with self._answer(path, parameters) as response, file.open("xb") as target:
            try:
                length = 0
                while part := _read(response, PART):
                    length += target.write(part)
                return length
            except BaseException:
                file.unlink()
                raise

    @contextmanager
    def _answer(
        self, path: str, parameters: Mapping[str, object]
    ) -> Iterator[http.client.HTTPResponse]:
        target = self._target(path, parameters)
        for turn in range(self._retries + 1):
            connection = self._open()
            try:
                response = self._ask(connection, target)
                if response.status in RETRIED and turn < self._retries:
                    pause = _pause(response.headers.get("Retry-After"))
                    response.read()
                    self._sleep(pause)
                    continue
                if response.status != http.HTTPStatus.OK:
                    raise _refusal(response)
                yield response
                return
            finally:
                connection.close()

    def _ask(self, connection: http.client.HTTPConnection, target: str) -> http.client.HTTPResponse:
        try:
            connection.request("GET", target, headers=self._headers)
            return connection.getresponse()
        except ssl.SSLCertVerificationError as error:
            raise ExchangeUnreachableError(
                f"The certificate of {self._address.netloc} is not trusted: {error.verify_message}."
                " Name the CA's file (ca_file)."
            ) from error
        except (OSError, http.client.HTTPException) as error:
            raise ExchangeUnreachableError(
                f"{self._address.netloc} does not answer: {error}"
            ) from error

    def _open(self) -> http.client.HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        if self._context is None:
            return http.client.HTTPConnection(host, port, timeout=self._timeout_s)
        return http.client.HTTPSConnection(
            host, port, timeout=self._timeout_s, context=self._context
        )

    def _target(self, path: str, parameters: Mapping[str, object]) -> str:
        query = urlencode({name: _text(value) for name, value in parameters.items()})
        target = f"{self._address.path.rstrip('/')}{path}"
        return f"{target}?{query}" if query else target

    def _next_path(self, link: str) -> str:
        """Return the path of the next part, which must be of the same exchange."""
        address, _sign, relation = link.partition(">")
        if not address or 'rel="next"' not in relation:
            return ""
        own = self._address.geturl()
        next_ = urlsplit(urljoin(own, address.strip().removeprefix("<")))
        if (next_.scheme, next_.netloc) != (self._address.scheme, self._address.netloc):
            raise ExchangeUnreachableError(f"The list would go on at {next_.netloc}: not asked")
        prefix = self._address.path.rstrip("/")
        return f"{next_.path.removeprefix(prefix)}?{next_.query}"


def read_token(token: str | None, token_file: str | os.PathLike[str] | None) -> str:
    """Return the token that was given, or that of the environment. Raises NotSignedInError."""
    file = token_file or os.environ.get(TOKEN_FILE_VARIABLE)
    if token is None and file:
        token = Path(file).read_text(encoding="utf-8").strip()
    token = token or os.environ.get(TOKEN_VARIABLE, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise NotSignedInError(
            f"There is no token: name its file, or set {TOKEN_FILE_VARIABLE} or {TOKEN_VARIABLE}"
        )
    return token


def _checked(url: str) -> SplitResult:
    address = urlsplit(url)
    is_safe = address.scheme == "https" or (
        address.scheme == "http" and address.hostname in LOOPBACK
    )
    if not is_safe or not address.hostname or address.query or address.username:
        raise ValueError(f"{url} is no address of an exchange: write https://NAME[:PORT]")
    return address


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    isoformat = getattr(value, "isoformat", None)
    if isoformat is not None:
        return str(isoformat())
    if isinstance(value, Mapping):
        return ",".join(f"{name}={part}" for name, part in value.items())
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _pause(retry_after: str | None) -> float:
    """Return how long to wait, in seconds: as long as the exchange says, within a bound."""
    text = (retry_after or "").strip()
    if not (text.isascii() and text.isdigit()):
        return DEFAULT_PAUSE_S
    return min(float(text), LONGEST_PAUSE_S)


def _refusal(response: http.client.HTTPResponse) -> ApiError:
    """Return the error of an answer, in the words of the exchange."""
    status = response.status
    if status in range(300, 400):
        where = response.headers.get("Location", "")
        return ExchangeUnreachableError(f"It leads to {where}, which is not followed", "", status)
    error = OF_STATUS.get(status, ExchangeUnreachableError)
    try:
        body = json.loads(_read_all(response))
        return error(str(body["detail"]), str(body["code"]), status)
    except (ValueError, KeyError, TypeError):
        return error(f"HTTP {status}", "", status)


def _read_all(response: http.client.HTTPResponse) -> bytes:
    return _read(response, None)


def _read(response: http.client.HTTPResponse, most: int | None) -> bytes:
    """Return a part of the body. Raises ExchangeUnreachableError where it breaks off."""
    try:
        part = response.read(most)
    except (OSError, http.client.HTTPException) as error:
        raise ExchangeUnreachableError(f"The answer broke off: {error!r}") from error
    if not part and response.length:  # of which http.client says nothing
        raise ExchangeUnreachableError(f"The answer broke off: {response.length} bytes are missing")
    return part
