namespace CwmpShield.Core.Identity.Rotation;

/// <summary>
/// One credential of a device while it changes: which secrets are good now, and what each event does to them. A new secret never
/// takes the place of an old one before the device has used it through a whole session, because nobody else knows whether the device has
/// it: its answer may be lost, its restart may undo it, and the node that heard it may be gone. Immutable; every event gives a new state.
/// </summary>
public sealed record RotatingCredential
{
    /// <summary>No credential at all.</summary>
    public static RotatingCredential None { get; } = new();

    /// <summary>The device's own; null when the registry was told none.</summary>
    public DeviceCredential? Current { get; init; }

    /// <summary>The last that the device has acknowledged and not yet used through a whole session.</summary>
    public DeviceCredential? Acknowledged { get; init; }

    /// <summary>The last that was ordered and whose fate is not known.</summary>
    public DeviceCredential? Pending { get; init; }

    /// <summary>What an operator has replaced, while it is still good.</summary>
    public DeviceCredential? Previous { get; init; }

    /// <summary>What the device has after a factory reset.</summary>
    public DeviceCredential? Factory { get; init; }

    /// <summary>Whether a new credential is on its way.</summary>
    public bool IsRotating => Acknowledged is not null || Pending is not null;

    /// <summary>
    /// Every credential that a log-in may be held against at <paramref name="now"/>, newest first: where two are equal, the newest is the
    /// one that was used.
    /// </summary>
    /// <param name="now">The time.</param>
    public IEnumerable<(CredentialSlot Slot, DeviceCredential Credential)> LoginsAt(DateTimeOffset now)
    {
        (CredentialSlot Slot, DeviceCredential? Credential)[] all =
        [
            (CredentialSlot.Pending, Pending),
            (CredentialSlot.Acknowledged, Acknowledged),
            (CredentialSlot.Current, Current),
            (CredentialSlot.Previous, Previous),
            (CredentialSlot.Factory, Factory),
        ];
        foreach (var (slot, credential) in all)
        {
            if (credential is not null && credential.IsGoodAt(now))
            {
                yield return (slot, credential);
            }
        }
    }

    /// <summary>Whether what a connection has logged in with is still good; it may have been given up since.</summary>
    /// <param name="used">User and secret that it logged in with.</param>
    /// <param name="ownUser">The user that null stands for.</param>
    /// <param name="now">The time.</param>
    public bool IsStillGood(DeviceCredential used, string ownUser, DateTimeOffset now) => LoginsAt(now).Any(login => login.Credential.IsSame(used, ownUser));

    /// <summary>
    /// In which order the other side of the device may know them: what the device has acknowledged (else its own), what is pending, what
    /// was before. Each once.
    /// </summary>
    /// <param name="now">The time.</param>
    public IEnumerable<DeviceCredential> Believed(DateTimeOffset now)
    {
        List<DeviceCredential> given = [];
        foreach (var credential in new[] { Acknowledged, Acknowledged is null ? Current : null, Pending, Current, Previous })
        {
            if (credential is not null && credential.IsGoodAt(now) && !given.Exists(one => one.IsSame(credential)))
            {
                given.Add(credential);
                yield return credential;
            }
        }
    }

    /// <summary>
    /// An order goes to the device that sets <paramref name="next"/>. A pending one that the ordering session logged in with has arrived;
    /// any other pending one gives way.
    /// </summary>
    /// <param name="next">User and secret after the order.</param>
    /// <param name="session">What the session logged in with.</param>
    public RotatingCredential Ordered(DeviceCredential next, SessionCredential session) => this with
    {
        Acknowledged = session.Is(Pending) ? Pending : Acknowledged,
        Pending = next,
    };

    /// <summary>
    /// The device has answered that it has <paramref name="ordered"/> (status 0). Where the session logged in with the one that was acknowledged
    /// before, that one is the device's own now. An answer to an older order changes nothing.
    /// </summary>
    /// <param name="ordered">User and secret of the order.</param>
    /// <param name="session">What the session logged in with.</param>
    public RotatingCredential Confirmed(DeviceCredential ordered, SessionCredential session)
    {
        if (Pending is null || !Pending.IsSame(ordered))
        {
            return this;
        }

        var own = session.Is(Acknowledged) ? this with { Current = Acknowledged, Factory = FactoryAfter(session) } : this;
        return own with { Acknowledged = Pending, Pending = null };
    }

