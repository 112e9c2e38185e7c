-- Where somebody signed in, so that people recognise their own sessions.
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
