"""What can be wrong with a value of the shared language.

QuipuFormatError
├── UnknownFormatError    the bytes are framed, by a schema that is not known here
├── BrokenFormatError     the bytes are not what their frame says
├── BadSignatureError     signature, key or topic do not fit the body
│   └── RevokedKeyError   they do, but the key is revoked
├── CannotOpenError       a sealed payload or a wrapped key does not open
└── ConfigRefusedError    a config entry that must not hold
"""


class QuipuFormatError(ValueError):
    """Base of all; `code` is stable, goes into receipts and rejects, and has words in every
    language (schemas/words).
    """

    code = "BROKEN_FORMAT"

    def __init__(self, detail: str, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code:
            self.code = code


class UnknownFormatError(QuipuFormatError):
    """To who sees it, a broken format: UNKNOWN_SCHEMA is said of items alone, which wait until
    config brings their schema.
    """


class BrokenFormatError(QuipuFormatError):
    code = "BROKEN_FORMAT"


class BadSignatureError(QuipuFormatError):
    code = "BAD_SIGNATURE"


class RevokedKeyError(BadSignatureError):
    """`body`: what the node meant to say, so that it can be told to sign it anew."""

    code = "KEY_REVOKED"

    def __init__(self, detail: str, body: bytes, node: str) -> None:
        super().__init__(detail)
        self.body, self.node = body, node


class CannotOpenError(QuipuFormatError):
    code = "CANNOT_OPEN"


class ConfigRefusedError(QuipuFormatError):
    code = "CONFIG_REFUSED"
