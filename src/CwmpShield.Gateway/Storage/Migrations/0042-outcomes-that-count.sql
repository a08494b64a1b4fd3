-- What a transfer was taken into its rollout as, whatever became of it later: as a success, and as a failure when. proven: the device had proven who it is
-- when it was given the order; what anybody can have asked for in a device's name counts for nothing.
ALTER TABLE transfer ADD COLUMN succeeded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE transfer ADD COLUMN failed_at INTEGER;
ALTER TABLE transfer ADD COLUMN proven INTEGER NOT NULL DEFAULT 1;
UPDATE transfer SET succeeded = 1 WHERE counted = 1 AND status IN ('complete', 'confirmed', 'superseded');
UPDATE transfer SET failed_at = ended_at WHERE counted = 1 AND status IN ('failed', 'timed-out', 'mismatch');
ALTER TABLE transfer DROP COLUMN counted;
