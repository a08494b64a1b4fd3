namespace CwmpShield.Core.Cwmp;

/// <summary>What is wrong with a parameter name as a device would read it.</summary>
public enum PathDefect
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Characters outside the schema, white space, empty steps, zeros or signs in an instance, or too long.</summary>
    Malformed,

    /// <summary>Well formed, but neither <c>Device.</c> nor <c>InternetGatewayDevice.</c>.</summary>
    UnknownRoot,
}

/// <summary>
/// Brings parameter names into the one form that classes and rules compare: lower case, with instance numbers and aliases as
/// <see cref="InstanceMark"/>. A partial path keeps its dot at the end.
/// </summary>
public static class ParameterPath
{
    /// <summary>Characters of the longest name that is read.</summary>
    public const int MaxLength = 1024;

    /// <summary>Steps of the longest name that is read.</summary>
    public const int MaxSteps = 32;

    /// <summary>Stands for an instance number or alias in a shape; no legal name contains it.</summary>
    public const char InstanceMark = '#';

    /// <summary>
    /// Writes the shape of <paramref name="name"/> and says what is wrong with the name. A malformed name gets the shape that a
    /// lenient reader would see, so that what is reported under it can still be classified.
    /// </summary>
    /// <param name="name">Name as written.</param>
    /// <param name="shape">At least <see cref="MaxLength"/> characters.</param>
    /// <param name="length">Characters written.</param>
    public static PathDefect Shape(ReadOnlySpan<char> name, Span<char> shape, out int length)
    {
        length = 0;
        if (name.Length > MaxLength)
        {
            return PathDefect.Malformed;
        }

        var trimmed = name.Trim();
        var malformed = trimmed.Length != name.Length;
        var steps = 0;
        while (!trimmed.IsEmpty)
        {
            var dot = trimmed.IndexOf('.');
            var step = dot < 0 ? trimmed : trimmed[..dot];
            trimmed = dot < 0 ? default : trimmed[(dot + 1)..];
            malformed |= step.IsEmpty || ++steps > MaxSteps;
            if (!step.IsEmpty)
            {
                malformed |= !WriteStep(step, shape, ref length);
                if (dot >= 0)
                {
                    shape[length++] = '.';
                }
            }
        }

        return malformed ? PathDefect.Malformed : HasKnownRoot(shape[..length]) ? PathDefect.None : PathDefect.UnknownRoot;
    }

    /// <summary>The shape of <paramref name="name"/> as a string.</summary>
    public static string ShapeOf(string name)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        _ = Shape(name, buffer, out var length);
        return new string(buffer[..length]);
    }

    /// <summary>The name of another parameter of the same object, or of <paramref name="levels"/> objects above.</summary>
    public static string? Sibling(string name, string step, int levels = 0)
    {
        var end = name.LastIndexOf('.');
        for (var i = 0; i < levels && end > 0; i++)
        {
            end = name.LastIndexOf('.', end - 1);
        }

        return end <= 0 ? null : string.Concat(name.AsSpan(0, end + 1), step);
    }

    /// <summary>The last step of a name, without the dot of a partial path.</summary>
    public static ReadOnlySpan<char> LastStep(ReadOnlySpan<char> name)
    {
        var trimmed = name.TrimEnd('.');
        return trimmed[(trimmed.LastIndexOf('.') + 1)..];
    }

    private static bool WriteStep(ReadOnlySpan<char> step, Span<char> shape, ref int length)
    {
        if (IsInstance(step, out var legal))
        {
            shape[length++] = InstanceMark;
            return legal;
        }

        legal = char.IsAsciiLetter(step[0]) || step[0] == '_';
        foreach (var c in step)
        {
            legal &= char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
            shape[length++] = c == InstanceMark ? '?' : char.IsAscii(c) ? char.ToLowerInvariant(c) : c;
        }

        return legal;
    }

    private static bool IsInstance(ReadOnlySpan<char> step, out bool legal)
    {
        legal = true;
        if (step.Length > 2 && step[0] == '[' && step[^1] == ']')
        {
            foreach (var c in step[1..^1])
            {
                legal &= char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
            }

            return true;
        }

        var digits = step[0] is '+' or '-' ? step[1..] : step;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        legal = digits.Length == step.Length && (digits.Length == 1 || digits[0] != '0') && digits.Length <= 10;
        return true;
    }

    private static bool HasKnownRoot(ReadOnlySpan<char> shape) =>
        shape.StartsWith("device.", StringComparison.Ordinal) || shape.StartsWith("internetgatewaydevice.", StringComparison.Ordinal);
}
