"""Define what can be wrong with a value of the shared language.

QuipuFormatError
├── UnknownFormatError    the bytes are framed, by a schema that is not known here
├── BrokenFormatError     the bytes are not what their frame says
├── BadSignatureError     signature, key or topic do not fit the body
│   └── RevokedKeyError   they do, but the key is revoked
├── CannotOpenError       a sealed payload or a wrapped key does not open
├── ConfigRefusedError    a config entry that must not hold
└── ReaderRefusedError    a reader that cannot be

PrivateKeyMissingError is no fault of a value: this machine has not all keys of the mechanism.
"""

from schemas.i18n import UserMessage


class PrivateKeyMissingError(LookupError):
    """This machine lacks a private key of the mechanism, so it must not judge what needs it."""

    def __init__(self, public: bytes) -> None:
        """Name the key by its public half, 32 bytes."""
        super().__init__(f"no private key for the public key {public.hex()[:16]}")


class QuipuFormatError(ValueError):
    """Say what is wrong with a value.

    `code` is stable: it goes into receipts and rejects, and has words in every language
    (schemas/words). `detail` is for an engineer, in English and free of personal content.
    """

    code = "BROKEN_FORMAT"

    def __init__(self, detail: str, code: str | None = None) -> None:
        """Keep the detail, and the code where it is not that of the class."""
        super().__init__(detail)
        self.detail = detail
        if code:
            self.code = code


class UnknownFormatError(QuipuFormatError):
    """The bytes are framed by a schema that is not known here.

    Its code is that of a broken format: UNKNOWN_SCHEMA is the code of items alone, which wait until
    config brings their schema.
    """


class BrokenFormatError(QuipuFormatError):
    """The bytes are not what their frame says, or a record does not fit its schema."""

    code = "BROKEN_FORMAT"


class BadSignatureError(QuipuFormatError):
    """The signature, the key or the topic does not fit the body."""

    code = "BAD_SIGNATURE"


class RevokedKeyError(BadSignatureError):
    """The signature is good, but its key was revoked before; `node` is whose key it is."""

    code = "KEY_REVOKED"

    def __init__(self, detail: str, node: str) -> None:
        """Keep the node's name: the receipt asks it to sign again."""
        super().__init__(detail)
        self.node = node


class CannotOpenError(QuipuFormatError):
    """A sealed payload or a wrapped key does not open."""

    code = "CANNOT_OPEN"


class ConfigRefusedError(QuipuFormatError):
    """A config entry, a schema or a code list must not hold."""

    code = "CONFIG_REFUSED"


class ReaderRefusedError(QuipuFormatError):
    """A reader cannot be; the message says which part is wrong and what to write instead."""

    code = "READER"

    def __init__(self, message: UserMessage) -> None:
        """Keep the message; the detail is its English text."""
        super().__init__(str(message))
        self.message = message
