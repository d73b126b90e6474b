using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Core.Passes;

/// <summary>
/// A name as a guard may read it: first and last character, stars between. Enough to ask "are you 陈＊明?", too little for a list.
/// </summary>
public static class ShortName
{
    private const char Star = '＊';
    private const int MostStars = 2;

    /// <summary>陈小明 gives 陈＊明, 陈明 陈＊, 欧阳小明 欧＊＊明, 买买提·艾力 买＊＊力. Empty when there is no name.</summary>
    public static string Of(string? name)
    {
        var clean = TextFold.Clean(name);
        var letters = StringInfo.ParseCombiningCharacters(clean);
        if (letters.Length == 0) return "";
        var first = letters.Length == 1 ? clean : clean[..letters[1]];
        var text = letters.Length switch
        {
            1 => first,
            2 => first + Star,
            _ => first + new string(Star, Math.Min(letters.Length - 2, MostStars)) + clean[letters[^1]..],
        };
        // Only marks piled on one letter come near the limit.
        return text.Length <= PassLimits.MaxName ? text : "" + Star;
    }
}
