"""Name what can go wrong in the embedded ClickHouse, and what a client receives.

ClickHouseError        carries ClickHouse's own code and is sent to the client as an exception
packet
├── EngineError        raised by the engine while it ran a query
├── RefusedStatementError  what the embedded engine does not do, or not for this client
└── ProtocolError      bytes that are not the native protocol; the connection is closed afterwards
DataFolderError        the server cannot start on this data folder
"""

import re

NO_SUCH_COLUMN_IN_TABLE = 16
NOT_IMPLEMENTED = 48
LOGICAL_ERROR = 49
SYNTAX_ERROR = 62
UNEXPECTED_PACKET_FROM_CLIENT = 101
INCORRECT_DATA = 117
UNKNOWN_SETTING = 115
TOO_MANY_CONNECTIONS = 203
QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING = 216
ABORTED = 236
QUERY_WAS_CANCELLED = 394
ACCESS_DENIED = 497
AUTHENTICATION_FAILED = 516
UNKNOWN_EXCEPTION = 1002

_CODE = re.compile(r"\s*Code: (\d+)\. DB::Exception: ")
_VERSION = re.compile(r" \(version [\w.]+(?: \([^)]*\))?\)\.?")


class ClickHouseError(Exception):
    """An error with a code of ClickHouse and a message in English, as ClickHouse's are.

    The codes are those of src/Common/ErrorCodes.cpp.
    """

    def __init__(self, code: int, message: str) -> None:
        """Keep the code together with the message."""
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def fatal(self) -> bool:
        """Whether the engine has crashed inside this process and will answer nothing more."""
        return self.code == ABORTED and "fatal error" in self.message


class EngineError(ClickHouseError):
    """The engine refused or failed to run a query."""

    @classmethod
    def parse(cls, raw: str) -> "EngineError":
        """Take chDB's text apart.

        Its form: `Code: 47. DB::Exception: ... (UNKNOWN_IDENTIFIER) (version ...)`.
        """
        code, message = UNKNOWN_EXCEPTION, raw
        while match := _CODE.match(message):
            code, message = int(match.group(1)), message[match.end() :]
        return cls(code, _VERSION.sub("", message))


class RefusedStatementError(ClickHouseError):
    """The embedded engine does not support this, or not for this client."""


class ProtocolError(ClickHouseError):
    """The client sent bytes that cannot be understood."""

    def __init__(self, message: str, code: int = INCORRECT_DATA) -> None:
        """Say what was wrong with the bytes."""
        super().__init__(code, message)


class DataFolderError(Exception):
    """The data folder is in use or cannot be used; the message says by whom and what to do."""
