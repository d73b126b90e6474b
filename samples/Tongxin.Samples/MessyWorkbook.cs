using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tongxin.Platform.Sheets;

namespace Tongxin.Samples;

/// <summary>
/// The register as it really arrives: title lines merged over the table, two header rows, every habit of writing dates,
/// numbers that Excel has eaten, people twice, and a total with remarks below. At most one thing is wrong in a row.
/// </summary>
public static class MessyWorkbook
{
    private const int TitleRows = 2;
    private const int HeaderRow = TitleRows + 2;
    private const int BlankRowEvery = 60;

    private static readonly string[] Groups = ["序号", "住址信息", "", "", "", "", "本人基本情况", "", "", "", "", "", "", "", "", "", "", "房屋及需求", "", "", "备注"];

    /// <summary>Headers as offices vary them.</summary>
    private static readonly string[] Headers =
    [
        "", "小区", "楼栋号", "单元", "房间号", "床位", "姓  名", "性别", "证件类型", "身份证号码", "出生年月日", "联系电话(手机)", "与户主关系", "人员类别",
        "学号/工号", "学院/单位", "班级", "住房使用情况", "特殊需求", "入住日期", "",
    ];

    /// <param name="households">How many homes, from the first on; 120 give about 330 rows.</param>
    public static MessyList Write(Stream stream, DemoPlace place, int seed = 7, int households = 120)
    {
        var part = place with { Households = [.. place.Households.Take(households)] };
        var mess = new Mess(new Dice(seed), [.. PopulationWorkbook.Rows(part)]);
        mess.Spoil();
        var (rows, list) = Arrange(mess.Rows, place.Day);
        var document = new SheetDocument
        {
            Name = "Sheet1",
            Titles = [$"{place.Name}常住人口信息登记表", string.Create(CultureInfo.InvariantCulture, $"填表单位：社区居委会        填表日期：{place.Day.Year}年{place.Day.Month}月{place.Day.Day}日")],
            Columns = [.. Groups.Select(group => new SheetColumn(group))],
            Rows = rows,
        };
        WriteUnguarded(stream, document);
        return list;
    }

    private static (List<SheetValue[]> Rows, MessyList List) Arrange(List<MessyRow> spoiled, DateOnly day)
    {
        var rows = new List<SheetValue[]> { Headers.Select(header => (SheetValue)header).ToArray() };
        var defects = new List<MessyDefect>();
        foreach (var row in spoiled)
        {
            if (rows.Count % BlankRowEvery == 0)
            {
                Ignore(MessyKind.BlankRow, new SheetValue[Headers.Length]);
            }

            rows.Add(row.Cells);
            defects.AddRange(row.Defects.Select(defect => new MessyDefect(Number(), SheetAddress.Of(defect.Column, Number()), defect.Kind, defect.Outcome, defect.Code)));
        }

        Ignore(MessyKind.TotalLine, ["合计", default, default, default, default, default, spoiled.Count, default, default]);
        Ignore(MessyKind.BlankRow, []);
        Ignore(MessyKind.TrailingNote, ["注：1. 本表由各单元长填写，空置房也须登记；2. 特殊需求请如实填写。"]);
        Ignore(MessyKind.TrailingNote, [default, "填表人：", default, default, "审核人：", default, "日期：", default, day]);

        var refused = spoiled.Count(row => row.Has(MessyOutcome.Rejected));
        var twice = spoiled.Count(row => row.Has(MessyOutcome.Duplicate));
        var ignored = defects.Count(defect => defect.Outcome == MessyOutcome.Ignored);
        return (rows, new(HeaderRow, spoiled.Count, spoiled.Count - refused - twice, refused, twice, ignored, spoiled.Count(row => row.IsEmptyFlat), defects));

        int Number() => HeaderRow + rows.Count - 1;

        void Ignore(MessyKind kind, SheetValue[] cells)
        {
            rows.Add(cells);
            defects.Add(new(Number(), SheetAddress.Of(0, Number()), kind, MessyOutcome.Ignored));
        }
    }

    /// <summary>The writer disarms formulas and has no way around it; whoever made this workbook did not.</summary>
    private static void WriteUnguarded(Stream stream, SheetDocument document)
    {
        using var written = new MemoryStream(SheetWriter.ToBytes(document));
        using var from = new ZipArchive(written);
        using var to = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in from.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var copy = to.CreateEntry(entry.FullName, CompressionLevel.Fastest);
            copy.LastWriteTime = entry.LastWriteTime;
            using var part = copy.Open();
            part.Write(Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace(">'=HYPERLINK", ">=HYPERLINK", StringComparison.Ordinal)));
        }
    }
}
