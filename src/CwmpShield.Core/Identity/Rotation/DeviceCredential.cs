using System.Security.Cryptography;

namespace CwmpShield.Core.Identity.Rotation;

/// <summary>A user and a secret that go together. Printing one shows neither.</summary>
/// <param name="User">HTTP user; null for the device's own as its row or the listener's pattern has it.</param>
/// <param name="Secret">The secret; null where the gateway was never told it.</param>
/// <param name="Until">Until when it is good; null for as long as it is there.</param>
public sealed record DeviceCredential(string? User, StoredSecret? Secret, DateTimeOffset? Until = null)
{
    /// <summary>Whether it is good at <paramref name="now"/>.</summary>
    public bool IsGoodAt(DateTimeOffset now) => Until is not { } end || now < end;

    /// <summary>Whether both are one user and one secret; where a secret is stored as a hash only, the other's password is tried on it.</summary>
    /// <param name="other">The other credential.</param>
    /// <param name="ownUser">The user that null stands for.</param>
    public bool IsSame(DeviceCredential other, string ownUser = "") =>
        string.Equals(User ?? ownUser, other.User ?? ownUser, StringComparison.Ordinal) && IsSame(Secret, other.Secret, User ?? ownUser);

    /// <inheritdoc/>
    public override string ToString() => "(credential)";

    private static bool IsSame(StoredSecret? one, StoredSecret? other, string user) => (one, other) switch
    {
        _ when ReferenceEquals(one, other) => true,
        (StoredSecret.Ha1 a, StoredSecret.Ha1 b) => a.Algorithm == b.Algorithm
            && string.Equals(a.Realm, b.Realm, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(a.Hash.Span, b.Hash.Span),
        (StoredSecret.Password a, { } b) => CredentialVerifier.Verify(new HttpCredential.Basic(user, a.Utf8.ToArray()), b),
        ({ } a, StoredSecret.Password b) => CredentialVerifier.Verify(new HttpCredential.Basic(user, b.Utf8.ToArray()), a),
        (StoredSecret.Verifier a, StoredSecret.Verifier b) => CryptographicOperations.FixedTimeEquals(a.Hash.Span, b.Hash.Span),
        _ => false,
    };
}
