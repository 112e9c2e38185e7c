"""Make every Kafka client of the product: kafka-python's, aiokafka's and Faust's connection.

No other module constructs one (a rule of the linter holds it), so all of them prove who they are,
and check the server, in the same way. kafka-python repeats a refused login for half a minute and
then reports a time-out; the functions here log in once beforehand and say what is wrong. The
libraries have no types, so the clients are `Any`.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from infra.kafka import compressed_batches, login
from infra.kafka.errors import tls_files_unusable
from infra.kafka_access import KafkaAccess, KafkaSecurity
from infra.keys.credentials import read_password

if TYPE_CHECKING:
    from faust.types.auth import CredentialsT

compressed_batches.install()

# They warn of a password over plaintext at each login; the settings let none leave the machine.
for _logger in ("kafka.net.sasl.plain", "kafka.net.sasl.scram"):
    logging.getLogger(_logger).setLevel(logging.ERROR)
logging.getLogger("aiokafka.conn").addFilter(lambda record: "in the clear" not in record.msg)

_KNOW_TOPICS_WITHIN_S = 10.0
_ASK_AGAIN_S = 0.02
_recent_login = login.RecentLogin()


def open_consumer(access: KafkaAccess, *topics: str, **options: object) -> Any:
    """Connect kafka-python's consumer; `options` are its own. Raises KafkaError."""
    consumer = KafkaConsumer(*topics, **_checked_options(access), **options)
    let_ask_at_once(consumer._cluster)
    return consumer


def open_group_member(access: KafkaAccess, *topics: str, **options: object) -> Any:
    """Connect a consumer that knows its topics before it joins its group. Raises KafkaError.

    kafka-python forgets that it must ask for them where an earlier answer is still on its way.
    A member that leads its group then assigns no partition to anybody, and asks again only when
    what it knows is old: after five minutes.
    """
    consumer = open_consumer(access, *topics, **options)
    try:
        _await_topics(consumer, topics)
    except KafkaError:
        consumer.close(autocommit=False)
        raise
    return consumer


def open_producer(access: KafkaAccess, **options: object) -> Any:
    """Connect kafka-python's producer; `options` are its own. Raises KafkaError."""
    return KafkaProducer(**_checked_options(access), **options)


def open_admin(access: KafkaAccess, **options: object) -> Any:
    """Connect kafka-python's administrative client; `options` are its own. Raises KafkaError."""
    return KafkaAdminClient(**_checked_options(access), **options)


def make_async_consumer(access: KafkaAccess, **options: object) -> Any:
    """Make aiokafka's consumer, which `start` connects; `options` are its own."""
    return AIOKafkaConsumer(**_options(access), **options)


def make_async_producer(access: KafkaAccess, **options: object) -> Any:
    """Make aiokafka's producer, which `start` connects; `options` are its own."""
    return AIOKafkaProducer(**_options(access), **options)


def faust_connection(access: KafkaAccess) -> tuple[str, CredentialsT | None]:
    """Return what `faust.App` takes as `broker` and as `broker_credentials`."""
    import faust  # here, because it takes long and only the worker needs it

    security, servers = access.security, access.bootstrap.replace(",", ";")
    protocol, context = security.security_protocol, _tls_context(security)
    credentials: CredentialsT | None = None
    if protocol.has_login:
        credentials = faust.SASLCredentials(
            mechanism=security.sasl_mechanism.value,
            username=security.username,
            password=_password(security),
            ssl_context=context,
        )
    elif protocol.has_tls:
        credentials = faust.SSLCredentials(context)
    return f"kafka://{servers}", credentials


def let_ask_at_once(cluster: Any) -> None:
    """Let a new consumer of kafka-python ask at once for the topics that it will read.

    Its first question names no topic, and it asks again 100 ms later at the earliest, whatever is
    set. The pause after every later question stays. `cluster`: what the client knows of Kafka.
    """
    cluster._last_refresh_ms = 0


def _await_topics(consumer: Any, topics: Sequence[str]) -> None:
    """Wait until a consumer knows the partitions of its topics. Raises KafkaError."""
    deadline = time.monotonic() + _KNOW_TOPICS_WITHIN_S
    while unknown := [topic for topic in topics if not consumer.partitions_for_topic(topic)]:
        if time.monotonic() > deadline:
            raise KafkaTimeoutError(f"Kafka says nothing of the topics {', '.join(unknown)}")
        time.sleep(_ASK_AGAIN_S)


def _checked_options(access: KafkaAccess) -> dict[str, Any]:
    """Return the options of a client after a login. Raises KafkaAccessError."""
    options = _options(access)
    _recent_login.check(access, options)
    return options


def _options(access: KafkaAccess) -> dict[str, Any]:
    """Return the options that kafka-python and aiokafka name alike."""
    security = access.security
    options: dict[str, Any] = {
        "bootstrap_servers": access.bootstrap,
        "security_protocol": security.security_protocol.value,
        "ssl_context": _tls_context(security),
    }
    if security.security_protocol.has_login:
        options |= {
            "sasl_mechanism": security.sasl_mechanism.value,
            "sasl_plain_username": security.username,
            "sasl_plain_password": _password(security),
        }
    return options


def _password(security: KafkaSecurity) -> str:
    return read_password(security.password_file or Path())


def _tls_context(security: KafkaSecurity) -> ssl.SSLContext | None:
    if not security.security_protocol.has_tls:
        return None
    try:
        context = ssl.create_default_context(cafile=security.ca_file)
        if security.cert_file:
            context.load_cert_chain(security.cert_file, security.key_file)
    except (OSError, ssl.SSLError) as error:
        paths = (security.ca_file, security.cert_file, security.key_file)
        raise tls_files_unusable([path for path in paths if path], error) from error
    return context
