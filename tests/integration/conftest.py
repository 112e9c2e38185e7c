"""The whole pipeline for tests of this folder, started once a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from infra import settings as settings_module
from infra.orchestration.stack import running
from tests.support import pipeline_harness as support


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[support.Pipeline]:
    """Kafka, engine, worker and sink, five nodes; in a data folder of its own, stopped at the run's
    end.
    """
    folder = tmp_path_factory.mktemp("pipeline")
    home = settings_module.load({"QUIPU_HOME": str(folder / "home")})
    with running(home, only=support.PARTS, founder=support.found_exchange) as stack:
        (folder / "files").mkdir()
        with closing(support.Pipeline.of(stack.settings, folder / "files")) as pipeline:
            yield pipeline
