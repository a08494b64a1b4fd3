using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Core.Tests.Identity.Rotation;

/// <summary>Which secrets log in, event by event.</summary>
public sealed class RotatingCredentialTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeviceCredential Old = Credential("old");
    private static readonly DeviceCredential A = Credential("a");
    private static readonly DeviceCredential B = Credential("b");
    private static readonly DeviceCredential C = Credential("c");
    private static readonly SessionCredential OldUsed = With(Old);
    private static readonly RotatingCredential Start = new() { Current = Old };

    [Fact]
    public void Lets_old_and_pending_log_in_from_the_order_on() => Assert.Equal("pending:a current:old", Words(Start.Ordered(A, OldUsed)));

    [Fact]
    public void Keeps_both_when_the_device_acknowledges() =>
        Assert.Equal("acknowledged:a current:old", Words(Start.Ordered(A, OldUsed).Confirmed(A, SessionCredential.None)));

    [Fact]
    public void Keeps_both_when_the_device_will_apply_it_later() =>
        Assert.Equal("acknowledged:a current:old", Words(Start.Ordered(A, OldUsed).Committed(A, SessionCredential.None)));

    [Fact]
    public void Keeps_what_the_device_has_beside_what_it_will_apply_later() =>
        Assert.Equal("pending:b acknowledged:a current:old", Words(Start.Ordered(A, SessionCredential.None).Confirmed(A, SessionCredential.None).Ordered(B, SessionCredential.None).Committed(B, SessionCredential.None)));

    [Fact]
    public void Cancels_on_a_fault() => Assert.Equal("current:old", Words(Start.Ordered(A, OldUsed).Cancelled(A, null)));

    [Fact]
    public void Gives_back_what_a_cancelled_order_had_displaced()
    {
        var lost = Start.Ordered(A, OldUsed);

        Assert.Equal("pending:a current:old", Words(lost.Ordered(B, OldUsed).Cancelled(B, lost.Pending)));
    }

    [Fact]
    public void Keeps_the_last_acknowledged_and_the_last_pending_of_several()
    {
        var state = Start.Ordered(A, SessionCredential.None).Confirmed(A, SessionCredential.None).Ordered(B, SessionCredential.None).Confirmed(B, SessionCredential.None).Ordered(C, SessionCredential.None);

        Assert.Equal("pending:c acknowledged:b current:old", Words(state));
        Assert.Equal("pending:b current:old", Words(Start.Ordered(A, OldUsed).Ordered(B, OldUsed)));
    }

    [Fact]
    public void Keeps_a_pending_one_that_the_ordering_session_has_logged_in_with() =>
        Assert.Equal("pending:b acknowledged:a current:old", Words(Start.Ordered(A, OldUsed).Ordered(B, With(A))));

    [Fact]
    public void Drops_everything_older_once_a_whole_session_has_used_the_new_one()
    {
        var state = Start.Ordered(A, SessionCredential.None).Confirmed(A, SessionCredential.None).Ordered(B, SessionCredential.None);

        Assert.Equal("pending:b current:a", Words(state.Used(With(A))));
        Assert.Equal("current:b", Words(state.Used(With(B))));
        Assert.Equal("pending:b acknowledged:a current:old", Words(state.Used(OldUsed)));
    }

    [Fact]
    public void Takes_one_that_was_acknowledged_during_the_session_that_used_it() =>
        Assert.Equal("current:a", Words(Start.Ordered(A, SessionCredential.None).Confirmed(A, SessionCredential.None).Used(With(A))));

    [Fact]
    public void Takes_what_the_session_logged_in_with_for_the_old_one_when_the_next_is_acknowledged()
    {
        var state = Start.Ordered(A, OldUsed).Ordered(B, With(A, true)).Confirmed(B, With(A, true));

        Assert.Equal("acknowledged:b current:a factory:old", Words(state));
        Assert.Equal("acknowledged:c current:a factory:old", Words(state.Ordered(C, With(A)).Confirmed(C, With(A))));
    }

    [Fact]
    public void Ignores_events_of_what_is_not_there_any_more()
    {
        var state = Start.Ordered(A, SessionCredential.None).Ordered(B, SessionCredential.None);

        Assert.Same(state, state.Confirmed(A, SessionCredential.None));
        Assert.Same(state, state.Committed(A, SessionCredential.None));
        Assert.Same(state, state.Cancelled(A, null));
        Assert.Same(state, state.Used(With(A)));
        Assert.Same(state, state.Used(With(C)));
        Assert.Same(Start, Start.Used(With(A)));
    }

    [Fact]
    public void Keeps_what_the_factory_gave_for_the_time_after_a_reset()
    {
        var rotated = Start.Ordered(A, OldUsed).Used(With(A, true));

        Assert.Equal("current:a factory:old", Words(rotated));
        Assert.Equal("current:b factory:old", Words(rotated.Ordered(B, With(Old, true)).Used(With(B, true))));
    }

    [Fact]
    public void Refuses_what_an_operator_has_replaced_after_its_window()
    {
        var state = Start.Ordered(A, SessionCredential.None).Confirmed(A, SessionCredential.None).Replaced(B, Now.AddHours(1));

        Assert.Equal("current:b previous:a", Words(state));
        Assert.Equal("current:b", Words(state, Now.AddHours(1)));
        Assert.Equal("current:b", Words(state.Used(With(B))));
        Assert.Equal("current:b previous:a", Words(state.Used(With(A))));
    }

    [Theory]
    [InlineData("old", "old")]
    [InlineData("old a?", "old a")]
    [InlineData("old a", "a old")]
    [InlineData("old a b?", "a b old")]
    [InlineData("old old?", "old")]
    public void Tells_the_ACS_s_side_what_it_may_know_each_once(string orders, string expected)
    {
        var words = orders.Split(' ');
        var state = new RotatingCredential { Current = Credential(words[0]) };
        foreach (var word in words[1..])
        {
            var next = Credential(word.TrimEnd('?'));
            state = word.EndsWith('?') ? state.Ordered(next, SessionCredential.None) : state.Ordered(next, SessionCredential.None).Confirmed(next, SessionCredential.None);
        }

        Assert.Equal(expected, string.Join(' ', state.Believed(Now).Select(Text)));
    }

    [Fact]
    public void Knows_a_secret_by_its_hash_and_tells_users_apart()
    {
        var ha1 = new StoredSecret.Ha1(DigestHash.Md5, "r", DigestInput.Hash(DigestHash.Md5, "u", "r", "old"u8));
        var verifier = StoredSecret.Verifier.Of(RandomNumberGenerator.GetBytes(32), "old"u8);

        Assert.True(new DeviceCredential("u", ha1).IsSame(new DeviceCredential("u", Old.Secret)));
        Assert.True(new DeviceCredential(null, Old.Secret).IsSame(new DeviceCredential("u", ha1), "u"));
        Assert.True(new DeviceCredential("u", verifier).IsSame(new DeviceCredential("u", verifier)));
        Assert.False(new DeviceCredential("u", verifier).IsSame(new DeviceCredential("u", ha1)));
        Assert.False(new DeviceCredential("u", Old.Secret).IsSame(new DeviceCredential("v", Old.Secret)));
        Assert.False(new DeviceCredential("u", ha1).IsSame(new DeviceCredential("u", A.Secret)));
        Assert.False(new DeviceCredential("u", null).IsSame(new DeviceCredential("u", A.Secret)));
        Assert.True(new DeviceCredential("u", null).IsSame(new DeviceCredential("u", null)));
    }

    [Fact]
    public void Shows_nothing_when_printed()
    {
        Assert.DoesNotContain("old", $"{Start} {Old} {Old.Secret}", StringComparison.Ordinal);
    }

    internal static DeviceCredential Credential(string password) => new(null, new StoredSecret.Password(Encoding.UTF8.GetBytes(password)));

    internal static string Text(DeviceCredential credential) => Encoding.UTF8.GetString(((StoredSecret.Password)credential.Secret!).Utf8.Span);

    private static SessionCredential With(DeviceCredential used, bool isBootstrap = false) => new(used, isBootstrap);

    private static string Words(RotatingCredential state, DateTimeOffset? now = null) =>
        string.Join(' ', state.LoginsAt(now ?? Now).Select(login => $"{login.Slot.ToString().ToLowerInvariant()}:{Text(login.Credential)}"));
}
