-- The ledger: one hash chain a node. body is what is hashed; the columns beside it are read out of it, to be found by. hash: SHA-256 over the hash
-- before it and body. Nothing here is ever updated, and only a prune deletes.
CREATE TABLE ledger_chain (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    node TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE ledger (
    chain INTEGER NOT NULL REFERENCES ledger_chain (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    refused INTEGER NOT NULL,
    device TEXT NOT NULL,
    model TEXT NOT NULL,
    session TEXT NOT NULL,
    source TEXT NOT NULL,
    message TEXT NOT NULL,
    verdict TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (chain, seq)
) STRICT;
CREATE INDEX ledger_by_time ON ledger (at, chain, seq);
CREATE INDEX ledger_by_refusal ON ledger (at, chain, seq) WHERE refused = 1;
CREATE INDEX ledger_by_device ON ledger (device, at) WHERE device <> '';
CREATE INDEX ledger_by_session ON ledger (session) WHERE session <> '';
CREATE INDEX ledger_by_actor ON ledger (at, chain, seq) WHERE actor <> '';
-- What a node has signed: that record seq of its chain has this hash.
CREATE TABLE ledger_checkpoint (
    chain INTEGER NOT NULL REFERENCES ledger_chain (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    head BLOB NOT NULL,
    key_id TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (chain, seq)
) STRICT;
-- Public keys that checkpoints were signed with. Who verifies brings the key that he trusts.
CREATE TABLE ledger_key (
    id TEXT NOT NULL PRIMARY KEY,
    public_key BLOB NOT NULL
) STRICT;
-- Records by hour, written with them: pictures of years are drawn from these. No evidence: verify counts them anew.
CREATE TABLE ledger_tally (
    hour INTEGER NOT NULL,
    chain INTEGER NOT NULL REFERENCES ledger_chain (id),
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    verdict TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    model TEXT NOT NULL,
    strength TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (hour, chain, kind, message, verdict, rule, reason, model, strength)
) STRICT;
