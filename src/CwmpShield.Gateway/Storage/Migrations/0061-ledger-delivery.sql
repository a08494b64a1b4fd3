-- Up to where a receiver of a node's records has been served. What stands behind it may be removed by a prune; what stands before it is not delivered.
CREATE TABLE ledger_delivery (
    receiver TEXT NOT NULL,
    chain INTEGER NOT NULL REFERENCES ledger_chain (id),
    seq INTEGER NOT NULL,
    checkpoint INTEGER NOT NULL,
    PRIMARY KEY (receiver, chain)
) STRICT;
