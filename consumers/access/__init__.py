"""Say who asks over HTTP, and let nobody else in: hosts, sessions, tokens, gateway, OIDC."""
