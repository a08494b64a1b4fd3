using System.Globalization;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Bench;

/// <summary>What rules cost: many rules beside few, large orders, and loading.</summary>
internal static class RuleTable
{
    private const int Applicable = 100;

    public static void Print(TextWriter output, string rulesPath)
    {
        var few = Many(Applicable);
        var many = Many(10_000);
        var order = Order(50);
        var context = new InspectionContext();
        var before = Environment.CpuUsage.TotalTime;
        var shipped = RuleSetLoader.Load(rulesPath).Set ?? throw new InvalidOperationException($"{rulesPath} does not load");
        output.WriteLine($"shipped policy, first load                {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds,10:0.0} ms");
        output.WriteLine($"shipped policy, load again                {Best(1, () => RuleSetLoader.Load(rulesPath)),10:0.0} ms");
        output.WriteLine($"compile 10,000 rules                      {Best(1, () => RuleSetLoader.LoadText(Yaml(10_000))),10:0.0} ms");
        var message = Inspector.Inspect(few, order, context).Message!;
        Best(1000, () => few.Evaluate(new Judgement { Message = message }));
        var small = Best(1000, () => few.Evaluate(new Judgement { Message = message }));
        var large = Best(1000, () => many.Evaluate(new Judgement { Message = message }));
        output.WriteLine($"50 parameters, 100 rules that apply       {small * 1000,10:0.0} us");
        output.WriteLine($"50 parameters, the same among 10,000      {large * 1000,10:0.0} us   x{large / small:0.00}");
        var big = Order(5000);
        var read = Inspector.Inspect(shipped, big, context).Message!;
        output.WriteLine($"5,000 parameters, shipped rules           {Best(5, () => shipped.Evaluate(new Judgement { Message = read })),10:0.00} ms");
        output.WriteLine($"5,000 parameters, whole inspection        {Best(5, () => Inspector.Inspect(shipped, big, context)),10:0.00} ms");
    }

    /// <summary>Milliseconds of processor time of the fastest batch, for each run: what other processes do does not count.</summary>
    public static double Best(int runs, Func<object> work)
    {
        var warmUp = TimeSpan.FromSeconds(1);
        var best = double.MaxValue;
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < warmUp)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < runs; i++)
            {
                GC.KeepAlive(work());
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / runs);
        }

        return best;
    }

    private static RuleSet Many(int count) => RuleSetLoader.LoadText(Yaml(count)).Set!;

    /// <summary>The first hundred rules are about the order and its parameters, the others about other methods and other parameters.</summary>
    private static string Yaml(int count)
    {
        var yaml = new StringBuilder("cwmpshield: 1\nrules:\n");
        for (var i = 0; i < count; i++)
        {
            var (rpc, path) = i < Applicable ? ("SetParameterValues", "Device.WiFi.SSID.{i}.SSID") : i % 2 == 0 ? ("GetParameterValues", "Device.WiFi.SSID.{i}.SSID") : ("SetParameterValues", $"Device.Other{i}.Value");
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{ id: r{i}, title: t, severity: low, on: [{rpc}], where: {{ parameter: {{ path: \"{path}\" }}, value: {{ in: [v{i}] }} }}, then: deny }}\n");
        }

        return yaml.ToString();
    }

    private static RawMessage Order(int parameters)
    {
        var body = new StringBuilder("""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body><cwmp:SetParameterValues><ParameterList>""");
        for (var i = 0; i < parameters; i++)
        {
            var name = (i % 4) switch
            {
                0 => $"Device.WiFi.SSID.{i + 1}.SSID",
                1 => $"Device.DNS.Client.Server.{i + 1}.DNSServer",
                2 => $"Device.Hosts.AccessControl.{i + 1}.PhysAddress",
                _ => $"Device.X_00D09E_Table.{i + 1}.Name",
            };
            var value = i % 4 == 1 ? "192.0.2.53" : "value";
            body.Append(CultureInfo.InvariantCulture, $"<ParameterValueStruct><Name>{name}</Name><Value xsi:type=\"xsd:string\">{value}</Value></ParameterValueStruct>");
        }

        body.Append("</ParameterList><ParameterKey/></cwmp:SetParameterValues></e:Body></e:Envelope>");
        return new RawMessage(Direction.AcsToCpe, Encoding.UTF8.GetBytes(body.ToString()), "text/xml");
    }
}
