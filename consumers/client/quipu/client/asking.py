"""Ask an exchange, with one account, as of now or of a moment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from quipu.client.answers import (
    EventAnswer,
    ExchangeAnswer,
    FiguresAnswer,
    IndicatorAnswer,
    ThingAnswer,
)
from quipu.client.connection import ExchangeConnection, read_token

PAGE = 500
"""Items that are asked for at a time."""
FileFormat = Literal["csv", "xlsx", "parquet"]
FORMATS: tuple[FileFormat, ...] = ("csv", "xlsx", "parquet")
Moment = datetime | str
Item = TypeVar("Item", bound=ExchangeAnswer)


class ExchangeClient:
    """An exchange, and the account that asks it. Not for two threads at once.

    Every question raises ApiError; what the exchange says stands in it. `as_of`: what was known
    then; without a zone it is in UTC. Other parameters are those of the API (`/docs`), and the
    exchange refuses one that it does not know.
    """

    def __init__(
        self,
        url: str,
        token_file: str | os.PathLike[str] | None = None,
        *,
        token: str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        as_reader: str | None = None,
        groups: str | None = None,
        purpose: str | None = None,
        exercise: str | None = None,
        timeout_s: float = 60.0,
        retries: int = 5,
    ) -> None:
        """Name the exchange: https, or http on this machine alone.

        `token_file`: of `quipu token make`; without it, of QUIPU_TOKEN_FILE or QUIPU_TOKEN.
        `ca_file`: PEM of the CA that the exchange's certificate is checked by; the system's without
        it. `as_reader`, `groups`, `purpose`, `exercise`: ask as less than the account. `retries`:
        how often a busy exchange is asked again. Raises ValueError, NotSignedInError, OSError.
        """
        narrowing = {
            "X-Quipu-As": as_reader,
            "X-Quipu-As-Groups": groups,
            "X-Quipu-Purpose": purpose,
            "X-Quipu-Exercise": exercise,
        }
        self._connection = ExchangeConnection(
            url,
            read_token(token, token_file),
            None if ca_file is None else os.fspath(ca_file),
            {name: value for name, value in narrowing.items() if value is not None},
            timeout_s,
            retries,
        )

    def indicators(
        self, as_of: Moment | None = None, **filters: object
    ) -> Iterator[IndicatorAnswer]:
        """Yield what crosses borders, newest first, page by page."""
        return self._list("/v1/indicators", IndicatorAnswer, as_of, filters)

    def indicator(self, id_: str, as_of: Moment | None = None) -> IndicatorAnswer:
        """Return one indicator. Raises NothingFoundError."""
        return IndicatorAnswer(self._get(f"/v1/indicators/{_id(id_)}", as_of, {}))

    def events(self, as_of: Moment | None = None, **filters: object) -> Iterator[EventAnswer]:
        """Yield published events, newest first, page by page."""
        return self._list("/v1/events", EventAnswer, as_of, filters)

    def event(self, id_: str, as_of: Moment | None = None) -> EventAnswer:
        """Return the current version of one event. Raises NothingFoundError."""
        return EventAnswer(self._get(f"/v1/events/{_id(id_)}", as_of, {})["current"])

    def thing(self, id_: str, as_of: Moment | None = None) -> ThingAnswer:
        """Return who knows a thing. Raises NothingFoundError."""
        return ThingAnswer(self._get(f"/v1/things/{_id(id_)}", as_of, {}))

    def things(self, as_of: Moment | None = None, **identifiers: object) -> list[ThingAnswer]:
        """Return the things that these identifiers may mean, such as kind and number."""
        return ThingAnswer.read_all(self._get("/v1/things", as_of, identifiers))

    def disclosures(self, **filters: object) -> Iterator[ExchangeAnswer]:
        """Yield who was shown what, newest first, page by page."""
        return self._list("/v1/disclosures", ExchangeAnswer, None, filters)

    def figures(
        self, question: str, as_of: Moment | None = None, **parameters: object
    ) -> FiguresAnswer:
        """Answer with figures: totals, trends, ranking, delays, quality, flows, shares ...

        Lists such as `by` may be written as lists, and `where` as a dictionary.
        """
        return FiguresAnswer(self._get(f"/v1/figures/{_word(question)}", as_of, parameters))

    def save(
        self,
        subject: str,
        file: str | os.PathLike[str],
        as_of: Moment | None = None,
        **parameters: object,
    ) -> int:
        """Write an answer into a new file; its ending says the format: .csv, .xlsx, .parquet.

        `subject`: indicators, hits, events, things, disclosures, or a question with figures,
        such as figures/totals. The file has nothing that may not be passed on (H2), and says its
        marking and its moment. Returns its length in bytes. Raises OSError where the file exists.
        """
        path = Path(file)
        format_ = path.suffix.lower().removeprefix(".")
        if format_ not in FORMATS:
            raise ValueError(f"{path}: end the name with {', '.join(FORMATS)}")
        address = "/".join(_word(part) for part in subject.split("/"))
        query = {**parameters, "format": format_, **_moment(as_of)}
        return self._connection.save(f"/v1/{address}", query, path)

    def _get(self, path: str, as_of: Moment | None, parameters: Mapping[str, object]) -> Any:
        return self._connection.get(path, {**parameters, **_moment(as_of)}).content

    def _list(
        self,
        path: str,
        kind: type[Item],
        as_of: Moment | None,
        filters: Mapping[str, object],
    ) -> Iterator[Item]:
        query = {"limit": PAGE, **filters, **_moment(as_of)}
        part = self._connection.get(path, query)
        while True:
            yield from kind.read_all(part.content)
            if not part.next:
                return
            part = self._connection.get(part.next, {})


def _moment(as_of: Moment | None) -> dict[str, object]:
    return {} if as_of is None else {"as_of": as_of}


def _id(text: str) -> str:
    """Return an id as a path takes it. Raises ValueError for what is none."""
    if not text or any(letter not in "0123456789abcdef-" for letter in text.lower()):
        raise ValueError(f"{text!r} is no id")
    return text


def _word(text: str) -> str:
    """Return a word as a path takes it. Raises ValueError for what is none."""
    if not text.replace("-", "").isalpha() or not text.isascii():
        raise ValueError(f"{text!r} is no question")
    return text
