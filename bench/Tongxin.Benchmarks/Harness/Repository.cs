namespace Tongxin.Benchmarks.Harness;

/// <summary>Where the sources lie, found from the built program.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tongxin.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("Tongxin.slnx was not found above the benchmark program.");
    }
}
