-- Artefacts that operators have withdrawn, by name or SHA-256. Times are Unix milliseconds.
CREATE TABLE artefact_withdrawal (
    artefact     TEXT NOT NULL PRIMARY KEY,
    reason       TEXT NOT NULL,
    withdrawn_at INTEGER NOT NULL,
    withdrawn_by TEXT NOT NULL
) STRICT;
