-- additive
-- Who writes a chain: a word that each process makes up when it begins. Two gateways of one node's name must not write side by side.
ALTER TABLE ledger_chain ADD COLUMN writer TEXT NOT NULL DEFAULT '';
