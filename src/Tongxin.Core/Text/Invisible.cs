using System.Globalization;

namespace Tongxin.Core.Text;

/// <summary>Characters that take no room on the screen and make equal texts differ.</summary>
internal static class Invisible
{
    /// <summary>Fillers that Unicode calls letters though nothing is drawn.</summary>
    internal static bool IsFiller(int codePoint) => codePoint is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    /// <summary>Control and format characters (zero-width blanks, direction marks, byte order mark) and fillers.</summary>
    internal static bool Is(int codePoint) =>
        IsFiller(codePoint) || CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.Control or UnicodeCategory.Format;
}
