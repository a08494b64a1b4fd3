namespace CwmpShield.Cli.Audit;

/// <summary>A new file, readable by its owner alone, that appears under its name when it is whole, and not at all where it is not.</summary>
internal sealed class WholeFile : IAsyncDisposable
{
    private readonly string path;
    private readonly string part;
    private bool isKept;

    /// <summary>Begins it.</summary>
    /// <exception cref="IOException">There is a file of that name, or none can be made; so says <see cref="UnauthorizedAccessException"/>.</exception>
    public WholeFile(string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"'{path}' is there already: name another file.");
        }

        this.path = Path.GetFullPath(path);
        part = $"{this.path}.{Path.GetRandomFileName()}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        Stream = new FileStream(part, options);
    }

    /// <summary>What is written to.</summary>
    public FileStream Stream { get; }

    /// <summary>It is whole: it is made durable and gets its name.</summary>
    public void Keep()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(part, path, overwrite: false);
        isKept = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!isKept)
        {
            File.Delete(part);
        }
    }
}