    /// <summary>
    /// The device has answered that it will have <paramref name="ordered"/>, after a restart maybe (status 1). It counts as acknowledged, unless
    /// another is: that one is what the device has until then.
    /// </summary>
    /// <param name="ordered">User and secret of the order.</param>
    /// <param name="session">What the session logged in with.</param>
    public RotatingCredential Committed(DeviceCredential ordered, SessionCredential session) =>
        Acknowledged is null ? Confirmed(ordered, session) : this;

    /// <summary>
    /// The device has answered with a fault, or never got the order: <paramref name="ordered"/> is none of its credentials, and what the order
    /// had displaced is pending again.
    /// </summary>
    /// <param name="ordered">User and secret of the order.</param>
    /// <param name="displaced">What was pending before the order; null for nothing, or where that is not known any more.</param>
    public RotatingCredential Cancelled(DeviceCredential ordered, DeviceCredential? displaced) =>
        Pending is not null && Pending.IsSame(ordered)
            ? this with { Pending = displaced is not null && Acknowledged is not null && displaced.IsSame(Acknowledged) ? null : displaced }
            : this;

    /// <summary>
    /// A whole session has used a credential: it is the device's own, and everything older is not good any more. A state in which it is not
    /// there any more stays as it is.
    /// </summary>
    /// <param name="session">What the session logged in with.</param>
    public RotatingCredential Used(SessionCredential session) =>
        session.Is(Pending) ? new RotatingCredential { Current = Pending! with { Until = null }, Factory = FactoryAfter(session) }
        : session.Is(Acknowledged) ? new RotatingCredential { Current = Acknowledged! with { Until = null }, Pending = Pending, Factory = FactoryAfter(session) }
        : session.Is(Current) && Previous is not null ? this with { Previous = null }
        : this;

    /// <summary>
    /// The device has answered that it has <paramref name="ordered"/>, where it is the gateway that logs in: nothing but a call can show more, so that
    /// it is the device's own at once. What was before is good until <paramref name="until"/>: an answer may come before the change.
    /// </summary>
    /// <param name="ordered">User and secret of the order.</param>
    /// <param name="until">End of what was before.</param>
    public RotatingCredential Taken(DeviceCredential ordered, DateTimeOffset until) => Pending is null || !Pending.IsSame(ordered)
        ? this
        : this with { Current = Pending, Pending = null, Previous = Current is null ? Previous : Current with { Until = until } };

    /// <summary>An operator gives the device another secret; the old ones are good until <paramref name="until"/>.</summary>
    public RotatingCredential Replaced(DeviceCredential next, DateTimeOffset until) => new()
    {
        Current = next,
        Previous = (Acknowledged ?? Current) is { } old ? old with { Until = until } : null,
        Factory = Factory,
    };

    /// <summary>Whether a whole session with this slot takes a device out of the bootstrap lane: the secret is one that was ordered.</summary>
    public static bool IsRotated(CredentialSlot? slot) => slot is CredentialSlot.Pending or CredentialSlot.Acknowledged;

    /// <inheritdoc/>
    public override string ToString() => "(credentials)";

    private DeviceCredential? FactoryAfter(SessionCredential session) => Factory ?? (session.IsBootstrap ? Current : null);
}

/// <summary>What a session has logged in with.</summary>
/// <param name="Used">User and secret; null for none of the device's own, e.g. a certificate.</param>
/// <param name="IsBootstrap">Whether the device is in the bootstrap lane: what it has had so far is what the factory gave it.</param>
public sealed record SessionCredential(DeviceCredential? Used, bool IsBootstrap = false)
{
    /// <summary>A session without any credential.</summary>
    public static SessionCredential None { get; } = new((DeviceCredential?)null);

    /// <summary>Whether it is <paramref name="credential"/>.</summary>
    public bool Is(DeviceCredential? credential) => Used is not null && credential is not null && credential.IsSame(Used);

    /// <inheritdoc/>
    public override string ToString() => "(credential)";
}
