using System.Globalization;
using System.Net;

namespace CwmpShield.Bench.Peers;

/// <summary>A registered device with a certificate of its own.</summary>
/// <param name="Number">Its number in the fleet.</param>
/// <param name="CertificateFile">PEM file of certificate and key.</param>
internal sealed record BenchDevice(int Number, string CertificateFile)
{
    public const string Oui = "00AABB";
    public const string ProductClass = "HGW";

    /// <summary>Serial number of the device with a number.</summary>
    public static string SerialOf(int number) => string.Create(CultureInfo.InvariantCulture, $"SN{number:D8}");

    /// <summary>Its serial number.</summary>
    public string Serial => SerialOf(Number);

    /// <summary>The loopback address that it connects from, so that figures per address hold as they would in a network.</summary>
    public IPAddress Address => new([127, 1, (byte)(Number / 250), (byte)(Number % 250 + 1)]);
}
