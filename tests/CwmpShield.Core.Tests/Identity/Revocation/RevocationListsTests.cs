using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>What the lists in use say of a certificate.</summary>
public sealed class RevocationListsTests : IDisposable
{
    private const string ScopeOid = "2.5.29.28";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly TestAuthority authority = new();

    [Fact]
    public void Tells_the_revoked_from_the_good()
    {
        var lists = Lists(new TestList(authority) { Serials = [[0x07]] });

        Assert.Equal(RevocationStanding.Revoked, lists.StandingOf(authority.Link(0x07), TestAuthority.Now, Hour));
        Assert.Equal(RevocationStanding.Good, lists.StandingOf(authority.Link(0x08), TestAuthority.Now, Hour));
    }

    [Fact]
    public void Knows_nothing_of_another_issuers_certificate()
    {
        using var other = new TestAuthority("CN=Other");
        Assert.Equal(RevocationStanding.Unknown, Lists(new TestList(authority)).StandingOf(other.Link(0x07), TestAuthority.Now, Hour));
    }

    [Fact]
    public void Counts_a_list_until_it_is_stale_and_its_revocations_beyond()
    {
        var lists = Lists(new TestList(authority) { Serials = [[0x07]], NextUpdate = TestAuthority.Now });

        Assert.Equal(RevocationStanding.Good, lists.StandingOf(authority.Link(0x08), TestAuthority.Now.AddMinutes(60), Hour));
        Assert.Equal(RevocationStanding.Stale, lists.StandingOf(authority.Link(0x08), TestAuthority.Now.AddMinutes(61), Hour));
        Assert.Equal(RevocationStanding.Revoked, lists.StandingOf(authority.Link(0x07), TestAuthority.Now.AddYears(1), Hour));
    }

    [Fact]
    public void Takes_a_later_list_in_the_place_of_an_earlier_one()
    {
        var lists = Lists(new TestList(authority) { Serials = [[0x07]], ThisUpdate = TestAuthority.Now.AddHours(-3) }, new TestList(authority));

        Assert.Equal(RevocationStanding.Good, lists.StandingOf(authority.Link(0x07), TestAuthority.Now, Hour));
        Assert.Single(lists.All);
    }

    [Fact]
    public void Refuses_to_forget_by_an_older_list()
    {
        var lists = Lists(Numbered(8) with { Serials = [[0x07]] });

        Assert.Null(lists.With(Numbered(7).Read()));
        Assert.Null(lists.With((Numbered(8) with { ThisUpdate = TestAuthority.Now.AddHours(-3) }).Read()));
        Assert.NotNull(lists.With((Numbered(9) with { ThisUpdate = TestAuthority.Now.AddHours(-3) }).Read()));
    }

    [Fact]
    public void Keeps_lists_for_devices_and_for_authorities_apart()
    {
        var lists = Lists(Scoped(writer => writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, 1))));
        Assert.Equal(RevocationStanding.Good, lists.StandingOf(authority.Link(0x08), TestAuthority.Now, Hour));
        Assert.Equal(RevocationStanding.Unknown, lists.StandingOf(authority.Link(0x08) with { IsAuthority = true }, TestAuthority.Now, Hour));

        lists = lists.With(Scoped(writer => writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, 2))).Read())!;
        Assert.Equal(2, lists.All.Count());
        Assert.Equal(RevocationStanding.Good, lists.StandingOf(authority.Link(0x08) with { IsAuthority = true }, TestAuthority.Now, Hour));
    }

    [Fact]
    public void Takes_a_part_of_a_list_for_the_certificates_that_name_it()
    {
        var lists = Lists(Scoped(writer => WritePoint(writer, "http://crl.example/1")));
        using var named = authority.Issue("CN=a", [0x21], CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://crl.example/1"]));
        using var other = authority.Issue("CN=b", [0x22], CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://crl.example/2"]));

        Assert.Equal(RevocationStanding.Good, lists.StandingOf(Link(named), TestAuthority.Now, Hour));
        Assert.Equal(RevocationStanding.Unknown, lists.StandingOf(Link(other), TestAuthority.Now, Hour));
        Assert.Equal(RevocationStanding.Unknown, lists.StandingOf(authority.Link(0x23), TestAuthority.Now, Hour));
    }

    [Fact]
    public void Forgets_the_lists_of_an_authority_that_left_the_bundle() =>
        Assert.Empty(Lists(new TestList(authority)).Of(new HashSet<IssuerName>()).All);

    [Fact]
    public void Finds_several_lists_in_one_file_beside_other_things()
    {
        using var other = new TestAuthority("CN=Other");
        var pem = $"""
            # lists of the operator
            {authority.Certificate.ExportCertificatePem()}
            {System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", new TestList(authority).ToDer())}
            {System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", new TestList(other).ToDer())}
            """;

        var found = RevocationListFile.Split(Encoding.UTF8.GetBytes(pem));

        Assert.Equal(2, found.Count);
        Assert.True(authority.Reader().TryRead(found[0], TestAuthority.Now, out _, out _));
        Assert.True(other.Reader().TryRead(found[1], TestAuthority.Now, out _, out _));
        Assert.Single(RevocationListFile.Split(new TestList(authority).ToDer()));
        Assert.Empty(RevocationListFile.Split("nothing here"u8.ToArray()));
    }

    [Fact]
    public void Holds_a_large_list_in_little_memory()
    {
        var serials = Enumerable.Range(0, 20_000).Select(i => (byte[])[0x40, .. BitConverter.GetBytes((long)i * 7919), .. new byte[7]]).ToList();
        var list = (new TestList(authority) { Serials = serials }).Read();

        Assert.Equal(20_000, list.Count);
        Assert.All(serials.Where((_, i) => i % 997 == 0), one => Assert.True(list.Contains(TestAuthority.Serial(one))));
        Assert.Equal(20, System.Runtime.InteropServices.Marshal.SizeOf<CertificateSerial>());
    }

    public void Dispose() => authority.Dispose();

    private static CertificateLink Link(X509Certificate2 certificate)
    {
        Assert.True(CertificateLink.TryRead(certificate, out var link));
        return link!;
    }

    private static RevocationLists Lists(params TestList[] lists) =>
        lists.Aggregate(RevocationLists.Empty, (all, list) => all.With(list.Read()) ?? throw new InvalidOperationException("older"));

    private TestList Numbered(int number) =>
        new(authority) { Extensions = [("2.5.29.20", false, TestList.Der(writer => writer.WriteInteger(number)))] };

    private TestList Scoped(Action<AsnWriter> write) => new(authority)
    {
        Extensions = [(ScopeOid, true, TestList.Der(writer =>
        {
            using var scope = writer.PushSequence();
            write(writer);
        }))],
    };

    private static void WritePoint(AsnWriter writer, string uri)
    {
        using var point = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        using var full = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6));
    }
}
