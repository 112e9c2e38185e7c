-- Who may ask. All times are ms since 1970 UTC; lists are JSON arrays of texts.
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    country TEXT NOT NULL,
    authority TEXT,
    roles TEXT NOT NULL,
    clearance TEXT NOT NULL,
    sharing_groups TEXT NOT NULL,
    exercises TEXT NOT NULL,
    state TEXT NOT NULL,
    must_change_password INTEGER NOT NULL,
    password_hash TEXT, -- argon2id; NULL: the account cannot sign in with a password
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Tokens of programs and of the command line. The secret itself is nowhere.
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE, -- SHA-256 of the token
    account TEXT NOT NULL REFERENCES accounts (name),
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    used_at INTEGER
) WITHOUT ROWID;

-- Signed-in people. `holder`: NULL for an account of ours, whose row is read at each request;
-- the account as the OIDC provider's claims gave it otherwise, as JSON.
CREATE TABLE sessions (
    hash BLOB PRIMARY KEY, -- SHA-256 of the cookie
    account TEXT NOT NULL,
    holder TEXT,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_of_account ON sessions (account);

-- Failures to sign in, by SHA-256 of an account's name or of an address.
CREATE TABLE attempts (
    subject BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    allowed_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Sign-ins that wait for the OIDC provider.
CREATE TABLE oidc_requests (
    state BLOB PRIMARY KEY, -- SHA-256 of the state
    browser BLOB NOT NULL, -- SHA-256 of the cookie of the browser that began it
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL, -- of PKCE
    back TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Random keys of this store; `forms` makes the tokens of forms.
CREATE TABLE store_keys (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

-- What was done with accounts, sessions and tokens: never changed, never deleted.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    address TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit is only appended to'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit is only appended to'); END;
