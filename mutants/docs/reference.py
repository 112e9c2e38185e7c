"""Write the reference from what the code itself reads: docs/reference and docs/es/referencia.

python docs/reference.py            writes the pages
python docs/reference.py --check    exits with 1 if a page differs; `make check` runs it
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, Python looks only in docs/

from docs.generate.pages import files  # noqa: E402


def main() -> int:
    """Write or check the pages; return 1 if --check finds a difference, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_check = parser.parse_args().check
    different = [(path, text) for path, text in files() if not _is_written(path, text)]
    for path, text in different:
        name = path.relative_to(ROOT)
        if only_check:
            print(f"{name}: differs from the code; run python docs/reference.py")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{name}: written")
    return 1 if only_check and different else 0


def _is_written(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
