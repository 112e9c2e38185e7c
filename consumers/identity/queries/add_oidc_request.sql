INSERT INTO oidc_requests (state, browser, nonce, verifier, back, expires_at)
VALUES (?, ?, ?, ?, ?, ?)
