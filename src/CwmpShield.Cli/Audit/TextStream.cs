using System.Text;

namespace CwmpShield.Cli.Audit;

/// <summary>UTF-8 on its way to a writer of text; each write must end with a whole character.</summary>
internal sealed class TextStream(TextWriter output) : MemoryStream
{
    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await output.WriteAsync(Encoding.UTF8.GetString(buffer.Span).AsMemory(), cancellationToken);
}
