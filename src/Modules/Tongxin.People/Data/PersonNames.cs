using Tongxin.Core.Text;

namespace Tongxin.People.Data;

/// <summary>The derived forms of a name that the register keeps beside it.</summary>
internal static class PersonNames
{
    public static string Fold(string name) => TextFold.ForSearch(name);

    public static string Initials(string name) => Pinyin.Initials(name);

    public static string SortKey(string name) => Pinyin.SortKey(name);
}
