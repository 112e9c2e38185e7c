-- A one-time password that was set before the given time opens nothing any more.
SELECT CASE WHEN must_change_password AND changed_at < ? THEN NULL ELSE password_hash END
FROM accounts WHERE name = ?
