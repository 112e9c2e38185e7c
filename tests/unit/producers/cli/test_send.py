"""`quipu send` says what it sent and what was answered, in both languages, at 80 columns."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from rich.console import Console

from infra.settings import load
from producers.cli import publish
from producers.cli.render_report import print_report
from producers.ingest.ingest_counts import IngestCounts
from producers.ingest.report import BundleRange, RunReport
from producers.outbox.store import Outbox


@pytest.fixture
def report(tmp_path: Path) -> RunReport:
    path = tmp_path / "outbox.db"
    Outbox(path).close()
    return RunReport(
        node="co-ponal",
        ingested=IngestCounts(),
        bundle_range=BundleRange({}),
        unsent=0,
        erasures=0,
        unavailable="",
        interrupted=False,
        outbox_path=path,
        sent_bundles=2,
        answered=1_039,
    )


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "co-ponal: 2 bundles sent, 1,039 records answered."),
        ("es", "co-ponal: 2 paquetes enviados, 1\xa0039 registros respondidos."),
    ],
)
def test_send_says_what_it_sent(report: RunReport, lang: str, sentence: str) -> None:
    out = io.StringIO()
    print_report(report, lang, False, Console(file=out, width=80))
    assert out.getvalue().splitlines() == [sentence]


def test_the_command_says_it_and_ends_well(
    report: RunReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = SimpleNamespace(send=lambda wait: report)
    monkeypatch.setattr(publish, "CountryNode", lambda *arguments: nullcontext(node))
    settings = load({"QUIPU_HOME": str(tmp_path / "home"), "QUIPU_LANG": "en"})
    done = CliRunner().invoke(publish.send_command, ["co-ponal"], obj=settings)
    assert (done.exit_code, "2 bundles sent, 1,039 records answered" in done.stdout) == (0, True)
    as_json = CliRunner().invoke(publish.send_command, ["co-ponal", "--json"], obj=settings)
    content = json.loads(as_json.stdout)
    assert (content["sent_bundles"], content["answered"]) == (2, 1_039)


def test_what_waits_for_kafka_is_said_beside(report: RunReport) -> None:
    out = io.StringIO()
    waiting = replace(report, sent_bundles=0, answered=0, unsent=3)
    print_report(waiting, "en", False, Console(file=out, width=80))
    assert out.getvalue().splitlines() == [
        "co-ponal: 0 bundles sent, 0 records answered.",
        "3 bundles wait in the outbox: quipu send co-ponal",
    ]
