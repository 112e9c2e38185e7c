"""Read which survivors docs/mutation.md explains."""

import re

from tests.mutation.mutants import Key
from tests.mutation.targets import ROOT

PAGE = ROOT / "docs/mutation.md"
_ROW = re.compile(r"^\| `(.+?)` \| `(.+?)` \| `(.+?)` → `(.+?)` \| (.+) \|$", re.MULTILINE)


def read_explanations() -> dict[Key, str]:
    """Read the page's table: module, function, line before and after the change; the reason."""
    rows = _ROW.findall(PAGE.read_text(encoding="utf-8"))
    return {(path, definition, old, new): reason for path, definition, old, new, reason in rows}
