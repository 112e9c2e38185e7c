UPDATE tokens SET revoked_at = ? WHERE account = ? AND revoked_at IS NULL
