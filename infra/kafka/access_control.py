"""Give the embedded broker its users and permissions.

It compares what the broker has with what it should have, and changes the difference.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import closing
from typing import Any

import structlog
from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
    ScramMechanism,
    UserScramCredentialDeletion,
    UserScramCredentialUpsertion,
)

from infra.errors import StartError
from infra.kafka.clients import open_admin
from infra.kafka.policy import Grant
from infra.kafka_access import KafkaAccess
from schemas.i18n import _

log = structlog.get_logger(__name__)

_PRINCIPAL = "User:"
_ANY_HOST = "*"


def apply(
    access: KafkaAccess,
    passwords: Mapping[str, str],
    grants: Collection[Grant],
    keep: Collection[str],
) -> None:
    """Make the broker's users and permissions equal to these. `access` is a super user's.

    `passwords`: by user, set again. Users in `keep` keep the password they have; all others lose
    their login. Raises KafkaError, StartError.
    """
    with closing(open_admin(access)) as admin:
        _set_users(admin, passwords, keep)
        present = _present(admin)
        missing, surplus = set(grants) - present, present - set(grants)
        if missing:
            _check(admin.create_acls([_acl(grant) for grant in missing])["failed"])
        if surplus:
            admin.delete_acls([_filter(grant) for grant in surplus])
    log.info("kafka_access_set", users=len(passwords), granted=len(missing), withdrawn=len(surplus))


def _set_users(admin: Any, passwords: Mapping[str, str], keep: Collection[str]) -> None:
    known = set(admin.describe_user_scram_credentials())
    mechanism = ScramMechanism.SCRAM_SHA_512
    leaving = known - set(passwords) - set(keep)
    changes = [
        *(UserScramCredentialDeletion(user, mechanism) for user in sorted(leaving)),
        *(
            UserScramCredentialUpsertion(user, mechanism, password)
            for user, password in sorted(passwords.items())
        ),
    ]
    if changes:
        _check([error for error in admin.alter_user_scram_credentials(changes).values() if error])


def _present(admin: Any) -> set[Grant]:
    acls, _ = admin.describe_acls(
        ACLFilter(
            None,
            None,
            ACLOperation.ANY,
            ACLPermissionType.ANY,
            ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY),
        )
    )
    return {
        Grant(
            acl.principal.removeprefix(_PRINCIPAL),
            acl.resource_pattern.resource_type.name,
            acl.resource_pattern.resource_name,
            acl.resource_pattern.pattern_type is ACLResourcePatternType.PREFIXED,
            acl.operation.name,
        )
        for acl in acls
    }


def _acl(grant: Grant) -> ACL:
    return ACL(
        _PRINCIPAL + grant.user,
        _ANY_HOST,
        ACLOperation[grant.operation],
        ACLPermissionType.ALLOW,
        ResourcePattern(ResourceType[grant.resource], grant.name, _pattern_type(grant)),
    )


def _filter(grant: Grant) -> ACLFilter:
    return ACLFilter(
        _PRINCIPAL + grant.user,
        None,
        ACLOperation[grant.operation],
        ACLPermissionType.ANY,
        ResourcePatternFilter(ResourceType[grant.resource], grant.name, _pattern_type(grant)),
    )


def _pattern_type(grant: Grant) -> ACLResourcePatternType:
    return ACLResourcePatternType.PREFIXED if grant.is_prefix else ACLResourcePatternType.LITERAL


def _check(failures: Collection[object]) -> None:
    if failures:
        raise StartError(
            _("Kafka refused users or permissions: {why}", why="; ".join(map(str, failures))),
            _("Look at kafka-server.log in the folder of the logs."),
            "KAFKA_ACCESS",
        )
