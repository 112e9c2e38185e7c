"""`python -m benchmarks.search FOLDER`: how long the search takes at size.

FOLDER has an exchange: of `benchmarks.fill`, or of `quipu demo`. Only its store is started. The
questions are made of words, names and numbers of its own records. Each is a new answer of the query
layer, which knows the labels of the tables, as in the API. Milliseconds are of the wall clock.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.answer_times import print_times
from benchmarks.exchange import settings_of
from consumers.query.earlier_answers import EarlierAnswers
from consumers.query.query_layer import QueryLayer
from consumers.query.search.search_answer import SearchQuestion
from consumers.runtime.serving_config import ServingConfig
from consumers.store.record_words import split_words
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.keys.keyring import load_mechanism_keys
from infra.orchestration.stack import running
from schemas.release.reader_text import parse_reader
from streams.matching import person_records
from streams.rules import read_rule_book

AIM_MS = 300.0
READER = parse_reader("CO/analyst/AMBER")
SAMPLE = """
SELECT DISTINCT UUIDNumToString(event_id) FROM record_words
ORDER BY cityHash64(event_id) LIMIT 40
"""
FREQUENT = """
SELECT word FROM (SELECT arrayJoin(splitByChar(' ', words)) AS word FROM record_words LIMIT 20000)
WHERE length(word) > 4 AND match(word, '^[a-z]+$') GROUP BY word ORDER BY count() DESC LIMIT 20
"""
LEAST_LETTERS = 5


def main() -> int:
    """Ask, print the times, and return 1 where 300 ms are not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search")
    parser.add_argument("folder", type=Path, help="of benchmarks.fill, or of quipu demo")
    settings = settings_of(parser.parse_args().folder)
    with running(settings, only=("clickhouse",)) as stack:
        secret = load_mechanism_keys(stack.settings).thing_secret
        client = connect(stack.settings, StoreUser.READER, database_of(1))
        try:
            ((rows,),) = client.execute("SELECT count() FROM record_words")
            print(f"{rows:,} versions of records")
            return 0 if measure(client, secret) <= AIM_MS else 1
        finally:
            client.disconnect()


def measure(client: Client, secret: bytes) -> float:
    """Print the times of each kind of question in ms; return the worst p95."""
    config, earlier = ServingConfig(0, read_rule_book()), EarlierAnswers()

    def layer() -> QueryLayer:
        return QueryLayer(client, config, secret, earlier)

    ids = [id_ for (id_,) in client.execute(SAMPLE)]
    texts = [list(_texts(event.payload)) for event in layer().events.current(ids, READER, None)]
    names = [
        " ".join((*named.record.given[:1], *named.record.surnames[:2]))
        for event in layer().events.current(ids, READER, None)
        for named in person_records(event.type, event.payload or {})
    ]
    questions = {
        "a word that many records have": [word for (word,) in client.execute(FREQUENT)],
        "a word of one record": list(_words(texts)),
        "a phrase": [f'"{text}"' for record in texts for text in record if 1 < text.count(" ") < 6],
        "a number": [text for record in texts for text in record if _is_number(text)],
        "a name": [name for name in names if " " in name],
    }

    def search(text: str) -> object:
        return layer().search.search(SearchQuestion(text), READER)

    def suggest(text: str) -> object:
        return layer().search.suggest(text, READER)

    worst = 0.0
    for kind, texts_of_kind in questions.items():
        times = [_time(search, text) for text in texts_of_kind[:40]]
        worst = max(worst, print_times(kind, times))
    begins = [word[:4] for word in questions["a word of one record"][:40]]
    times = [_time(suggest, text) for text in begins]
    return max(worst, print_times("suggestions for four letters", times))


def _texts(value: object) -> Iterator[str]:
    """Yield every text of a payload that is no date."""
    if isinstance(value, str) and not value[:4].isdigit():
        yield value
    for part in value.values() if isinstance(value, dict) else ():
        yield from _texts(part)
    for part in value if isinstance(value, list) else ():
        yield from _texts(part)


def _words(texts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the longest word of each record."""
    for record in texts:
        words = [word for text in record for word in split_words(text) if word.isalpha()]
        if words and len(max(words, key=len)) >= LEAST_LETTERS:
            yield max(words, key=len)


def _is_number(text: str) -> bool:
    return len(text) < 20 and sum(map(str.isdigit, text)) > 4 and " " not in text


def _time(ask: Callable[[str], object], text: str) -> float:
    """Return how long an answer took, in ms."""
    started = time.perf_counter()
    ask(text)
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    sys.exit(main())
