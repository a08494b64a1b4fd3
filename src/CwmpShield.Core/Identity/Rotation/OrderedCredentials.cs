using System.Text;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Identity.Rotation;

/// <summary>
/// The credentials that a SetParameterValues gives a device: those of its own ManagementServer object, TR-098 or TR-181, and of no other object
/// whose name ends alike. Null members are not in the order.
/// </summary>
/// <param name="Login">User and password with which the device logs in.</param>
/// <param name="ConnectionRequest">User and password with which it is called.</param>
/// <param name="IsAmbiguous">Whether the order sets one of them in both data models, and differently: nobody knows which the device takes.</param>
public sealed record OrderedCredentials(OrderedCredential? Login, OrderedCredential? ConnectionRequest, bool IsAmbiguous)
{
    /// <summary>Reads an order; null for one that sets none.</summary>
    public static OrderedCredentials? Read(CwmpMessage order)
    {
        if (order is not { IsOrder: true, Rpc: RpcKind.SetParameterValues })
        {
            return null;
        }

        string?[] found = new string?[4];
        var isAny = false;
        var isAmbiguous = false;
        foreach (var mention in order.Parameters)
        {
            if (mention is { Use: ParameterUse.Write, Value: { } value } && MemberOf(mention.Name) is { } member)
            {
                isAmbiguous |= found[(int)member] is { } other && !string.Equals(other, value, StringComparison.Ordinal);
                found[(int)member] = value;
                isAny = true;
            }
        }

        return isAny
            ? new OrderedCredentials(
                OrderedCredential.Of(found[(int)Member.Username], found[(int)Member.Password]),
                OrderedCredential.Of(found[(int)Member.ConnectionRequestUsername], found[(int)Member.ConnectionRequestPassword]),
                isAmbiguous)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => "(credentials)";

    /// <summary>Devices compare names in their own ways: what one of them may take for its ManagementServer counts as it.</summary>
    private static Member? MemberOf(string name)
    {
        var shape = ParameterPath.ShapeOf(name);
        var rest = shape.StartsWith("device.managementserver.", StringComparison.Ordinal) ? shape.AsSpan(24)
            : shape.StartsWith("internetgatewaydevice.managementserver.", StringComparison.Ordinal) ? shape.AsSpan(39)
            : default;
        return rest switch
        {
            "username" => Member.Username,
            "password" => Member.Password,
            "connectionrequestusername" => Member.ConnectionRequestUsername,
            "connectionrequestpassword" => Member.ConnectionRequestPassword,
            _ => null,
        };
    }

    private enum Member
    {
        Username = 0,
        Password,
        ConnectionRequestUsername,
        ConnectionRequestPassword,
    }
}

/// <summary>A user, a password, or both, as an order gives them. Printing one shows neither.</summary>
/// <param name="User">The user; null where the order leaves it.</param>
/// <param name="Password">The password; null where the order leaves it.</param>
public sealed record OrderedCredential(string? User, StoredSecret.Password? Password)
{
    /// <summary>Of the texts of an order; null where it has neither.</summary>
    public static OrderedCredential? Of(string? user, string? password) =>
        user is null && password is null ? null : new OrderedCredential(user, password is null ? null : new StoredSecret.Password(Encoding.UTF8.GetBytes(password)));

    /// <summary>
    /// User and secret after the order, where <paramref name="known"/> was there before; null where the secret is not known then: the order
    /// changes the user alone, and the password was never told, or is kept as a hash over the old user.
    /// </summary>
    /// <param name="known">What the device has before the order.</param>
    /// <param name="ownUser">The user that null stands for.</param>
    public DeviceCredential? Over(DeviceCredential? known, string ownUser)
    {
        var user = User is null ? known?.User : string.Equals(User, ownUser, StringComparison.Ordinal) ? null : User;
        if (Password is not null)
        {
            return new DeviceCredential(user, Password);
        }

        var isSameUser = string.Equals(user ?? ownUser, known?.User ?? ownUser, StringComparison.Ordinal);
        return known?.Secret is { } secret && (isSameUser || secret is not StoredSecret.Ha1) ? new DeviceCredential(user, secret) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => "(credential)";
}
