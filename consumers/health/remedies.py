"""What to do next, a sentence a finding: the runbook's line, read at 3 a.m. docs/operator.md has
the details under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping

from schemas.i18n import UserMessage, _

REMEDIES: Mapping[str, UserMessage] = {
    "kafka_away": _(
        "quipu status; if kafka is down, look at logs/kafka.log. Nodes keep what "
        "is theirs: nothing is lost."
    ),
    "kafka_s": _("Look at load and disk of Kafka's machine (top, iostat)."),
    "disk_free": _("Grow the disk now; delete nothing of the log."),
    "store_away": _(
        "quipu status; look at logs/clickhouse.log. The log does not hang on it: "
        "quipu rebuild makes the tables anew."
    ),
    "store_s": _("Look at load and disk; a very long query? logs/clickhouse.log."),
    "parts": _("Does the sink write tiny batches? Restart it, look at logs/sink.log."),
    "down": _("The supervisor starts it again; not back in a minute: logs/<process>.log."),
    "young_s": _("Read in logs/<process>.log why it ended; if it repeats, do not just restart."),
    "silent_s": _("Wait a minute: the supervisor restarts it. If not, kill -9 PID."),
    "still_s": _("Wait: it restarts by itself (1–3 min). If it stops again, look at its log."),
    "rss": _("Restart it (kill PID): nothing is lost. Report with its log if it grows again."),
    "nobody": _("Start it by quipu up; in production, start the service."),
    "lag_s": _(
        "Falling? Wait. Rising? Look at the process's log; more than one can do: "
        "quipu up --workers 2."
    ),
    "canary_s": _("Look at the lag of intake, correlate and sink, above."),
    "never_heard": _("Was it installed? At the node: quipu send NODE, and see what it says."),
    "heard_s": _("Call its contact point; at the node: quipu send NODE."),
    "beats_missed": _("Does the canary run (logs/canary.log)? Does the node reach Kafka?"),
    "gap_s": _(
        "At the node: quipu send NODE (sends what is missing). Stays: an old "
        "copy? quipu node epoch."
    ),
    "alarm": _(
        "quipu rejects explain CODE; somebody writes what is not theirs, or a copy runs. Call now."
    ),
    "rejected": _("quipu rejects --node NODE; the sender knows already and corrects it."),
    "pending": _("quipu rejects redrive; it waits for config to bring the schema."),
    "unsent_s": _("quipu send NODE; if it does not go, does it reach Kafka?"),
    "unanswered_s": _("quipu send NODE (reads answers); if they stay, look at intake's lag."),
    "outbox": _("Keep the file; check disk and rights, or restore it and open another epoch."),
    "poison": _("quipu rejects explain CODE says where it is and what is done."),
}
