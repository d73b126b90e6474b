using System.Globalization;
using Tongxin.Core.Protocols;

namespace Tongxin.Core.Passes;

/// <summary>
/// What a pass says: no identity number, no measure, no result. Whoever reads it off a screen learns a colour, a short name and a
/// random number that means something to the issuing house alone.
/// </summary>
public sealed record Pass
{
    /// <summary>The place that issued it, 1 to 32 characters, as in its trust list.</summary>
    public required string Issuer { get; init; }

    /// <summary>Sixteen random bytes, new for every pass and never derived from a person: a series of passes cannot be joined by those who scan.</summary>
    public required Guid Reference { get; init; }

    /// <summary>陈＊明, 1 to 24 characters; see <see cref="ShortName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The colour at issue. None exactly when <see cref="Edition"/> is null.</summary>
    public required Colour Colour { get; init; }

    /// <summary>Why this colour, coarse enough to tell nobody about an illness.</summary>
    public required PassReason Reason { get; init; }

    /// <summary>The protocol edition in force at issue, 1 to 32 characters; null when no protocol is.</summary>
    public string? Edition { get; init; }

    /// <summary>Of the photo the guard's device may hold; null without a photo.</summary>
    public PhotoHash? Photo { get; init; }

    /// <summary>When it was issued; whole seconds.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The first second at which it is no longer good; whole seconds, at most <see cref="PassLimits.MaxLife"/> after issue.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>True when a pass may say this.</summary>
    internal bool IsSound()
    {
        var life = ExpiresAt - IssuedAt;
        return IsText(Issuer, PassLimits.MaxWord)
            && IsText(Name, PassLimits.MaxName)
            && Enum.IsDefined(Colour) && Enum.IsDefined(Reason)
            && (Edition is null ? Colour == Colour.None : Colour != Colour.None && IsText(Edition, PassLimits.MaxWord))
            && IsWholeSecond(IssuedAt) && IsWholeSecond(ExpiresAt)
            && life > TimeSpan.Zero && life <= PassLimits.MaxLife;
    }

    // Neither controls nor marks that turn the direction of writing: the guard must see what was signed.
    private static bool IsText(string text, int most)
    {
        if (text.Length == 0 || text.Length > most) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i)) return false;
            if (CharUnicodeInfo.GetUnicodeCategory(text, i) is UnicodeCategory.Control or UnicodeCategory.Format) return false;
            if (char.IsSurrogate(text[i])) i++;
        }

        return true;
    }

    private static bool IsWholeSecond(DateTimeOffset at) => at.UtcTicks % TimeSpan.TicksPerSecond == 0 && at >= DateTimeOffset.UnixEpoch;
}

/// <summary>Why a pass has its colour. What kind of measure, and by whose decision, is told to the holder only.</summary>
public enum PassReason
{
    /// <summary>No protocol is in force.</summary>
    NoProtocol = 0,

    /// <summary>Nothing stands against the holder.</summary>
    Clear = 1,

    /// <summary>The edition asks for a proof and there is none.</summary>
    ProofMissing = 2,

    /// <summary>The last proof is too old by the edition's clock.</summary>
    ProofExpired = 3,

    /// <summary>A daily report is overdue.</summary>
    ReportOverdue = 4,

    /// <summary>A measure is in force.</summary>
    Measure = 5,
}
