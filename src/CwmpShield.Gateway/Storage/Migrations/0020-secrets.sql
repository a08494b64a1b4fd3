-- A secret has its purpose and state in one word: login, login-pending, login-acknowledged, login-previous, login-factory, and the same for
-- connection-request. The word is part of the seal, and the seal names the master key that made it.
-- user_name: the HTTP user that goes with it, NULL for the device's own. expires_at: until when it is good, NULL for as long as it is there.
-- fingerprint: keyed hash of the secret, equal for equal secrets. weakness: why it was known to be weak when it was taken, NULL when it was not.
ALTER TABLE device_secret ADD COLUMN user_name TEXT;
ALTER TABLE device_secret ADD COLUMN created_at INTEGER;
ALTER TABLE device_secret ADD COLUMN expires_at INTEGER;
ALTER TABLE device_secret ADD COLUMN fingerprint INTEGER;
ALTER TABLE device_secret ADD COLUMN weakness TEXT;
CREATE INDEX device_secret_by_fingerprint ON device_secret (fingerprint, device_id);
CREATE INDEX device_secret_by_user ON device_secret (user_name) WHERE user_name IS NOT NULL;
CREATE INDEX device_secret_by_weakness ON device_secret (weakness) WHERE weakness IS NOT NULL;

-- Keys that outlive the master key, sealed under it: they make fingerprints and verifiers, which cannot be made anew from what is stored.
CREATE TABLE store_key (
    name TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT;

-- Where an import stands: the file's bytes up to the last committed line, and their hash.
CREATE TABLE import_progress (
    path TEXT NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    line INTEGER NOT NULL,
    counts TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
