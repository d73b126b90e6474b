using System.Runtime.CompilerServices;

namespace Tongxin.Architecture.Tests.Support;

/// <summary>A text file of the repository; <paramref name="Path"/> is relative to its root, with slashes.</summary>
public sealed record SourceFile(string Path, string Text)
{
    public IEnumerable<(int Number, string Text)> Lines => Text.Split('\n').Select((line, i) => (i + 1, line));
}

/// <summary>The checked-out tree that these tests judge.</summary>
public static class Repository
{
    private static readonly string[] Skipped = [".git", "artifacts", "node_modules", "dist", "data", "bin", "obj", ".vs", ".idea"];
    private static readonly string[] TextKinds =
        [".cs", ".razor", ".csproj", ".props", ".targets", ".slnx", ".json", ".ts", ".js", ".scss", ".css", ".md", ".resx", ".yml", ".txt", ".sh", ".html", ".svg", ".csv", ""];

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file that a person wrote, read once.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(new DirectoryInfo(Root)).Select(Read)];

    public static IReadOnlyList<SourceFile> Under(string folder, params string[] extensions) =>
        [.. Files.Where(f => f.Path.StartsWith(folder + "/", StringComparison.Ordinal) && extensions.Contains(System.IO.Path.GetExtension(f.Path)))];

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(f => TextKinds.Contains(f.Extension) && f.Length < 4_000_000)
            .Concat(folder.EnumerateDirectories().Where(d => !Skipped.Contains(d.Name) && d.LinkTarget is null).SelectMany(Walk));

    private static SourceFile Read(FileInfo file) =>
        new(System.IO.Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // The folder of the running program first: with deterministic builds the caller's path may be a made-up one.
        foreach (var start in new[] { AppContext.BaseDirectory, System.IO.Path.GetDirectoryName(here) ?? "" })
        {
            for (var d = new DirectoryInfo(start); d is not null; d = d.Parent)
            {
                if (File.Exists(System.IO.Path.Combine(d.FullName, "Tongxin.slnx"))) return d.FullName;
            }
        }

        throw new InvalidOperationException("Tongxin.slnx was not found above the test program.");
    }
}
