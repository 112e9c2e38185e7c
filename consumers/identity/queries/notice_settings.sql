SELECT person, way, mail, uses_webhook, least, quiet_from, quiet_until, digest_hour, lang, since
FROM notice_settings ORDER BY person
