using FsCheck;
using FsCheck.Fluent;

namespace Tongxin.Core.Tests.Text;

/// <summary>Strings nobody would type, and strings made of the pieces that the readers look for.</summary>
internal static class AnyText
{
    internal static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static readonly string[] Pieces =
    [
        "王", "進", "區", "区", "单", "(", "jìn", "jin", "qu", ")", "（", "）", "，", ",", "、", " ", "　", "\u00A0", "\t", ".", "．", "·", "•", "Å", "İ", "e", "\u0301", "\u200B",
        "\uD800", "\uDC00", "𠮷", "𫠆", "😀", "1", "2022", "44564", "１", "-", "－", "/", "年", "月", "日", "栋", "单元", "室", "楼", "门", "床", "#", "号", "第", "三", "十", "百",
        "E", "+", "86", "0086", "029", "139", "12348549", "转", "x", "X", "万", "余", "逾", "近", "以上", "至今", "\0", "\uFFFF", "󠄀", "㓨", "䶮", ":", "“", "\u212B",
    ];

    private static readonly Gen<string> OfPieces = Gen.Elements(Pieces).ListOf().Select(string.Concat);

    private static readonly Gen<string> OfUnits = Gen.Choose(0, char.MaxValue).Select(u => (char)u).ArrayOf().Select(units => new string(units));

    internal static readonly Arbitrary<string> Arbitrary = Gen.OneOf(OfPieces, OfUnits).ToArbitrary();

    internal static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (!char.IsHighSurrogate(text[at]) || ++at == text.Length || !char.IsLowSurrogate(text[at])) return false;
        }

        return true;
    }
}
