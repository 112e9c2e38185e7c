"""`python -m benchmarks.matching.train`: write streams/matching/person_model.json anew.

It takes some minutes, and gives the same file each time on one version of Splink.
"""

import argparse
import json
import logging
from pathlib import Path

import streams.matching
from benchmarks.matching.population import TRAINING_FAMILIES, TRAINING_PAIRS
from benchmarks.matching.training import train

MODEL = Path(streams.matching.__file__).parent / "person_model.json"


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.train")
    parser.add_argument("--families", type=int, default=TRAINING_FAMILIES)
    parser.add_argument("--pairs", type=int, default=TRAINING_PAIRS)
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.WARNING)
    document = train(args.families, args.pairs)
    args.out.write_text(json.dumps(_rounded(document), indent=1) + "\n", encoding="utf-8")
    print(f"{args.out}: {document['trained_with']}")


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return value


if __name__ == "__main__":
    main()
