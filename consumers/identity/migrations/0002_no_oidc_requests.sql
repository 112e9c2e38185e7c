-- A sign-in that waits for the OIDC provider is kept by the browser alone, in a signed cookie: whoever
-- begins many of them fills nothing.
DROP TABLE oidc_requests;
