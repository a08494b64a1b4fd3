-- Who may use the console. password: a versioned PBKDF2 string, no password.
CREATE TABLE console_account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'auditor')),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    password TEXT NOT NULL,
    password_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    signed_in_at INTEGER
) STRICT;

-- Signed-in browsers, by SHA-256 of what their cookie holds.
CREATE TABLE console_session (
    digest TEXT NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES console_account (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX console_session_by_account ON console_session (account_id);
CREATE INDEX console_session_by_age ON console_session (created_at);

-- Addresses from which an account has signed in: there, failures of strangers elsewhere don't lock it out.
CREATE TABLE console_familiar (
    account_id INTEGER NOT NULL REFERENCES console_account (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    signed_in_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, source)
) STRICT;

-- What machines show in place of an account, by SHA-256 of the token.
CREATE TABLE console_token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL CHECK (scope IN ('metrics', 'console')),
    role TEXT NOT NULL CHECK (role IN ('viewer', 'auditor')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
