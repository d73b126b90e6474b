namespace Tongxin.Platform.Ui;

/// <summary>Tone of a message.</summary>
public enum FlashKind
{
    /// <summary>What was asked has happened.</summary>
    Done,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Done, but look at it.</summary>
    Warn,

    /// <summary>Refused, with the reason.</summary>
    Refused,
}

/// <summary>One message for the person, shown once: after a redirect by a protected cookie, or in the same answer to htmx.</summary>
public interface IFlash
{
    /// <summary>Leaves a message (already in the person's language) for the next page. The last one said wins.</summary>
    void Say(FlashKind kind, string text);
}
