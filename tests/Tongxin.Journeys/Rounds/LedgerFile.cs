using Tongxin.Platform.Sheets;

namespace Tongxin.Journeys.Rounds;

/// <summary>《敲门行动台账》 read back from the workbook that was downloaded.</summary>
internal sealed record LedgerFile(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The paper form's headers, in its order and wording.</summary>
    public static readonly IReadOnlyList<string> Form =
    [
        "序号", "楼栋", "单元", "房号", "户主姓名*", "联系电话*", "登记人数", "实际入住人数", "住房使用情况(自住/出租/空置)", "老人/儿童/孕产妇数",
        "特殊需求(慢性病/透析/放化疗/行动不便/孕产/新生儿)*", "需协助事项", "上一轮核酸(已检/未检/原因)", "入户时间", "入户方式(上门/电话/线上)",
        "结果(见面/无人/拒访/空房)", "下次入户", "队员", "队长审核", "备注",
    ];

    public static LedgerFile Read(byte[] workbook)
    {
        using var stream = new MemoryStream(workbook);
        using var source = SheetReader.Open(stream, "ledger.xlsx").Value;
        var rows = source.Rows().Select(r => r.Value).SkipWhile(r => r[0].Text != "序号").Where(r => !r.IsBlank)
            .Select(r => (IReadOnlyList<string>)[.. r.Cells.Select(c => c.Text)]).ToList();
        return new LedgerFile(rows[0], [.. rows.Skip(1).Where(r => int.TryParse(r[0], out _))]);
    }

    public int Count(string header, string value) => Rows.Count(r => Cell(r, header) == value);

    public IEnumerable<string> Column(string header) => Rows.Select(r => Cell(r, header));

    private string Cell(IReadOnlyList<string> row, string header)
    {
        var at = Headers.ToList().IndexOf(header);
        return at < row.Count ? row[at] : "";
    }
}
