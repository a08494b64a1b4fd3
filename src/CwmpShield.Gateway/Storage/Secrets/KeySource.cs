using System.Text;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>Where the master keys are: a file, an environment variable, or a credential that systemd hands over. Closed.</summary>
public abstract record KeySource
{
    private const int MaxLength = 64 * 1024;

    private const UnixFileMode Forbidden =
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    private KeySource()
    {
    }

    /// <summary>What the source is called in messages.</summary>
    public abstract string Name { get; }

    /// <summary>The source that the configuration names.</summary>
    /// <exception cref="StoreException">It names none, or several.</exception>
    public static KeySource Of(StoreOptions options)
    {
        KeySource?[] named =
        [
            options.KeyFile.Length > 0 ? new InFile(options.KeyFile) : null,
            options.KeyVariable.Length > 0 ? new InVariable(options.KeyVariable) : null,
            options.SystemdKey.Length > 0 ? new InCredentials(options.SystemdKey) : null,
        ];
        return named.Count(source => source is not null) switch
        {
            0 => throw new StoreException($"No key is configured for the store's secrets: Store:KeyFile, Store:KeyVariable or Store:SystemdKey. {KeyRing.HowToMake}"),
            1 => named.First(source => source is not null)!,
            _ => throw new StoreException("Store:KeyFile, Store:KeyVariable and Store:SystemdKey exclude each other."),
        };
    }

    /// <summary>The text that holds the keys.</summary>
    /// <exception cref="StoreException">There is none, or others may read it.</exception>
    public abstract string Read();

    private static string ReadFile(string path, string name, bool checkMode)
    {
        if (path.Length == 0)
        {
            throw new StoreException($"No key file is named. {KeyRing.HowToMake}");
        }

        try
        {
            if (checkMode && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Forbidden) != UnixFileMode.None)
            {
                throw new StoreException($"{name} must be a file that others cannot read: chmod 600 '{path}' (its group may read it, no more).");
            }

            using var reader = new StreamReader(path, Encoding.ASCII);
            var buffer = new char[MaxLength];
            return new string(buffer, 0, reader.ReadBlock(buffer));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{name} cannot be read: {error.Message} {KeyRing.HowToMake}", error);
        }
    }

    /// <summary>A file. It must not be readable by others than its owner and group.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record InFile(string Path) : KeySource
    {
        /// <inheritdoc/>
        public override string Name => $"The key file '{Path}'";

        /// <inheritdoc/>
        public override string Read() => ReadFile(Path, Name, checkMode: true);
    }

    /// <summary>An environment variable.</summary>
    /// <param name="Variable">Its name.</param>
    public sealed record InVariable(string Variable) : KeySource
    {
        /// <inheritdoc/>
        public override string Name => $"The environment variable {Variable}";

        /// <inheritdoc/>
        public override string Read() => Environment.GetEnvironmentVariable(Variable)
            ?? throw new StoreException($"{Name} is not set: it must hold the key of the store's secrets.");
    }

    /// <summary>A credential of the systemd unit (LoadCredential=, LoadCredentialEncrypted=); systemd itself keeps others from it.</summary>
    /// <param name="Credential">Its name.</param>
    public sealed record InCredentials(string Credential) : KeySource
    {
        /// <inheritdoc/>
        public override string Name => $"The systemd credential '{Credential}'";

        /// <inheritdoc/>
        public override string Read()
        {
            if (System.IO.Path.GetFileName(Credential) != Credential || Credential is "." or "..")
            {
                throw new StoreException($"{Name} must be a plain name, as in LoadCredential={Credential.Replace('/', '-')}:/etc/cwmpshield/key.");
            }

            var folder = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY")
                ?? throw new StoreException($"{Name} is not there: CREDENTIALS_DIRECTORY is not set. Start the gateway by a unit with LoadCredential={Credential}:FILE.");
            return ReadFile(System.IO.Path.Combine(folder, Credential), Name, checkMode: false);
        }
    }
}
