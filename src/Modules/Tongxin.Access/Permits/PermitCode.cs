using System.Security.Cryptography;
using System.Text;

namespace Tongxin.Access.Permits;

/// <summary>
/// The eight characters that a guard types when nothing can be scanned: seven at random and one that checks them. The alphabet has 31
/// characters, a prime, none of them 0, O, 1, I or L: every single wrong character and every swap of two neighbours is noticed.
/// </summary>
internal static class PermitCode
{
    public const int Length = 8;
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    // 8 x 4 = 32 = 1 (mod 31): turns the weight of the last place into the digit that makes the sum zero.
    private const int InverseOfLength = 4;

    /// <summary>A new one; nobody can guess the next.</summary>
    public static string New() => Complete(RandomNumberGenerator.GetString(Alphabet, Length - 1));

    /// <summary>The canonical form of what was typed: capitals, no blanks or dashes; null when it cannot be a code.</summary>
    public static string? Read(string? typed)
    {
        var code = new StringBuilder(Length);
        foreach (var c in (typed ?? "").Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '·')))
        {
            if (code.Length == Length || !Alphabet.Contains(c, StringComparison.Ordinal)) return null;
            code.Append(c);
        }
        return code.Length == Length && Sum(code.ToString()) == 0 ? code.ToString() : null;
    }

    /// <summary>"ABCD 2345", as it is read out.</summary>
    public static string Show(string code) => code.Length == Length ? $"{code[..4]} {code[4..]}" : code;

    /// <summary>What its picture says; the phone app reads the same.</summary>
    public static string Picture(string code) => $"TXP:{code}";

    internal static string Complete(string seven)
    {
        var rest = Sum(seven) * InverseOfLength % Alphabet.Length;
        return seven + Alphabet[(Alphabet.Length - rest) % Alphabet.Length];
    }

    private static int Sum(string code)
    {
        var sum = 0;
        for (var i = 0; i < code.Length; i++) sum += (i + 1) * Alphabet.IndexOf(code[i], StringComparison.Ordinal);
        return sum % Alphabet.Length;
    }
}
