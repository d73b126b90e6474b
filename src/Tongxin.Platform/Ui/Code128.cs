using System.Text;

namespace Tongxin.Platform.Ui;

/// <summary>Code 128, set B (ISO/IEC 15417): what scanners of tubes and boxes read. Printable ASCII only.</summary>
internal static class Code128
{
    private const int StartB = 104, Prime = 103, First = ' ', Last = '~';
    private const string Stop = "2331112";

    // Widths of bar, space, bar, space, bar, space; eleven modules each.
    private static readonly string[] Widths =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231", "113222",
        "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321",
        "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
        "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224",
        "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
        "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
        "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232",
    ];

    /// <summary>Widths of bars and spaces in turn, a bar first; quiet zones are for whoever draws.</summary>
    public static string Encode(string text)
    {
        if (text.Length == 0 || text.Any(c => c is < (char)First or > (char)Last)) throw new ArgumentException("Code 128 B holds printable ASCII.", nameof(text));
        var widths = new StringBuilder(Widths[StartB]);
        var sum = StartB;
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i] - First;
            widths.Append(Widths[value]);
            sum += (i + 1) * value;
        }

        return widths.Append(Widths[sum % Prime]).Append(Stop).ToString();
    }
}
