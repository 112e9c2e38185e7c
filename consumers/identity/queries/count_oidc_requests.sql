SELECT count(*) FROM oidc_requests
