using System.Text;
using CwmpShield.Core.DataModel;

namespace CwmpShield.Core.Tests.DataModel;

public sealed class DataModelImportTests
{
    private const string Model = """
        <dm:document xmlns:dm="urn:broadband-forum-org:cwmp:datamodel-1-8">
          <dataType name="Level"><unsignedInt><range minInclusive="1" maxInclusive="9"/></unsignedInt></dataType>
          <dataType name="Low" base="Level"><unsignedInt><range maxInclusive="3"/></unsignedInt></dataType>
          <model name="Device:2.17">
            <object name="Device." access="readOnly"><parameter name="Rank" access="readWrite"><syntax><dataType ref="Low"/></syntax></parameter></object>
            <object name="Device.Pool.{i}." access="readWrite">
              <parameter name="Mode" access="readWrite"><description>One of &lt;these&gt;</description><syntax><string><enumeration value="On"/><enumeration value="Off"/></string></syntax></parameter>
              <parameter name="Servers" access="readWrite"><syntax><list><size maxLength="20"/></list><string><size maxLength="5"/></string></syntax></parameter>
              <parameter name="Key" access="readWrite"><syntax hidden="true"><hexBinary><size minLength="2" maxLength="4"/></hexBinary></syntax></parameter>
              <parameter name="Count" access="readOnly"><syntax><unsignedInt/></syntax></parameter>
              <parameter name="Offset" access="readWrite"><syntax><int/></syntax></parameter>
              <parameter name="On" access="readWrite"><syntax><boolean/></syntax></parameter>
            </object>
            <profile name="Baseline:1"><object ref="Device."><parameter ref="Rank"/></object></profile>
          </model>
        </dm:document>
        """;

    private static readonly DataModelIndex Index = new(Read(Model));

    [Theory]
    [InlineData("Device.Pool.3.Mode", "On", true)]
    [InlineData("Device.Pool.3.Mode", "Perhaps", false)]
    [InlineData("Device.Pool.3.Mode", "X_ACME_Perhaps", true)]
    [InlineData("Device.Pool.3.Servers", "a,bcdef", true)]
    [InlineData("Device.Pool.3.Servers", "a,bcdefg", false)]
    [InlineData("Device.Pool.3.Key", "00ff", true)]
    [InlineData("Device.Pool.3.Key", "00", false)]
    [InlineData("Device.Pool.3.Key", "zz", false)]
    [InlineData("Device.Pool.3.Offset", "-5", true)]
    [InlineData("Device.Pool.3.Offset", "2147483648", false)]
    [InlineData("Device.Pool.3.On", "yes", false)]
    [InlineData("Device.Rank", "1", true)]
    [InlineData("Device.Rank", "4", false)]
    [InlineData("Device.Rank", "0", false)]
    public void Knows_what_a_parameter_admits(string name, string value, bool admits) => Assert.Equal(admits, Index.Find(name)!.Admits(value));

    [Fact]
    public void Knows_access_hidden_values_and_what_is_not_there()
    {
        Assert.Null(Index.Find("Device.Pool."));
        Assert.True(Index.Find("Device.Pool.1.")!.Writable);
        Assert.False(Index.Find("Device.Pool.1.Count")!.Writable);
        Assert.True(Index.Find("device.pool.[a].key")!.Hidden);
        Assert.False(Index.Knows("Device.Pool.1.Other"));
    }

    [Fact]
    public void Places_a_service_under_both_roots()
    {
        var index = new DataModelIndex(Read("<d><model name=\"V:2\" isService=\"true\"><object name=\"VoiceService.{i}.\" access=\"readOnly\"><parameter name=\"Enable\" access=\"readWrite\"><syntax><boolean/></syntax></parameter></object></model></d>"));

        Assert.True(index.Knows("Device.Services.VoiceService.1.Enable"));
        Assert.True(index.Knows("InternetGatewayDevice.Services.VoiceService.1.Enable"));
    }

    [Fact]
    public void Reads_back_what_it_writes()
    {
        var writer = new StringWriter();
        DataModelText.Write(Read(Model), writer);

        var back = DataModelText.Read(writer.ToString(), line => Assert.Fail($"line {line}")).ToList();

        Assert.Equal(Read(Model).Count, back.Count);
        Assert.Equal<string>(["On", "Off"], back.Single(e => e.Shape == "device.pool.#.mode").Enumeration.ToArray());
        Assert.Equal((2L, 4L), (back.Single(e => e.Shape == "device.pool.#.key").Min, back.Single(e => e.Shape == "device.pool.#.key").Max));
    }

    [Theory]
    [InlineData("<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><d>&e;</d>")]
    [InlineData("<d><model name=\"x\">")]
    [InlineData("<d/>")]
    [InlineData("no xml")]
    public void Refuses_what_is_no_data_model(string xml)
    {
        Assert.False(new DataModelImport().TryRead(new MemoryStream(Encoding.UTF8.GetBytes(xml)), out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("something else\n")]
    [InlineData("cwmpshield-datamodel 1\nonly\ttwo\n")]
    [InlineData("cwmpshield-datamodel 1\na\tw\tstring\tx\t\t\n")]
    public void Refuses_lines_that_are_no_entries(string text)
    {
        List<int> lines = [];
        _ = DataModelText.Read(text, lines.Add).ToList();

        Assert.Single(lines);
    }

    private static List<DataModelEntry> Read(string xml)
    {
        var import = new DataModelImport();
        Assert.True(import.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(xml)), out var problem), problem);
        return [.. import.Entries];
    }
}
