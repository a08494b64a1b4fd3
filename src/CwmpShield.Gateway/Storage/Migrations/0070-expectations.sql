-- What allowed orders left a device with, and where it reports something else. name: a parameter, an object (ends with a dot), or SoftwareVersion. form: the
-- type that it was ordered as, or present, absent, version. same and mac are keyed hashes: of the value in one spelling, and as it was written; shown and
-- observed_shown are the values where they may be shown. pending: the session that must be over first. drift: empty where it fits.
CREATE TABLE expectation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    oui TEXT NOT NULL,
    product_class TEXT NOT NULL,
    serial_number TEXT NOT NULL,
    name TEXT NOT NULL,
    form TEXT NOT NULL,
    same TEXT NOT NULL,
    mac TEXT NOT NULL,
    shown TEXT,
    pending TEXT NOT NULL,
    ordered_at INTEGER NOT NULL,
    drift TEXT NOT NULL DEFAULT '',
    observed_mac TEXT NOT NULL DEFAULT '',
    observed_shown TEXT,
    since INTEGER,
    seen INTEGER,
    UNIQUE (serial_number, product_class, oui, name)
) STRICT;
CREATE INDEX expectation_drifting ON expectation (id) WHERE drift <> '';

-- What was expected of a device must not be expected of another one that gets its name.
CREATE TRIGGER expectation_of_removed_device AFTER DELETE ON device
BEGIN
    DELETE FROM expectation WHERE oui = OLD.oui AND product_class = OLD.product_class AND serial_number = OLD.serial_number;
END;
