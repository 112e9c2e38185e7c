"""import_rows_per_s: a CSV of 100,000 rows through a node into its outbox, Kafka being away; and
what memory that takes.

The whole way of a file: read, mapped, made into events, judged, sealed, committed (each 2,000 rows
with an fsync). In a process of its own. `import_growth_mb`: what the process grew by from 20,000 to
100,000 rows; memory is to be flat. `cpu_us_a_row` says more than rows a second where others use the
machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from benchmarks.figures import Figure, load
from infra import settings as settings_module
from infra.garbage_collection import collect_rarely
from infra.keys import keyring
from infra.settings import Settings
from producers.ingest.report import RunProgress
from producers.mapping import loader
from producers.node import CountryNode
from producers.node_config import NodeConfig
from producers.outbox.store import Outbox

ROWS = 100_000
EARLY = 20_000
AIM = 8_000
FLAT_MB = 8
NODE = "pe-sucamec"
MAPPING = Path(__file__).with_name("import.toml")
HEADER = (
    "EXPEDIENTE;SITUACION;TIPO;FABRICANTE;MODELO;CALIBRE;SERIE;DISTRITO;UBIGEO;FECHA;OBSERVACION\n"
)
STATUS, TYPES, MAKES, PLACES = (
    ("VIGENTE", "ROBADA", "INCAUTADA"),
    ("PISTOLA", "REVÓLVER", "FUSIL"),
    ("Taurus", "Bersa", "S&W"),
    (21, 24, 16),
)


def measure(settings: Settings, rows: int = ROWS) -> list[Figure]:
    """The figures. `settings`: of a data folder that may be used up."""
    before, path = load(), settings.home / "register.csv"
    settings.home.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(row(number) for number in range(rows))
    argv = [sys.executable, "-m", "benchmarks.import_", str(settings.home), str(path)]
    answer = json.loads(
        subprocess.run(
            argv, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1]
        ).stdout
    )
    if answer["sealed"] != rows:
        raise RuntimeError(f"import: {answer['sealed']} of {rows} rows were sealed")
    path.unlink()
    detail = {"rows": rows, "load": [before, load()], **answer}
    return [
        Figure("import_rows_per_s", round(rows / answer["seconds"]), "rows/s", AIM, True, detail),
        Figure(
            "import_growth_mb",
            round(answer["rss_mb"][-1] - answer["rss_mb"][0], 1),
            "MB",
            FLAT_MB,
            False,
        ),
    ]


def row(number: int) -> str:
    """A line of the register."""
    third = number % 3
    day = f"{number % 28 + 1:02}/{number % 12 + 1:02}/{2010 + number % 15}"
    weapon = f"{TYPES[third]};{MAKES[number % 7 % 3]};G{number % 9};9 mm;TKZ{number:07}"
    place = f"San Román;{PLACES[third]}{number % 9999:04}"
    return f"EXP-{number:07};{STATUS[third]};{weapon};{place};{day};nota {number}\n"


def take(home: Path, path: Path) -> dict[str, Any]:
    """Publish the file in this process: seconds, processor time a row, resident memory early and at
    the end.
    """
    settings = settings_module.load({"QUIPU_HOME": str(home), "QUIPU_KAFKA": "127.0.0.1:1"})
    _admit(settings)
    process, rss = psutil.Process(), dict[int, float]()

    def watch(progress: RunProgress) -> None:
        rss[progress.rows] = process.memory_info().rss / 2**20

    how = loader.load_mapping(str(MAPPING))
    with CountryNode(settings, NODE, watch) as node:
        collect_rarely()  # as `quipu publish` does
        began, used = time.perf_counter(), time.process_time()
        report = node.publish(path, how, wait=0)
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
    rows = report.ingested.rows
    memory = [
        round(max(size for at, size in rss.items() if at <= limit), 1) for limit in (EARLY, rows)
    ]
    return {
        "sealed": report.ingested.sealed,
        "seconds": round(seconds, 2),
        "cpu_us_a_row": round(cpu / rows * 1e6, 1),
        "rss_mb": memory,
    }


def _admit(settings: Settings) -> None:
    """A node that has seen config once."""
    keyring.create_node_keys(settings, NODE)
    recipients = {keyring.RECIPIENT: X25519PrivateKey.generate().public_key()}
    outbox = Outbox(settings.node_dir(NODE) / "outbox.db")
    outbox.set_setting(
        "standing",
        NodeConfig("PE", "SUCAMEC", 0, 1, {"routine": 1, "urgent": 1}, recipients, {}).to_json(),
    )
    outbox.close()


if __name__ == "__main__":
    json.dump(take(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
