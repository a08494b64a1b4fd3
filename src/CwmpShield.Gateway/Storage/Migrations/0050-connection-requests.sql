-- How devices are called. url and udp are what was checked and may be called, empty where refusal and udp_refusal say why not; place is host and
-- port of the URL: one device at a time is there. generation: of the broker URL that ACSs are told; a revocation adds one.
CREATE TABLE device_endpoint (
    device_id INTEGER NOT NULL PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    url TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    observed INTEGER NOT NULL DEFAULT 0,
    refusal TEXT NOT NULL DEFAULT 'endpoint-missing',
    udp TEXT NOT NULL DEFAULT '',
    udp_observed INTEGER NOT NULL DEFAULT 0,
    udp_refusal TEXT NOT NULL DEFAULT 'endpoint-missing',
    generation INTEGER NOT NULL DEFAULT 0,
    learned_at INTEGER,
    calls INTEGER NOT NULL DEFAULT 0,
    taken INTEGER NOT NULL DEFAULT 0,
    answered INTEGER NOT NULL DEFAULT 0,
    unanswered INTEGER NOT NULL DEFAULT 0,
    last_call_at INTEGER,
    last_outcome TEXT NOT NULL DEFAULT '',
    last_latency INTEGER
) STRICT;
CREATE INDEX device_endpoint_by_place ON device_endpoint (place) WHERE place <> '';
CREATE INDEX device_endpoint_by_udp ON device_endpoint (udp) WHERE udp <> '';
CREATE INDEX device_endpoint_by_refusal ON device_endpoint (refusal, device_id);
CREATE INDEX device_endpoint_by_unanswered ON device_endpoint (unanswered, device_id);
