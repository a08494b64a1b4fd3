namespace CwmpShield.Core.Cwmp;

/// <summary>What a message does with a parameter or object that it names.</summary>
public enum ParameterUse
{
    /// <summary>SetParameterValues gives it a value.</summary>
    Write,

    /// <summary>GetParameterValues, GetParameterNames or GetParameterAttributes asks for it (or for what is below it).</summary>
    Read,

    /// <summary>The device reports it, with or without a value (Inform, …Response).</summary>
    Report,

    /// <summary>SetParameterAttributes changes its notification or access list.</summary>
    Attribute,

    /// <summary>AddObject creates an instance of it.</summary>
    AddObject,

    /// <summary>DeleteObject removes it.</summary>
    DeleteObject,
}
