"""Say what to do next, a sentence for each finding: the runbook's line, read at 3 a.m.

docs/operator.md has the details under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping

from schemas.i18n import UserMessage, _

REMEDIES: Mapping[str, UserMessage] = {
    "kafka_away": _(
        "quipu status. If kafka is down, read logs/kafka-server.log. Nodes keep "
        "their records: nothing is lost."
    ),
    "kafka_s": _("Check load and disk of Kafka's machine (top, iostat)."),
    "behind_s": _(
        "A broker is down or too slow. Look at the brokers before another one fails: quipu doctor."
    ),
    "refusing": _(
        "Start the brokers that are down. Until then nodes keep their records: nothing is lost."
    ),
    "few_copies": _("Give each topic of the log three copies: docs/production.md, Kafka."),
    "few_acknowledging": _("Set min.insync.replicas=2 on the topics of the log: quipu doctor."),
    "unclean": _("Set unclean.leader.election.enable=false on these topics: quipu doctor."),
    "small_messages": _("Run quipu init: it sets what a bundle of records needs."),
    "late": _("It was killed, or its machine is unreachable. Start quipu up there."),
    "superfluous": _("Another process does its work. Stop it, or leave it as a reserve."),
    "other_release": _("Upgrade every machine of the mechanism, then the nodes."),
    "other_generation": _("Start it again: it reads which generation serves."),
    "clock_s": _("Set the clocks of that machine and of the brokers by NTP: quipu doctor."),
    "disk_free": _("Enlarge the disk now. Delete nothing of the log."),
    "store_away": _(
        "quipu status. Read logs/clickhouse.log. The log does not depend on it: "
        "quipu rebuild builds the tables again."
    ),
    "store_s": _("Check load and disk. A very long query? Read logs/clickhouse.log."),
    "parts": _("Does the sink write tiny batches? Restart it and read logs/sink.log."),
    "down": _(
        "The supervisor restarts it. If it is not back in a minute: quipu logs {name} --level "
        "error."
    ),
    "young_s": _("Nothing to do: it works again. Why it ended: quipu logs {name}."),
    "ends": _(
        "Do not only restart it. Read why it ends: quipu logs {name} --level error --since 1h."
    ),
    "memory": _(
        "It has too little memory. Stop what else takes memory, or enlarge the machine; then it "
        "restarts by itself."
    ),
    "killed": _("Who kills it? Look at the memory (dmesg, free -m) and ask who works here."),
    "silent_s": _("Wait a minute: the supervisor restarts it. If not, kill -9 PID."),
    "still_s": _("Wait: it restarts by itself (1–3 min). If it stops again, read its log."),
    "lost": _(
        "Kafka dropped messages before they were read. Set retention.ms=-1 (quipu doctor), then "
        "quipu rebuild reads the whole log again."
    ),
    "lag_unknown": _("Repeat in a minute. If it stays unknown, check load and disk of Kafka."),
    "mended": _("Nothing to do: the sender sent them again, and they were accepted."),
    "signing_key": _(
        "Was its key rotated or revoked on purpose? Then at the node: quipu node rotate, quipu "
        "send. If nobody did that, somebody else writes: call now."
    ),
    "undelivered_s": _(
        "Check alert_webhook, alert_smtp and their secrets: quipu config check, quipu logs monitor."
    ),
    "rss": _("Restart it (kill PID): nothing is lost. If it grows again, report it with its log."),
    "nobody": _("Start it with quipu up. In production, start the service."),
    "lag_s": _(
        "If it falls, wait. If it rises, read the log of the process, or start "
        "more: quipu up --workers 2."
    ),
    "canary_s": _("Check the lag of intake, correlate and sink."),
    "never_heard": _("Is it installed? At the node, run quipu send NODE and read the answer."),
    "heard_s": _("Call its contact. At the node: quipu send NODE."),
    "beats_missed": _("Does the canary run (logs/canary.log)? Does the node reach Kafka?"),
    "gap_s": _(
        "At the node: quipu send NODE sends what is missing. If the gap stays: "
        "an old copy? quipu node epoch."
    ),
    "alarm": _(
        "quipu rejects explain CODE. Somebody writes without permission, or a copy runs. Call now."
    ),
    "rejected": _(
        "quipu rejects --node NODE shows them. The sender knows already and corrects them."
    ),
    "pending": _("quipu rejects redrive. It waits until config brings the schema."),
    "unsent_s": _("quipu send NODE. If nothing goes out, does the node reach Kafka?"),
    "unanswered_s": _(
        "quipu send NODE reads answers. If they do not come, check the lag of intake."
    ),
    "overdue_records": _(
        "quipu retention list --node {name}. Extend each with its reason; what is not needed goes "
        "with quipu retention run --node {name}."
    ),
    "records_soon_due": _(
        "quipu retention list --node {name}. Extend what is still needed; the rest expires."
    ),
    "outbox": _("Keep the file. Check disk and permissions, or restore it and open another epoch."),
    "flood": _(
        "Call its contact: a wrong import, or somebody hides something. Indicators of others hold."
    ),
    "broken_tree": _(
        "Run quipu verify now. Stop the exchange, keep the disks as they are, call all countries."
    ),
    "two_histories": _(
        "quipu verify --node NODE shows it. Keep the outbox; call the mechanism and the others."
    ),
    "poison": _("quipu rejects explain CODE says where it is and what to do."),
}
