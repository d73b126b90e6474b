using Tongxin.Core.Text;
using Tongxin.Platform.Sheets;

namespace Tongxin.Samples;

/// <summary>
/// The register as an estate office keeps it in Excel: one row a person, and one row without a person for every empty flat, so
/// that no door is missed.
/// </summary>
public static class PopulationWorkbook
{
    public static readonly IReadOnlyList<string> Headers =
    [
        "序号", "校区/小区", "楼栋", "单元", "房号", "床位", "姓名", "性别", "证件类型", "证件号码", "出生日期", "联系电话", "与户主关系", "人员类别",
        "学号/工号", "学院/单位", "班级", "住房使用情况", "特殊需求", "入住日期", "备注",
    ];

    private static readonly double[] Widths = [6, 12, 14, 8, 8, 6, 16, 6, 10, 22, 12, 14, 10, 10, 14, 22, 14, 12, 18, 12, 20];

    public static void Write(Stream stream, DemoPlace place) => SheetWriter.Write(stream, Document(place));

    public static void WriteCsv(Stream stream, DemoPlace place) => SheetWriter.WriteCsv(stream, Document(place));

    /// <summary>Without title lines: a header and rows, persons in the order of their doors.</summary>
    public static SheetDocument Document(DemoPlace place) => new()
    {
        Name = "人口信息",
        Columns = [.. Headers.Zip(Widths, (header, width) => new SheetColumn(header, width))],
        Rows = Rows(place).Select(row => row.Cells),
    };

    internal static IEnumerable<(SheetValue[] Cells, DemoPerson? Person)> Rows(DemoPlace place)
    {
        var byHome = place.Persons.ToLookup(person => person.HouseholdKey);
        var number = 0;
        foreach (var home in place.Households)
        {
            if (!byHome.Contains(home.Key))
            {
                yield return (Row(place, ++number, home, null), null);
            }

            foreach (var person in byHome[home.Key])
            {
                yield return (Row(place, ++number, home, person), person);
            }
        }
    }

    private static SheetValue[] Row(DemoPlace place, int number, DemoHousehold home, DemoPerson? person)
    {
        var building = place.Buildings[home.BuildingKey];
        SheetValue[] address =
        [
            number, place.Sites[building.SiteKey].Name, building.Name, home.EntranceKey is { } entrance ? place.Entrances[entrance].Name : null, home.Room, person?.Bed,
        ];
        return person is null
            ? [.. address, default, default, default, default, default, default, default, default, default, default, default, DemoWords.Of(home.Use), default, default, default]
            :
            [
                .. address, person.Name, DemoWords.Of(person.Sex), DemoWords.Of(person.DocumentKind), person.DocumentNumber, person.BirthDate, person.Phone,
                DemoWords.Of(person.Relation), DemoWords.Of(person.Category), person.Number, NameOf(place, person.CollegeKey), NameOf(place, person.ClassKey),
                home.Kind == DemoDoor.Dormitory ? default(SheetValue) : DemoWords.Of(home.Use), string.Join('、', person.Care.Select(DemoWords.Of)), person.MovedInOn, default,
            ];
    }

    private static string? NameOf(DemoPlace place, int? unit) => unit is { } key ? place.Units[key].Name : null;
}
