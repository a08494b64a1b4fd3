-- Where a release needs two operators: who has proposed it, for another to confirm. One for each held order; a decision takes it away.
CREATE TABLE held_proposal (
    held_id INTEGER NOT NULL PRIMARY KEY REFERENCES held_order (id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    hours INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
