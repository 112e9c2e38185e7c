"""A country node's publishing process, as a national system's scheduler runs it: every file, from
the first, until all is answered.

Run as a program by the tests of faults, killed and run again by them. It publishes no more files
than the file `permit` allows.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from infra import logging_setup, settings
from infra.data_folder import write_atomically
from producers.node import CountryNode

PATIENCE_S = 150.0


def main() -> int:
    """The exit code: 0 when every item has its answer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--node", required=True)
    parser.add_argument("--files", type=Path, required=True)
    args = parser.parse_args()
    logging_setup.configure(as_json=True)
    files = json.loads((args.files / "plan.json").read_text())
    with CountryNode(settings.load(os.environ), args.node) as node:
        node.read_config(PATIENCE_S)  # all nodes start at once, perhaps on a busy machine
        for number, item in enumerate(files):
            while number >= int((args.files / "permit").read_text()):
                time.sleep(0.02)
            path = args.files / item["file"]
            if item["corrections"]:
                node.correct(path, item["mapping"], "WRONG", wait=0)
            else:
                node.publish(path, item["mapping"], wait=0)
            write_atomically(args.files / "done", str(number + 1))
        return _until_answered(node)


def _until_answered(node: CountryNode) -> int:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        report = node.send(2.0)
        if not report.unsent and not any(cord["unanswered"] for cord in node.reconcile_counts()):
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
