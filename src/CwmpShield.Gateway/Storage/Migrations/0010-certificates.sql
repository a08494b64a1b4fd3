-- Certificates that devices have presented, one row each. Times are Unix milliseconds.
CREATE TABLE certificate_seen (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    spki_sha256 TEXT NOT NULL,
    subject TEXT NOT NULL,
    issuer TEXT NOT NULL,
    serial TEXT NOT NULL,
    key_kind TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    listener TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) STRICT;
CREATE INDEX certificate_seen_by_expiry ON certificate_seen (not_after, fingerprint, last_seen);
