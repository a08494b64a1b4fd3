namespace CwmpShield.Gateway.Inspection;

/// <summary>What participants keep of one session, one note of each type. Only for whoever is inside the session.</summary>
internal sealed class SessionNotes
{
    private readonly Dictionary<Type, object> notes = [];

    /// <summary>The note of this type, null when none was made.</summary>
    public T? Find<T>()
        where T : class => notes.GetValueOrDefault(typeof(T)) as T;

    /// <summary>The note of this type, made where there is none.</summary>
    public T Of<T>()
        where T : class, new()
    {
        if (Find<T>() is not { } note)
        {
            notes[typeof(T)] = note = new T();
        }

        return note;
    }
}
