namespace Tongxin.Rosters;

/// <summary>Writes a made-up instance of any size in the published format, for trying sizes whose files are not at hand.</summary>
internal static class MakeCommand
{
    public static async Task<int> RunAsync(string file, Arguments args)
    {
        await File.WriteAllLinesAsync(file, MadeInstance.Lines(args.Size.Days, args.Size.Staff, args.Size.Kinds, args.Seed, args.Load));
        return 0;
    }
}
