-- What a device's Informs have taught beside what the registry knew already.
ALTER TABLE device ADD COLUMN last_source TEXT;
ALTER TABLE device ADD COLUMN highest_software_version TEXT NOT NULL DEFAULT '';

-- Lists are paged by id. There is no index by last_seen: each Inform would have to write it.
CREATE INDEX device_by_oui ON device (oui, id);
CREATE INDEX device_by_status ON device (status, id);
CREATE INDEX device_by_strength ON device (required_strength, id);
CREATE INDEX device_by_model ON device (model, id);
