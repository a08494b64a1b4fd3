namespace CwmpShield.Fuzz;

/// <summary>One thing that reads what strangers send, with good input to begin from and what must hold of whatever becomes of it.</summary>
internal sealed record FuzzTarget
{
    /// <summary>Short word, by which the command line and files name it.</summary>
    public required string Name { get; init; }

    /// <summary>Good input.</summary>
    public required IReadOnlyList<byte[]> Seeds { get; init; }

    /// <summary>Words of its language.</summary>
    public required IReadOnlyList<string> Fragments { get; init; }

    /// <summary>What a part is put between.</summary>
    public IReadOnlyList<(string Before, string After)> Wraps { get; init; } = [("", "")];

    /// <summary>Where parts begin and end.</summary>
    public byte Mark { get; init; } = (byte)'\n';

    /// <summary>Bytes of an input at most.</summary>
    public int MaxLength { get; init; } = 64 << 10;

    /// <summary>What is wrong with what became of an input; null when everything holds. Throws for what is wrong, too.</summary>
    public required Func<byte[], string?> Check { get; init; }
}
