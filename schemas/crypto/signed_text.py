"""Sign a text that people read, as a note of C2SP (signed-note): the text, then signatures.

    Certificado de supresión …

    — co-ponal q5iDwHZl...

Whoever has the key's public half checks it, with this product or any other that reads such notes.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schemas.checkpoint.signed_note import SIGNATURE, key_id_of
from schemas.errors import BadSignatureError, BrokenFormatError

_DASH = "— "


def sign_text(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """Return the note of a text that ends with a line break and has no empty line.

    `name`: whose key it is. Raises BrokenFormatError for another text.
    """
    if not text.endswith("\n") or "\n\n" in text:
        raise BrokenFormatError("a signed text ends with a line break and has no empty line")
    return add_signature(f"{text}\n", name, key)


def add_signature(note: str, name: str, key: Ed25519PrivateKey) -> str:
    """Return a note with one signature more of its text. `name`: whose key it is."""
    text = note.partition("\n\n")[0] + "\n"
    content = key_id_of(name, key.public_key(), SIGNATURE) + key.sign(text.encode())
    return f"{note}{_DASH}{name} {base64.b64encode(content).decode()}\n"


def verify_text(note: str, name: str, key: Ed25519PublicKey) -> str:
    """Return the text of a note that this key signed.

    Raises BrokenFormatError, BadSignatureError.
    """
    text, blank, rest = note.partition("\n\n")
    if not blank:
        raise BrokenFormatError("a note is a text, an empty line and its signatures")
    text += "\n"
    expected = key_id_of(name, key, SIGNATURE)
    for line in rest.splitlines():
        content = _content(line, name)
        if content[:4] == expected:
            try:
                key.verify(content[4:], text.encode())
            except InvalidSignature as error:
                raise BadSignatureError("the text is not what was signed") from error
            return text
    raise BadSignatureError(f"no signature of {name} with this key")


def _content(line: str, name: str) -> bytes:
    """Return the bytes of a signature line of this name; empty for another line."""
    prefix = f"{_DASH}{name} "
    if not line.startswith(prefix):
        return b""
    try:
        return base64.b64decode(line.removeprefix(prefix), validate=True)
    except binascii.Error:
        return b""
