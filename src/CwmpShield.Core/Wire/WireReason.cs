namespace CwmpShield.Core.Wire;

/// <summary>Why a body is not one CWMP message that can be read one way only. The words are stable: audit, metrics and console show them.</summary>
public static class WireReason
{
    // Bytes and characters

    /// <summary>No body where a message is due.</summary>
    public const string EmptyMessage = "empty-message";

    /// <summary>More bytes than <see cref="SoapLimits.MaxBytes"/>.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Byte order mark, XML declaration and Content-Type disagree, or the bytes are not what they say.</summary>
    public const string EncodingAmbiguous = "encoding-ambiguous";

    /// <summary>An encoding that is not read at all (UTF-7, EBCDIC, UTF-32 …).</summary>
    public const string EncodingUnsupported = "encoding-unsupported";

    /// <summary>NUL or another control character that XML 1.0 does not have.</summary>
    public const string ControlCharacter = "control-character";

    /// <summary>Bytes of no encoding, in a text that a guest or neighbour chose, were replaced by U+FFFD; the message goes on.</summary>
    public const string TextRepaired = "text-repaired";

    // XML

    /// <summary>Not well-formed XML 1.0, truncated included.</summary>
    public const string NotWellFormed = "not-well-formed";

    /// <summary>A version of XML other than 1.0.</summary>
    public const string XmlVersion = "xml-version";

    /// <summary>A document type declaration.</summary>
    public const string Doctype = "doctype";

    /// <summary>Anything but white space and comments after the envelope.</summary>
    public const string TrailingContent = "trailing-content";

    /// <summary>Deeper than <see cref="SoapLimits.MaxDepth"/>.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>More elements than <see cref="SoapLimits.MaxElements"/>.</summary>
    public const string TooManyElements = "too-many-elements";

    /// <summary>More attributes on one element than <see cref="SoapLimits.MaxAttributes"/>.</summary>
    public const string TooManyAttributes = "too-many-attributes";

    /// <summary>A name, URL or key longer than <see cref="SoapLimits.MaxNameLength"/>.</summary>
    public const string NameTooLong = "name-too-long";

    /// <summary>A value longer than <see cref="SoapLimits.MaxTextLength"/>.</summary>
    public const string TextTooLong = "text-too-long";

    /// <summary>An element or attribute name with more than one colon, or with nothing on one side of it.</summary>
    public const string BadName = "bad-name";

    /// <summary>A namespace declaration that Namespaces in XML 1.0 forbids, or more than 64 of them.</summary>
    public const string BadNamespace = "bad-namespace";

    /// <summary>One attribute twice on an element, be it under two prefixes.</summary>
    public const string DuplicateAttribute = "duplicate-attribute";

    /// <summary>Text beside child elements.</summary>
    public const string MixedContent = "mixed-content";

    // SOAP

    /// <summary>The root is not an Envelope.</summary>
    public const string NotSoap = "not-soap";

    /// <summary>An envelope of another SOAP version than 1.1.</summary>
    public const string SoapVersion = "soap-version";

    /// <summary>An envelope that holds more than one header, then one body.</summary>
    public const string EnvelopeContent = "envelope-content";

    /// <summary>More than one Header.</summary>
    public const string TwoHeaders = "two-headers";

    /// <summary>More than one Body.</summary>
    public const string TwoBodies = "two-bodies";

    /// <summary>A Header behind the Body.</summary>
    public const string HeaderAfterBody = "header-after-body";

    /// <summary>No Body.</summary>
    public const string NoBody = "no-body";

    /// <summary>A Body without an entry.</summary>
    public const string EmptyBody = "empty-body";

    /// <summary>A Body with more than one entry (MaxEnvelopes is 1, and so is the number of methods).</summary>
    public const string TwoBodyEntries = "two-body-entries";

    /// <summary>One of the headers of CWMP twice.</summary>
    public const string DuplicateHeader = "duplicate-header";

    /// <summary>A header that must be understood and is not.</summary>
    public const string MustUnderstand = "must-understand";

    /// <summary>SOAP-encoding references (href, root), by which a value can stand elsewhere than it is read.</summary>
    public const string SoapMultiref = "soap-multiref";

    // CWMP

    /// <summary>A namespace of CWMP that is not cwmp-1-0 to cwmp-1-4.</summary>
    public const string CwmpVersion = "cwmp-version";

    /// <summary>The name of a method of CWMP in another namespace.</summary>
    public const string RpcNamespace = "rpc-namespace";

    /// <summary>A method that the other side calls.</summary>
    public const string WrongDirection = "wrong-direction";

    /// <summary>The name of a method or of a part of the envelope below its place.</summary>
    public const string NestedOrder = "nested-order";

    /// <summary>The name of a part of a CWMP message inside an element that its schema does not have.</summary>
    public const string MisplacedMember = "misplaced-member";

    /// <summary>An element that the method's schema does not have (towards the device).</summary>
    public const string UnknownMember = "unknown-member";

    /// <summary>An element that the method's schema requires is missing.</summary>
    public const string MissingMember = "missing-member";

    /// <summary>A member of a structure twice.</summary>
    public const string DuplicateMember = "duplicate-member";

    /// <summary>One parameter named twice in one order.</summary>
    public const string DuplicateParameter = "duplicate-parameter";

    /// <summary>Elements inside a simple value.</summary>
    public const string ElementInValue = "element-in-value";

    /// <summary>Text where the schema has a structure or a list.</summary>
    public const string TextInStructure = "text-in-structure";

    /// <summary>A number or boolean that is none, or out of its type's range.</summary>
    public const string BadValue = "bad-value";

    /// <summary>A parameter name with white space or control characters.</summary>
    public const string BadParameterName = "bad-parameter-name";

    /// <summary>A type (xsi:type) that is not known here, or that is not one of the abstract type's.</summary>
    public const string UnknownType = "unknown-type";
}
