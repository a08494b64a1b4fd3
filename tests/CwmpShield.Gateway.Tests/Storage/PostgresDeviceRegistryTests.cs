using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class PostgresDeviceRegistryTests() : DeviceRegistryTests(StoreEngine.Postgresql);
