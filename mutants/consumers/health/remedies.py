"""What to do next, a sentence a finding: the runbook's line, read at 3 a.m. docs/operator.md has
the details under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping

from infra.errors import Words

REMEDIES: Mapping[str, Words] = {
    "kafka_away": Words(
        "quipu status; si kafka está caído, mire logs/kafka.log. Los nodos guardan lo suyo: nada se pierde.",
        "quipu status; if kafka is down, look at logs/kafka.log. Nodes keep what is theirs: nothing is lost.",
    ),
    "kafka_s": Words(
        "Mire carga y disco de la máquina de Kafka (top, iostat).",
        "Look at load and disk of Kafka's machine (top, iostat).",
    ),
    "disk_free": Words(
        "Amplíe el disco ya; no borre nada del registro.",
        "Grow the disk now; delete nothing of the log.",
    ),
    "store_away": Words(
        "quipu status; mire logs/clickhouse.log. El registro no depende de él: quipu rebuild rehace las tablas.",
        "quipu status; look at logs/clickhouse.log. The log does not hang on it: quipu rebuild makes the tables anew.",
    ),
    "store_s": Words(
        "Mire carga y disco; ¿una consulta muy larga? logs/clickhouse.log.",
        "Look at load and disk; a very long query? logs/clickhouse.log.",
    ),
    "parts": Words(
        "¿El sink escribe lotes diminutos? Reinícielo y mire logs/sink.log.",
        "Does the sink write tiny batches? Restart it, look at logs/sink.log.",
    ),
    "down": Words(
        "El supervisor lo levanta; si no vuelve en un minuto, mire logs/<proceso>.log.",
        "The supervisor starts it again; not back in a minute: logs/<process>.log.",
    ),
    "young_s": Words(
        "Lea en logs/<proceso>.log por qué terminó; si se repite, no siga reiniciando.",
        "Read in logs/<process>.log why it ended; if it repeats, do not just restart.",
    ),
    "silent_s": Words(
        "Espere un minuto: el supervisor lo reinicia. Si no, mátelo (kill -9 PID).",
        "Wait a minute: the supervisor restarts it. If not, kill -9 PID.",
    ),
    "still_s": Words(
        "Espere: se reinicia solo (1–3 min). Si vuelve a parar, mire su log.",
        "Wait: it restarts by itself (1–3 min). If it stops again, look at its log.",
    ),
    "rss": Words(
        "Reinícielo (kill PID): no pierde nada. Avise con su log si vuelve a crecer.",
        "Restart it (kill PID): nothing is lost. Report with its log if it grows again.",
    ),
    "nobody": Words(
        "Arranque con quipu up; en producción, arranque el servicio.",
        "Start it by quipu up; in production, start the service.",
    ),
    "lag_s": Words(
        "¿Baja? Espere. ¿Sube? Mire el log del proceso; más trabajo del que cabe: quipu up --workers 2.",
        "Falling? Wait. Rising? Look at the process's log; more than one can do: quipu up --workers 2.",
    ),
    "canary_s": Words(
        "Mire el atraso de intake, correlate y sink, arriba.",
        "Look at the lag of intake, correlate and sink, above.",
    ),
    "never_heard": Words(
        "¿Se instaló? En el nodo: quipu send NODO, y mire qué dice.",
        "Was it installed? At the node: quipu send NODE, and see what it says.",
    ),
    "heard_s": Words(
        "Llame a su punto de contacto; en el nodo: quipu send NODO.",
        "Call its contact point; at the node: quipu send NODE.",
    ),
    "beats_missed": Words(
        "¿Corre el canario (logs/canary.log)? ¿Alcanza el nodo a Kafka?",
        "Does the canary run (logs/canary.log)? Does the node reach Kafka?",
    ),
    "gap_s": Words(
        "En el nodo: quipu send NODO (reenvía lo que falta). Persiste: ¿copia antigua? quipu node epoch.",
        "At the node: quipu send NODE (sends what is missing). Stays: an old copy? quipu node epoch.",
    ),
    "alarm": Words(
        "quipu rejects explain CÓDIGO; alguien escribe lo que no es suyo, o corre una copia. Llame ya.",
        "quipu rejects explain CODE; somebody writes what is not theirs, or a copy runs. Call now.",
    ),
    "rejected": Words(
        "quipu rejects --node NODO; el remitente ya lo sabe y lo corrige.",
        "quipu rejects --node NODE; the sender knows already and corrects it.",
    ),
    "pending": Words(
        "quipu rejects redrive; espera que la configuración traiga el esquema.",
        "quipu rejects redrive; it waits for config to bring the schema.",
    ),
    "unsent_s": Words(
        "quipu send NODO; si no sale, ¿alcanza a Kafka?",
        "quipu send NODE; if it does not go, does it reach Kafka?",
    ),
    "unanswered_s": Words(
        "quipu send NODO (lee respuestas); si siguen, mire el atraso de intake.",
        "quipu send NODE (reads answers); if they stay, look at intake's lag.",
    ),
    "outbox": Words(
        "Conserve el archivo; mire disco y permisos, o restáurelo y abra otra época.",
        "Keep the file; check disk and rights, or restore it and open another epoch.",
    ),
    "poison": Words(
        "quipu rejects explain CÓDIGO dice dónde está y qué se hace.",
        "quipu rejects explain CODE says where it is and what is done.",
    ),
}
