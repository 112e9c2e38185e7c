-- What a person wants to be told, and how. Hours are local to the person's country.
CREATE TABLE notice_settings (
    person TEXT PRIMARY KEY,
    way TEXT NOT NULL,
    mail TEXT NOT NULL,
    uses_webhook INTEGER NOT NULL,
    least TEXT NOT NULL,
    quiet_from INTEGER NOT NULL,
    quiet_until INTEGER NOT NULL,
    digest_hour INTEGER NOT NULL,
    lang TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;
