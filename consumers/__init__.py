"""Store what was derived, answer questions, and prove the exchange."""

import infra as infra  # its setting for clickhouse-driver holds before that is first imported
