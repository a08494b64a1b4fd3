-- What a device's Informs and its transport have taught. Times are Unix milliseconds.
ALTER TABLE device ADD COLUMN last_source TEXT;
ALTER TABLE device ADD COLUMN highest_software_version TEXT NOT NULL DEFAULT '';

-- Where it listens for connection requests: the address, when and from whom (an Inform, an operator) it was learned, and how often it has changed.
ALTER TABLE device ADD COLUMN request_url TEXT;
ALTER TABLE device ADD COLUMN request_url_at INTEGER;
ALTER TABLE device ADD COLUMN request_url_source TEXT;
ALTER TABLE device ADD COLUMN request_url_generation INTEGER NOT NULL DEFAULT 0;

-- Lists are paged by id.
CREATE INDEX device_by_oui ON device (oui, id);
CREATE INDEX device_by_status ON device (status, id);
CREATE INDEX device_by_strength ON device (required_strength, id);
CREATE INDEX device_by_model ON device (model, id);
CREATE INDEX device_by_last_seen ON device (last_seen, id);
