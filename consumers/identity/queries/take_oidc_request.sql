DELETE FROM oidc_requests WHERE state = ? RETURNING browser, nonce, verifier, back, expires_at
