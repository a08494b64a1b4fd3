using System.Runtime.InteropServices;

namespace CwmpShield.Bench.Peers;

/// <summary>
/// The few functions of OpenSSL 3 that the devices of a measurement call. SslStream would cost more than the proxies that are measured, and
/// does not say whether a handshake was resumed.
/// </summary>
internal static partial class LibSsl
{
    public const int VerifyPeer = 1;
    public const int FileTypePem = 1;
    public const int SetMinVersion = 123;
    public const int SetMaxVersion = 124;
    public const int Tls12 = 0x0303;
    public const int Tls13 = 0x0304;

    private const string Library = "libssl.so.3";

    [LibraryImport(Library, EntryPoint = "TLS_client_method")]
    public static partial nint ClientMethod();

    [LibraryImport(Library, EntryPoint = "SSL_CTX_new")]
    public static partial nint NewContext(nint method);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_ctrl")]
    public static partial long ControlContext(nint context, int command, long value, nint pointer);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void SetVerify(nint context, int mode, nint callback);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_load_verify_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LoadAuthorities(nint context, string file);

    [LibraryImport(Library, EntryPoint = "SSL_new")]
    public static partial nint New(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_use_certificate_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UseCertificate(nint ssl, string file, int type);

    [LibraryImport(Library, EntryPoint = "SSL_use_PrivateKey_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UseKey(nint ssl, string file, int type);

    [LibraryImport(Library, EntryPoint = "SSL_set_fd")]
    public static partial int SetSocket(nint ssl, int socket);

    [LibraryImport(Library, EntryPoint = "SSL_connect")]
    public static partial int Connect(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_read")]
    public static partial int Read(nint ssl, ref byte buffer, int count);

    [LibraryImport(Library, EntryPoint = "SSL_write")]
    public static partial int Write(nint ssl, ref byte buffer, int count);

    [LibraryImport(Library, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_get1_session")]
    public static partial nint TakeSession(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_set_session")]
    public static partial int SetSession(nint ssl, nint session);

    [LibraryImport(Library, EntryPoint = "SSL_session_reused")]
    public static partial int IsResumed(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_SESSION_free")]
    public static partial void FreeSession(nint session);
}
