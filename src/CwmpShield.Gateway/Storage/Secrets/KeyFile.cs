namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>Writes key files.</summary>
public static class KeyFile
{
    /// <summary>Adds a new key behind those of a file; its id. The file is replaced as a whole: whoever reads it sees the old one or the new one.</summary>
    /// <exception cref="StoreException">The file holds no keys, or cannot be written.</exception>
    public static string Append(string path)
    {
        // What is not a good key file must not become half of one.
        KeyRing.Read(new KeySource.InFile(path));
        var key = MasterKey.Create();
        var temporary = path + ".new";
        try
        {
            var text = File.ReadAllText(path);
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(temporary, options))
            {
                using var writer = new StreamWriter(file, leaveOpen: true);
                writer.Write(text.TrimEnd() + "\n" + key.Export() + "\n");
                writer.Flush();
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite: true);
            return key.Id;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The key file '{path}' cannot be written: {error.Message}", error);
        }
    }
}
