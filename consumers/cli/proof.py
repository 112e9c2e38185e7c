"""`quipu proof`: prove that a bundle is in the log, and check such a proof without the exchange."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from infra.command_line import argument, command, group, option
from infra.errors import ProofError
from infra.exchange_log.bundle_proof import bundle_name, prove_bundle, public_keys
from infra.settings import Settings
from schemas.checkpoint.inclusion import CheckedProof, check_proof, read_keys, read_proof
from schemas.errors import BadSignatureError, QuipuFormatError
from schemas.hidden_characters import make_visible
from schemas.i18n import UserMessage, _
from schemas.model import Cord

EXIT_UNPROVED = 1
_BUNDLE = re.compile(r"([a-z0-9-]{1,40})/([a-z]{1,20})/([0-9]{1,9})/([0-9]{1,18})")


@group("proof", help=_("Prove that a bundle is in the log, and check such a proof off-line."))
def proof_group() -> None:
    """Offer `make`, `check` and `keys`."""


@command("make", help=_("Write the proof of a bundle (node/lane/epoch/number) to the output."))
@argument("bundle")
@click.pass_obj
def make_command(settings: Settings, bundle: str) -> None:
    """Read the log, and write the proof."""
    match = _BUNDLE.fullmatch(bundle)
    if match is None:
        raise ProofError(
            _("`{bundle}` names no bundle.", bundle=bundle),
            _("Write it as node/lane/epoch/number, as in co-ponal/routine/1/0."),
            "BUNDLE_UNKNOWN",
        )
    node, lane, epoch, sequence = match.groups()
    proof = prove_bundle(settings, Cord(node, lane, int(epoch)), int(sequence))
    click.echo(str(proof), nl=False)


@command("keys", help=_("Write the public keys that proofs are checked with, a key a line."))
@click.pass_obj
def keys_command(settings: Settings) -> None:
    """Write the keys of the mechanism and of the nodes."""
    click.echo(str(public_keys(settings)), nl=False)


@command("check", help=_("Check a proof with public keys alone. Exit code 0 if it holds."))
@argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--keys",
    required=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Public keys, as `quipu proof keys` writes them, from somebody whom you trust."),
)
@click.pass_obj
def check_command(settings: Settings, file: Path, keys: Path) -> None:
    """Check a file; nothing is read but the two files."""
    try:
        proof = read_proof(file.read_text(encoding="utf-8"))
        checked = check_proof(proof, read_keys(keys.read_text(encoding="utf-8")))
        name = bundle_name(proof.content)
    except BadSignatureError as error:
        text = _("The proof does not hold: {reason}.", reason=error.detail)
        click.echo(f"✗ {text.in_language(settings.lang)}", err=True)
        sys.exit(EXIT_UNPROVED)
    except (QuipuFormatError, UnicodeDecodeError) as error:
        raise ProofError(
            _("{file} or {keys} cannot be read: {error}.", file=file, keys=keys, error=error),
            _("Make the proof again with `quipu proof make`, the keys with `quipu proof keys`."),
            "PROOF_UNREADABLE",
        ) from error
    for text in _lines(name, proof.index, checked):
        click.echo(text.in_language(settings.lang))
    if not checked.seen_by:
        text = _(
            "No witness of these keys countersigned it. It may be another history than the one "
            "that the countries have: ask for a newer proof."
        )
        click.echo(f"✗ {text.in_language(settings.lang)}", err=True)
        sys.exit(EXIT_UNPROVED)


def _lines(name: str, index: int, checked: CheckedProof) -> list[UserMessage]:
    place = _(
        "Bundle {name} is message {number} of {size} in {tree}, signed by the mechanism.",
        name=make_visible(name),
        number=index + 1,
        size=checked.checkpoint.size,
        tree=checked.origin,
    )
    return [
        place,
        *(
            _("✓ {node} countersigned it, {at}", node=node, at=_time(seen_at_s))
            for node, seen_at_s in sorted(checked.seen_by.items())
        ),
    ]


def _time(at_s: int) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC):%Y-%m-%d %H:%M} UTC"


for _command in (make_command, check_command, keys_command):
    proof_group.add_command(_command)
commands: list[click.Command] = [proof_group]
