using Microsoft.AspNetCore.Components;

namespace Tongxin.Platform.Ui.Tables;

/// <summary>Where a column stands on a phone's two-line card.</summary>
public enum PhoneRole
{
    /// <summary>Not on the card.</summary>
    Hidden,

    /// <summary>First line, large: the name. Its link answers for the whole card.</summary>
    Name,

    /// <summary>First line, right: the state.</summary>
    State,

    /// <summary>Second line: the room.</summary>
    Detail,

    /// <summary>Second line, right.</summary>
    Aside,
}

/// <summary>A column of a <c>DataTable</c>.</summary>
/// <param name="Key">Stable name in addresses.</param>
/// <param name="Head">Its heading.</param>
/// <param name="Cell">What a row shows in it.</param>
public sealed record TableColumn<T>(string Key, string Head, RenderFragment<T> Cell)
{
    /// <summary>The heading orders by it.</summary>
    public bool Sortable { get; init; }

    /// <summary>Figures: to the right.</summary>
    public bool Numeric { get; init; }

    /// <summary>Cannot be hidden by the column chooser.</summary>
    public bool Always { get; init; }

    /// <summary>Its place on a phone.</summary>
    public PhoneRole Phone { get; init; }

    internal string Css => (Numeric, Phone) switch
    {
        (true, PhoneRole.Hidden) => "num",
        (true, _) => $"num p{(int)Phone}",
        (false, PhoneRole.Hidden) => "",
        (false, _) => $"p{(int)Phone}",
    };
}
