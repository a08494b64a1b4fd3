using System.Text;

namespace CwmpShield.Fuzz;

/// <summary>Changes good input a little: bytes, fragments of its language, and whole parts between two of its marks.</summary>
/// <param name="numbers">Where the choices come from.</param>
/// <param name="target">What is attacked: its seeds, fragments and marks.</param>
internal sealed class Mutator(FuzzNumbers numbers, FuzzTarget target)
{
    private const int MaxEdits = 5;
    private const int MaxRepeats = 300;

    /// <summary>Another input.</summary>
    public byte[] Next()
    {
        var body = numbers.Of(target.Seeds);
        for (var edits = 1 + numbers.Next(MaxEdits); edits > 0; edits--)
        {
            body = Edit(body);
        }

        body = numbers.OneIn(40) ? Reencoded(body) : body;
        return body.Length > target.MaxLength ? body[..target.MaxLength] : body;
    }

    private byte[] Edit(byte[] body) => numbers.Next(12) switch
    {
        0 => Splice(body, numbers.Next(body.Length + 1), 1, [(byte)numbers.Next(256)]),
        1 => Splice(body, numbers.Next(body.Length + 1), numbers.Next(40), []),
        2 => Splice(body, numbers.Next(body.Length + 1), numbers.Next(8), Repeated()),
        3 => Splice(body, Mark(body), 0, numbers.Of(target.Seeds) is var other && Part(other) is var (from, length) ? other[from..(from + length)] : []),
        4 => Part(body) is var (from, length) ? Splice(body, Mark(body), 0, body[from..(from + length)]) : body,
        5 => Part(body) is var (from, length) ? Splice(body, from, length, []) : body,
        6 => Part(body) is var (from, length) ? Splice(body, from, length, Wrapped(body[from..(from + length)])) : body,
        7 => body[..numbers.Next(body.Length + 1)],
        8 => Referenced(body),
        _ => Splice(body, numbers.OneIn(2) ? Mark(body) : numbers.Next(body.Length + 1), 0, Fragment()),
    };

    private byte[] Fragment() => Encoding.UTF8.GetBytes(numbers.Of(target.Fragments));

    private byte[] Repeated()
    {
        var fragment = numbers.Of(target.Fragments);
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(fragment, 1 + (numbers.OneIn(6) ? numbers.Next(MaxRepeats) : numbers.Next(3)))));
    }

    private byte[] Wrapped(byte[] part)
    {
        var (before, after) = numbers.Of(target.Wraps);
        return [.. Encoding.UTF8.GetBytes(before), .. part, .. Encoding.UTF8.GetBytes(after)];
    }

    /// <summary>A character said by its number.</summary>
    private byte[] Referenced(byte[] body)
    {
        var at = numbers.Next(body.Length + 1);
        return at == body.Length ? body : Splice(body, at, 1, Encoding.ASCII.GetBytes(numbers.OneIn(2) ? $"&#{body[at]};" : $"&#x{body[at]:X};"));
    }

    private byte[] Reencoded(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return numbers.Next(5) switch
        {
            0 => Encoding.Unicode.GetBytes(text),
            1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            2 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            3 => Encoding.Latin1.GetBytes(text),
            _ => [0xEF, 0xBB, 0xBF, .. body],
        };
    }

    private int Mark(byte[] body)
    {
        var from = numbers.Next(body.Length + 1);
        var next = body.AsSpan(from).IndexOf(target.Mark);
        return next < 0 ? from : from + next;
    }

    /// <summary>What stands between two marks.</summary>
    private (int From, int Length) Part(byte[] body)
    {
        var (one, two) = (Mark(body), Mark(body));
        return (Math.Min(one, two), Math.Abs(one - two));
    }

    private static byte[] Splice(byte[] body, int at, int length, byte[] fragment)
    {
        at = Math.Min(at, body.Length);
        return [.. body[..at], .. fragment, .. body[Math.Min(at + length, body.Length)..]];
    }
}
