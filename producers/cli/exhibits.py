"""Write the acts of custody that a node signs: the options, and the entries of the event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.clock import now_ms
from infra.command_line import option
from producers.cli.code_option import CodeOption
from producers.cli.source_file import source_file
from schemas.i18n import _
from streams.lifecycles.custody_rules import Exhibit
from streams.lifecycles.model import Party

ACT_OPTIONS = (
    option("--grounds", help=_("By which order, or why.")),
    option("--at", help=_("When it was done, with zone, as 2026-11-30T09:00-05:00; else now.")),
    option("--official", help=_("Who did it.")),
    option("--place", help=_("Where it was done.")),
    option(
        *("--file", "content"),
        type=source_file,
        metavar="FILE",
        help=_("File whose SHA-256 is recorded."),
    ),
    option("--seal", help=_("Number of the seal.")),
    option("--to", "handed_to", help=_("Authority that is to receive it, as PE/MPFN.")),
    option("--description", help=_("What it is, without names of persons.")),
    option("--kind", type=CodeOption("evidence_kind"), help=_("Kind of evidence.")),
    option("--register", help=_("Authority that registered it, as EC/FGE; without it, your own.")),
    option(
        "--number",
        "numbers",
        multiple=True,
        required=True,
        help=_("Number of the exhibit in its register; may be repeated."),
    ),
    option(
        *("--act", "word"),
        type=CodeOption("custody_act"),
        required=True,
        help=_("What was done, by its code."),
    ),
)
"""Options of a command, the last of its help first, as decorators add them."""
_PLAIN = ("kind", "description", "handed_to", "seal", "place", "official", "grounds")


def exhibit_entries(
    register: Iterable[Exhibit], author: Party, options: Mapping[str, Any]
) -> list[dict[str, object]]:
    """Return what the event says of each exhibit that the options name.

    Each entry names the last act that counts, which the new one follows.
    """
    owner = str(options["register"] or author)
    last = {(str(item.key.authority), item.key.number): item.last for item in register}
    stated = {name: options[name] for name in _PLAIN if options[name]}
    stated |= {"custody": options["word"], "at": options["at"] or _now()}
    if options["content"] is not None:
        stated["hash"] = file_hash(options["content"])
    return [
        {
            **stated,
            "number": number,
            "registered_by": owner,
            "after": last.get((owner, number)),
        }
        for number in options["numbers"]
    ]


def file_hash(file: Path) -> str:
    """Return the SHA-256 of a file, lower-case hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _now() -> str:
    return datetime.fromtimestamp(now_ms() / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
