-- Changes of rules, manifests and configuration, starts and ends of nodes, drift and the like stand far apart among orders and refusals, and are looked for by kind.
CREATE INDEX ledger_by_kind ON ledger (kind, at, chain, seq) WHERE refused = 0 AND kind NOT IN ('order-intent', 'order-outcome', 'mirror-rewrite');
