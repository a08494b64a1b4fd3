-- The device registry. Times are Unix milliseconds; keys are never reused.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- An HTTP user that several devices have in common: a fleet on its way to identities of its own.
CREATE TABLE shared_user (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    sealed BLOB
) STRICT;

CREATE TABLE device (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    oui TEXT NOT NULL,
    product_class TEXT NOT NULL,
    serial_number TEXT NOT NULL,
    http_user TEXT UNIQUE,
    shared_user_id INTEGER REFERENCES shared_user (id),
    migration_until INTEGER,
    status TEXT NOT NULL CHECK (status IN ('disabled', 'active', 'quarantined', 'bootstrap')),
    required_strength INTEGER NOT NULL,
    model TEXT NOT NULL,
    software_version TEXT NOT NULL,
    first_seen INTEGER,
    last_seen INTEGER,
    UNIQUE (oui, product_class, serial_number)
) STRICT;

-- A name may be a serial number alone, or OUI and serial number.
CREATE INDEX device_by_serial ON device (serial_number);
CREATE INDEX device_by_shared_user ON device (shared_user_id);

CREATE TABLE device_group (
    device_id INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (device_id, name)
) STRICT;
CREATE INDEX device_group_by_name ON device_group (name, device_id);

-- One key belongs to one device; a device may have several while certificates are renewed.
CREATE TABLE device_key (
    spki_sha256 TEXT NOT NULL PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL
) STRICT;
CREATE INDEX device_key_by_device ON device_key (device_id);

-- Secrets are sealed with AES-256-GCM; owner and purpose are bound into the seal.
CREATE TABLE device_secret (
    device_id INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (device_id, purpose)
) STRICT;
