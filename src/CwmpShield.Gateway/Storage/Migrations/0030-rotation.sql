-- Further states of a secret: login-acknowledged (the device has said that it has it) and login-factory (what it has after a factory reset;
-- it opens the bootstrap lane and nothing else), and the same for connection-request.
-- When the last FactoryReset that the gateway let pass went to the device; NULL again once its bootstrap has come. Unix milliseconds.
ALTER TABLE device ADD COLUMN factory_reset_at INTEGER;
