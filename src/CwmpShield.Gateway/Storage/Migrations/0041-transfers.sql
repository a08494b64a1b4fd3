-- Orders that tell devices to fetch or to send, and what came of them. artefact, sha256 and version are empty where no manifest lists the file.
-- previous: the version that the device informed when it was ordered. verified: the device was given the mirror's URL. counted: the outcome was taken into the rollout.
CREATE TABLE transfer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    oui TEXT NOT NULL,
    product_class TEXT NOT NULL,
    serial_number TEXT NOT NULL,
    rpc TEXT NOT NULL,
    command_key TEXT NOT NULL,
    artefact TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    url TEXT NOT NULL,
    version TEXT NOT NULL,
    previous TEXT NOT NULL,
    firmware INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    status TEXT NOT NULL,
    fault INTEGER NOT NULL DEFAULT 0,
    counted INTEGER NOT NULL DEFAULT 0,
    ordered_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX transfer_by_device ON transfer (serial_number, product_class, oui, id);
CREATE INDEX transfer_by_expiry ON transfer (expires_at) WHERE status IN ('ordered', 'complete');
CREATE INDEX transfer_by_end ON transfer (ended_at);

-- How far an artefact has come. failures: devices that failed since the rollout began or was resumed at failures_from; limit_percent: share of failures
-- above which it halts, as the last order's manifest has it.
CREATE TABLE rollout (
    artefact TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'running',
    reason TEXT NOT NULL DEFAULT '',
    ticket TEXT NOT NULL DEFAULT '',
    since INTEGER NOT NULL,
    orders INTEGER NOT NULL DEFAULT 0,
    successes INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    failures_from INTEGER NOT NULL,
    limit_percent INTEGER NOT NULL DEFAULT 100,
    PRIMARY KEY (artefact, sha256)
) STRICT;
