INSERT OR REPLACE INTO notice_settings
    (person, way, mail, uses_webhook, least, quiet_from, quiet_until, digest_hour, lang, since)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
