namespace Tongxin.Core.Passes;

/// <summary>What a pass may not exceed. Both verifiers hold the same numbers; docs/algorithms/passes.md says where they come from.</summary>
public static class PassLimits
{
    /// <summary>The first characters of every pass.</summary>
    public const string Prefix = "TX1:";

    /// <summary>Characters of a pass, prefix included. An ordinary one has 285, the longest possible 648.</summary>
    public const int MaxText = 1000;

    /// <summary>UTF-16 units of the short name.</summary>
    public const int MaxName = 24;

    /// <summary>UTF-16 units of the issuer's name and of the edition's id.</summary>
    public const int MaxWord = 32;

    /// <summary>Bytes of the photo's hash: the first half of a SHA-256.</summary>
    public const int PhotoHash = 16;

    /// <summary>A pass with a longer life is refused even when it is signed: passes are short-lived, restrictions have ends of their own.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(7);

    /// <summary>How much later than this clock a pass may have been issued: clocks of phones differ. Expiry has no such grace.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
}
