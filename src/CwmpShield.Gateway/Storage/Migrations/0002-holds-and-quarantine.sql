-- Orders that a rule holds until an operator decides. The digest is the order without its ID and keys; no value is kept.
CREATE TABLE held_order (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    oui TEXT NOT NULL,
    product_class TEXT NOT NULL,
    serial_number TEXT NOT NULL,
    digest TEXT NOT NULL,
    rpc TEXT NOT NULL,
    rules TEXT NOT NULL,
    subjects TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('held', 'released', 'passed', 'rejected')),
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    times INTEGER NOT NULL,
    release_until INTEGER,
    ticket TEXT NOT NULL DEFAULT '',
    UNIQUE (oui, product_class, serial_number, digest)
) STRICT;
CREATE INDEX held_order_by_age ON held_order (last_seen);

-- A release must not outlive its device: another one may get its name.
CREATE TRIGGER held_order_of_removed_device AFTER DELETE ON device
BEGIN
    DELETE FROM held_order WHERE oui = OLD.oui AND product_class = OLD.product_class AND serial_number = OLD.serial_number;
END;

-- Why a device has its status, and since when.
ALTER TABLE device ADD COLUMN status_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN status_since INTEGER;
