"""Say in clear words why Kafka does not let a client in, or does not let it do something."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kafka.errors import AuthorizationError, KafkaError

from infra.errors import QuipuError
from infra.kafka_access import KafkaAccess
from schemas.i18n import _


class KafkaAccessError(QuipuError, KafkaError):  # type: ignore[misc]  # KafkaError has no types
    """Kafka refuses the login, or the user lacks a permission.

    It is a KafkaError too, so that what outlives a broker's absence outlives a wrong password.
    """

    code = "KAFKA_ACCESS"

    def __str__(self) -> str:
        """Return message and remedy in English."""
        return Exception.__str__(self)


def login_refused(access: KafkaAccess, why: str) -> KafkaAccessError:
    """Return the error for a user name or password that Kafka does not accept."""
    security = access.security
    return KafkaAccessError(
        _(
            "Kafka at {access} refused the user {username} ({why}).",
            access=access,
            username=security.username,
            why=why,
        ),
        _(
            "Compare kafka_username and the password in {file} with what the operator of Kafka "
            "gave you. The embedded Kafka's passwords are made again by `quipu up`.",
            file=security.password_file,
        ),
        "KAFKA_LOGIN",
    )


def login_demanded(access: KafkaAccess) -> KafkaAccessError:
    """Return the error for a server that closes the connection of a client without a login."""
    return KafkaAccessError(
        _(
            "Kafka at {access} closed the connection, which uses {protocol}.",
            access=access,
            protocol=access.security.security_protocol,
        ),
        _(
            "It probably demands TLS or a login: set kafka_security_protocol, kafka_username and "
            "kafka_password_file as its operator says."
        ),
        "KAFKA_LOGIN",
    )


def tls_failed(access: KafkaAccess, why: Exception) -> KafkaAccessError:
    """Return the error for a TLS handshake that fails, with what TLS says."""
    return KafkaAccessError(
        _(
            "No encrypted connection to Kafka at {access} can be made: {why}.",
            access=access,
            why=str(why) or type(why).__name__,
        ),
        _(
            "Compare kafka_security_protocol, kafka_ca_file and, for mTLS, kafka_cert_file and "
            "kafka_key_file with the broker's listener."
        ),
        "KAFKA_TLS",
    )


def tls_files_unusable(paths: Sequence[Path], why: Exception) -> KafkaAccessError:
    """Return the error for certificate or key files that TLS cannot use."""
    return KafkaAccessError(
        _(
            "The certificates for Kafka cannot be used ({paths}): {why}.",
            paths=", ".join(map(str, paths)),
            why=why,
        ),
        _("Correct kafka_ca_file, kafka_cert_file and kafka_key_file: PEM, the key unencrypted."),
        "KAFKA_TLS",
    )


def explain_kafka_error(error: KafkaError, access: KafkaAccess) -> QuipuError:
    """Return the clear form of an error of Kafka's client that no command foresaw."""
    if isinstance(error, QuipuError):
        return error
    if isinstance(error, AuthorizationError):
        return denied(error, access)
    return QuipuError(
        _("Kafka at {access} does not answer ({kind}).", access=access, kind=type(error).__name__),
        _("Start everything with `quipu up` (or check QUIPU_KAFKA), and repeat."),
        "KAFKA_AWAY",
    )


def denied(error: AuthorizationError, access: KafkaAccess) -> KafkaAccessError:
    """Return the clear form of an error that a missing permission raised."""
    return KafkaAccessError(
        _(
            "Kafka's user {username} may not do this: {error}.",
            username=access.security.username or access.security.security_protocol,
            error=" ".join([error.message, *map(str, error.args)]),
        ),
        _(
            "docs/reference/kafka-access.md lists what each process needs. `quipu up` grants it "
            "on the embedded Kafka; elsewhere the operator of Kafka does."
        ),
        "KAFKA_DENIED",
    )
