namespace Tongxin.Platform.SignIn;

/// <summary>Where to go after signing in: an address of this site, or the first page. No way out to another site.</summary>
internal static class ReturnAddress
{
    public static string Local(string? asked) => IsLocal(asked) ? asked! : "/";

    // "//host" and "/\host" lead elsewhere; browsers drop tabs and line ends, so "/<tab>/host" does, too.
    private static bool IsLocal(string? asked) =>
        asked is { Length: > 0 and <= 2000 } && asked[0] == '/' && !asked.StartsWith("//", StringComparison.Ordinal)
        && !asked.Contains('\\') && !asked.Any(char.IsControl);
}
