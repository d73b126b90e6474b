using System.Security.Cryptography;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Access;

/// <summary>What a password must be: long and not on every attacker's list. No rules about kinds of characters (NIST SP 800-63B).</summary>
internal static class Passwords
{
    public const int Shortest = 10;

    /// <summary>Hashing takes time with length: an endless one would be an attack.</summary>
    public const int Longest = 128;

    // No 0 o 1 l i: first passwords are read aloud and copied from paper.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    // Roots of the lists that circulate here and abroad; compared without case, signs and the digits around them.
    private static readonly string[] Common =
    [
        "password", "passw0rd", "p@ssword", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsx", "qazwsxedc", "abcdefghij", "iloveyou",
        "letmein", "welcome", "administrator", "admin", "woaini", "woaizhongguo", "nihao", "tongxin", "tongxindemo", "zhongguo", "mima", "wodemima",
        "changeme", "football", "baseball", "dragon", "monkey", "sunshine", "princess", "superman", "aini", "aaa", "abc", "test", "user", "guest", "root",
        "xuexiao", "fangkong", "yiqing", "zhiyuanzhe", "jiayou", "wuhanjiayou", "zhongguojiayou",
    ];

    public static Result Check(string password, string userName)
    {
        if (password.Length < Shortest) return Error.Invalid("platform.password.short", Shortest);
        if (password.Length > Longest) return Error.Invalid("platform.password.long", Longest);
        if (userName.Length > 2 && password.Contains(userName, StringComparison.OrdinalIgnoreCase)) return Error.Invalid("platform.password.name");
        return IsCommon(password) ? Error.Invalid("platform.password.common") : Result.Ok;
    }

    /// <summary>Twelve letters and digits, 59 bits, in groups that can be read aloud.</summary>
    public static string Make()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, 12);
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }

    private static bool IsCommon(string password)
    {
        var plain = new string([.. password.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        if (plain.Distinct().Count() < 4) return true;
        if (plain.All(char.IsAsciiDigit) && (IsRun(plain) || plain.Length < 14)) return true;
        var root = plain.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return Common.Contains(root, StringComparer.Ordinal) || Common.Any(c => c.Length > 2 && IsRepeated(plain, c));
    }

    // 12345678901234, 98765432109876: each digit follows its neighbour.
    private static bool IsRun(string digits) =>
        Enumerable.Range(1, digits.Length - 1).All(i => (digits[i] - digits[i - 1] + 10) % 10 is 1 or 9 or 0);

    private static bool IsRepeated(string text, string part) => text.Length > part.Length && text.Replace(part, "", StringComparison.Ordinal).Length == 0;
}
