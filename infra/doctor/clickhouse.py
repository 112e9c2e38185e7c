"""Examine ClickHouse: whether it lets each of our users in, its release, and its clock."""

from __future__ import annotations

from clickhouse_driver.errors import Error as DriverError

from infra.clickhouse.client import LOST_CONNECTION, connect
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.doctor.check import Check, CheckResult
from infra.errors import QuipuError
from infra.settings import Settings
from schemas.i18n import _

CLOCK_MS = 2_000
_CLICKHOUSE = _("ClickHouse")
_REMEDY = _("Check address, user, password file and TLS: `quipu config show` lists them.")


def check_clickhouse(settings: Settings) -> list[Check]:
    """Examine the engine as reader, writer and migrator."""
    checks = []
    for user in StoreUser:
        client = None
        try:
            client = connect(settings, user, connect_timeout=5)
            ((release, its_ms),) = client.execute_once(
                "SELECT version(), toUnixTimestamp64Milli(now64(3))"
            )
        except QuipuError as error:
            checks.append(Check(_CLICKHOUSE, CheckResult.FAILED, error.message, error.remedy))
        except (DriverError, *LOST_CONNECTION) as error:
            seen = _(
                "{host}:{port} refuses {user} ({kind}).",
                host=settings.clickhouse_host,
                port=settings.clickhouse_port,
                user=user.value,
                kind=type(error).__name__,
            )
            checks.append(Check(_CLICKHOUSE, CheckResult.FAILED, seen, _REMEDY))
        else:
            seen = _("Release {release} answers {user}.", release=release, user=user.value)
            checks.append(Check(_CLICKHOUSE, CheckResult.OK, seen))
            if user is StoreUser.READER:
                checks.append(_clock(int(its_ms) - now_ms()))
        finally:
            if client is not None:
                client.disconnect()
    return checks


def _clock(ahead_ms: int) -> Check:
    seen = _("ClickHouse's clock differs by {ms} ms from this one.", ms=abs(ahead_ms))
    if abs(ahead_ms) <= CLOCK_MS:
        return Check(_("clock"), CheckResult.OK, seen)
    return Check(_("clock"), CheckResult.FAILED, seen, _("Set both by NTP."))
