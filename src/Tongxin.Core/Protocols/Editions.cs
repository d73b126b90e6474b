using System.Reflection;

namespace Tongxin.Core.Protocols;

/// <summary>The editions that come with the program. A file once released is never changed: a test holds the hash of each.</summary>
public static class Editions
{
    private const string Folder = "Protocols.Editions.";

    /// <summary>All, in the order of their files.</summary>
    public static IReadOnlyList<Edition> All { get; } = Load();

    /// <summary>The edition with this id, or null.</summary>
    public static Edition? Find(string? id) => All.FirstOrDefault(e => e.Id == id);

    private static List<Edition> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!; // the name was just listed
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var edition = EditionReader.Read(bytes);
            return edition.IsFailure ? throw new InvalidOperationException($"{name}: {edition.Error.Code} {string.Join(' ', edition.Error.Args)}") : edition.Value;
        })];
    }
}
