-- Who looks at an attack asks next what else that rule stopped, and what else came from that address. Refusals are few among records.
CREATE INDEX ledger_refusal_by_rule ON ledger (rule, at, chain, seq) WHERE refused = 1;
CREATE INDEX ledger_refusal_by_source ON ledger (source, at, chain, seq) WHERE refused = 1;
