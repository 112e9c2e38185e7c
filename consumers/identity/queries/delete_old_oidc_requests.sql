DELETE FROM oidc_requests WHERE expires_at <= ?
