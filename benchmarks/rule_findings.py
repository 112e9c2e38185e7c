"""Time what rules over many records find, and what is left out, on a running exchange.

`python -m benchmarks.rule_findings FOLDER`: each question is asked three times as the page asks it,
with what earlier answers saw. The first time of each is without.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from consumers.query.earlier_answers import EarlierAnswers
from consumers.query.query_layer import QueryLayer
from consumers.query.rule_findings.known_records import KnownRecords
from consumers.runtime.serving_config import read_serving_config
from consumers.serving.query_pool import load_thing_secret
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.settings import load
from schemas.release.reader_text import parse_reader

READER = parse_reader("MEC/analyst/AMBER")
TIMES = 3
QUESTIONS: dict[str, Callable[[QueryLayer], object]] = {
    "rule findings": lambda layer: layer.rule_findings.findings(READER),
    "noise": lambda layer: layer.noise.noise(READER),
}


def main() -> None:
    """Print seconds, and processor seconds of this process, of each answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", help="the data folder of a running exchange")
    settings = load({"QUIPU_HOME": parser.parse_args().home})
    config = read_serving_config(settings)
    client = connect(settings, StoreUser.READER, database_of(config.generation))
    secret = load_thing_secret(settings)
    for name, ask in QUESTIONS.items():
        records = KnownRecords()
        for number in range(1, TIMES + 1):
            layer = QueryLayer(client, config, secret, EarlierAnswers(records=records))
            began, began_cpu = time.perf_counter(), time.process_time()
            ask(layer)
            seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
            print(f"{name}, answer {number}: {seconds:.2f} s, processor {cpu:.2f} s")


if __name__ == "__main__":
    main()
