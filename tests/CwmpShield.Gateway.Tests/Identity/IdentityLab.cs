using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Core.Wire;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Identity;

/// <summary>Authenticator and binder over a registry of their own, and what devices send them.</summary>
internal sealed class IdentityLab : IDisposable
{
    public const string User = "00AABB-HGW-SN1";

    private IdentityLab(RegistryLab registry)
    {
        Registry = registry;
        Authenticator = new DeviceAuthenticator(registry.Registry, Clock);
        Binder = new DeviceBinder(registry.Registry, Clock);
    }

    public static DeviceId Device => RegistryLab.Device;

    public TestClock Clock { get; } = new();

    public RegistryLab Registry { get; }

    public DeviceAuthenticator Authenticator { get; }

    public DeviceBinder Binder { get; }

    /// <summary>The listener that requests come in by.</summary>
    public ListenerOptions Listener { get; private set; } = new() { Name = "cpe" };

    public static async Task<IdentityLab> OpenAsync() => new(await RegistryLab.OpenAsync());

    public static CertificateFacts Certificate(string commonName = User, string key = "k1", DateTimeOffset? notBefore = null) =>
        new(key, [commonName], [], "01", notBefore ?? DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));

    public static CwmpMessage Inform(DeviceId? device, params ParameterMention[] parameters) => new()
    {
        Direction = Direction.CpeToAcs,
        Rpc = RpcKind.Inform,
        Role = MessageRole.Request,
        Name = "Inform",
        Envelope = new SoapEnvelope([], new SoapElement { LocalName = "Inform" }, "urn:dslforum-org:cwmp-1-0"),
        Device = device,
        Parameters = parameters,
    };

    public void Use(Func<ListenerIdentityOptions, ListenerIdentityOptions> change) =>
        Listener = Listener with { Identity = change(Listener.Identity) };

    public void UseListener(Func<ListenerOptions, ListenerOptions> change) => Listener = change(Listener);

    /// <summary>The first device, known by its certificate alone.</summary>
    public Task<RegisteredDevice> AddBareAsync() => Registry.AddAsync(new DeviceDraft { Device = Device });

    public async Task<AuthenticationOutcome> SendAsync(
        CertificateFacts? certificate = null,
        string? authorization = null,
        bool isTls = true,
        string target = "/") =>
        await Authenticator.AuthenticateAsync(
            new AuthenticationRequest(Listener, isTls, certificate, "POST", target, authorization is null ? [] : [authorization]),
            default);

    public async Task<ProvenIdentity> ProveAsync(CertificateFacts? certificate = null, string? authorization = null, bool isTls = true) =>
        Assert.IsType<AuthenticationOutcome.Proven>(await SendAsync(certificate, authorization, isTls)).Identity;

    /// <summary>The reason of a 401 or 403.</summary>
    public async Task<string> RefusalAsync(CertificateFacts? certificate = null, string? authorization = null, bool isTls = true, string target = "/") =>
        await SendAsync(certificate, authorization, isTls, target) switch
        {
            AuthenticationOutcome.Challenged challenged => "401 " + challenged.Reason,
            AuthenticationOutcome.Refused refused => "403 " + refused.Reason,
            var other => other.ToString()!,
        };

    /// <summary>The nonce of a fresh challenge.</summary>
    public async Task<string> NonceAsync(bool isTls = true)
    {
        var challenged = Assert.IsType<AuthenticationOutcome.Challenged>(await SendAsync(isTls: isTls));
        return Nonce(challenged.WwwAuthenticate);
    }

    public static string Nonce(string challenge)
    {
        var start = challenge.IndexOf("nonce=\"", StringComparison.Ordinal) + 7;
        return challenge[start..challenge.IndexOf('"', start)];
    }

    public async Task<BindingOutcome> BindAsync(ProvenIdentity proven, DeviceId? device = null, params ParameterMention[] parameters) =>
        await Binder.BindAsync(proven, Inform(device ?? Device, parameters), Listener, isAllowed: true, default);

    public async Task<string> BindRefusalAsync(ProvenIdentity proven, DeviceId? device = null) =>
        Assert.IsType<BindingOutcome.Refused>(await BindAsync(proven, device)).Reason;

    public async Task<RegisteredDevice> BoundAsync(ProvenIdentity proven, DeviceId? device = null, params ParameterMention[] parameters) =>
        Assert.IsType<BindingOutcome.Bound>(await BindAsync(proven, device, parameters)).Device;

    public void Dispose() => Registry.Dispose();
}
