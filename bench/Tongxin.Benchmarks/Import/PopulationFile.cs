using Tongxin.Samples;

namespace Tongxin.Benchmarks.Import;

/// <summary>The workbook of the demo university: 30,000 persons.</summary>
internal static class PopulationFile
{
    public const string Name = "xingqing.xlsx";

    /// <summary>The day before the clock of the test kit, so that nobody is born tomorrow.</summary>
    public static readonly DateOnly Day = new(2022, 4, 5);

    private static readonly Lazy<byte[]> Content = new(() =>
    {
        using var stream = new MemoryStream();
        PopulationWorkbook.Write(stream, DemoUniversity.Xingqing(day: Day));
        return stream.ToArray();
    });

    public static byte[] Bytes => Content.Value;

    public static MemoryStream Open() => new(Bytes, writable: false);
}
