namespace CwmpShield.Core.Rules;

/// <summary>Codes of <see cref="RuleDiagnostic"/>; never given another meaning. CSR00 files, CSR01 language, CSR02 warnings, CSR03 signatures.</summary>
public static class DiagnosticCode
{
#pragma warning disable CS1591 // The message of each is its documentation; docs/rules.md lists them.
    public const string Unreadable = "CSR0001";
    public const string TooLarge = "CSR0002";
    public const string NotUtf8 = "CSR0003";
    public const string NotYaml = "CSR0004";
    public const string AnchorAliasOrTag = "CSR0005";
    public const string TooDeep = "CSR0006";
    public const string DuplicateKey = "CSR0007";
    public const string UnknownKey = "CSR0008";
    public const string WrongKind = "CSR0009";
    public const string MissingKey = "CSR0010";
    public const string LanguageVersion = "CSR0011";
    public const string BadName = "CSR0101";
    public const string DefinedTwice = "CSR0102";
    public const string UnknownRpc = "CSR0103";
    public const string UnknownWord = "CSR0104";
    public const string CannotBe = "CSR0105";
    public const string UnknownList = "CSR0106";
    public const string Cycle = "CSR0107";
    public const string BadListItem = "CSR0108";
    public const string UnknownClass = "CSR0109";
    public const string BadPattern = "CSR0110";
    public const string BadRegex = "CSR0111";
    public const string PredicateDoesNotFit = "CSR0112";
    public const string BadFault = "CSR0113";
    public const string OutOfRange = "CSR0114";
    public const string BadTime = "CSR0115";
    public const string BadVersionRange = "CSR0116";
    public const string ExceptionWithoutRule = "CSR0118";
    public const string BadArtefactLine = "CSR0119";
    public const string ExceptionEnded = "CSR0201";
    public const string SameRule = "CSR0202";
    public const string NeverHolds = "CSR0203";
    public const string EmptyList = "CSR0204";
    public const string Unused = "CSR0205";
    public const string BadSignature = "CSR0301";
#pragma warning restore CS1591
}
