namespace Tongxin.People.Data;

/// <summary>The derived forms of a name, from <c>Core.Text</c>.</summary>
internal static class PersonNames
{
    public static string Fold(string name) => name;

    public static string Initials(string name) => name;

    public static string SortKey(string name) => name;
}
