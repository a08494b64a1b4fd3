namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>
/// The master keys that a process knows, one a line in their source, the newest last. A key that is not among them is looked for in
/// the source again, so that a running gateway follows a rotation without a restart. Safe for threads.
/// </summary>
public sealed class KeyRing
{
    internal const string HowToMake = "Make one with: (umask 077; openssl rand -base64 32 > FILE). Keep it: without it the stored secrets are lost.";

    private const int MaxKeys = 32;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(1);

    private readonly KeySource? source;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private IReadOnlyList<MasterKey> keys;
    private long readAt;

    private KeyRing(KeySource? source, IReadOnlyList<MasterKey> keys, TimeProvider time)
    {
        this.source = source;
        this.keys = keys;
        this.time = time;
        readAt = time.GetTimestamp();
    }

    /// <summary>The keys, the newest last.</summary>
    public IReadOnlyList<MasterKey> Keys => Volatile.Read(ref keys);

    /// <summary>The last key.</summary>
    public MasterKey Newest => Keys[^1];

    /// <summary>Reads every key of a source.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="time">Clock, null for the system's.</param>
    /// <exception cref="StoreException">A line is no key, or there is none.</exception>
    public static KeyRing Read(KeySource source, TimeProvider? time = null) => new(source, Parse(source), time ?? TimeProvider.System);

    /// <summary>A ring of keys that are in memory only, for demos and tests.</summary>
    public static KeyRing Of(params IReadOnlyList<MasterKey> keys) => new(null, keys, TimeProvider.System);

    /// <summary>The key of this name; null when the source does not hold it either.</summary>
    public MasterKey? Find(string id)
    {
        if (Keys.FirstOrDefault(key => key.Id == id) is { } known)
        {
            return known;
        }

        lock (gate)
        {
            if (source is not null && time.GetElapsedTime(readAt) >= BetweenReads)
            {
                readAt = time.GetTimestamp();
                Reload(source);
            }

            return keys.FirstOrDefault(key => key.Id == id);
        }
    }

    private static List<MasterKey> Parse(KeySource source)
    {
        var found = new List<MasterKey>();
        var number = 0;
        foreach (var line in source.Read().AsSpan().EnumerateLines())
        {
            number++;
            var text = line.Trim();
            if (text.IsEmpty || text[0] == '#')
            {
                continue;
            }

            var key = MasterKey.Parse(text)
                ?? throw new StoreException($"{source.Name}, line {number}: a key is 32 bytes as base64 or as 64 hexadecimal digits. {HowToMake}");
            if (found.Exists(other => other.Id == key.Id))
            {
                throw new StoreException($"{source.Name}, line {number}: the key {key.Id} is there twice.");
            }

            found.Add(key);
        }

        return found.Count switch
        {
            0 => throw new StoreException($"{source.Name} must hold 32 bytes as base64 or as 64 hexadecimal digits. {HowToMake}"),
            > MaxKeys => throw new StoreException($"{source.Name} holds more than {MaxKeys} keys: take out those that `cwmpshield secrets status` calls unused."),
            _ => found,
        };
    }

    private void Reload(KeySource from)
    {
        try
        {
            Volatile.Write(ref keys, Parse(from));
        }
        catch (StoreException)
        {
            // What was good stays: a file that is being written must not take the gateway's keys.
        }
    }
}
