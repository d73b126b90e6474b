using System.Text;

namespace Tongxin.Platform.Access;

/// <summary>One form of a user name, however it was typed: no blanks around it, no full-width letters.</summary>
internal static class UserNames
{
    public static string Clean(string? typed) => (typed ?? "").Trim().Normalize(NormalizationForm.FormKC);

    public static bool IsFit(string clean) =>
        clean.Length is >= 2 and <= 64 && clean.All(c => !char.IsWhiteSpace(c) && !char.IsControl(c));
}
