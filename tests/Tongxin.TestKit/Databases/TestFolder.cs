namespace Tongxin.TestKit.Databases;

/// <summary>Folders of this test run, gone when it ends. In memory where there is room: the product waits for the disk at each commit.</summary>
internal static class TestFolder
{
    private const string Memory = "/dev/shm";
    private const long EnoughBytes = 2L << 30;

    private static readonly Lazy<string> Root = new(() =>
    {
        var parent = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > EnoughBytes ? Memory : Path.GetTempPath();
        var root = Path.Combine(parent, $"tongxin-tests-{Environment.ProcessId}-{Guid.CreateVersion7():N}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(root);
        return Directory.CreateDirectory(root).FullName;
    });

    public static string New() => Directory.CreateDirectory(Path.Combine(Root.Value, Guid.CreateVersion7().ToString("N"))).FullName;

    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A worker that is still ending may hold a file; the temp folder is thrown away with the machine.
        }
    }
}
