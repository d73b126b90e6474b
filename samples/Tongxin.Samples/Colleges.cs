using Tongxin.Core.Text;

namespace Tongxin.Samples;

internal enum Level
{
    Bachelor,
    Master,
    Doctor,
}

/// <param name="Share">Weight among the colleges of its site.</param>
/// <param name="Men">Share of men among its students.</param>
internal sealed record College(string Name, string ShortName, double Share, double Men);

/// <summary>A site of the university: how many live in its dormitories and in its family area, and who teaches there.</summary>
internal sealed record UniversitySite(string Name, int Students, int Residents, string FamilyArea, double Bachelors, double Masters, IReadOnlyList<College> Colleges);

/// <summary>A student who has a class but no bed yet.</summary>
internal sealed record Enrolled(Sex Sex, int Age, Level Level, string Number, int CollegeKey, int ClassKey, int BranchKey, int Grade);

internal static class UniversityPlan
{
    public const int Students = 26_400;
    public const int Residents = 3_600;

    public static readonly IReadOnlyList<UniversitySite> Sites =
    [
        new("兴庆校区", 11_000, 2_400, "兴庆家属区", 0.78, 0.16,
        [
            new("机械工程学院", "机械", 12, 0.82), new("电气工程学院", "电气", 12, 0.76), new("电子与信息学部", "电信", 14, 0.7),
            new("管理学院", "管理", 8, 0.45), new("数学与统计学院", "数学", 5, 0.58), new("外国语学院", "外语", 4, 0.2), new("人文社会科学学院", "人文", 5, 0.35),
        ]),
        new("雁塔校区", 4_800, 0, "", 0.72, 0.2,
        [
            new("医学部", "临床", 12, 0.44), new("公共卫生学院", "公卫", 4, 0.36), new("护理学院", "护理", 4, 0.12), new("药学院", "药学", 4, 0.38), new("口腔医学院", "口腔", 3, 0.4),
        ]),
        new("创新港", 8_600, 0, "", 0.08, 0.64,
        [
            new("能源与动力工程学院", "能动", 9, 0.78), new("材料科学与工程学院", "材料", 8, 0.72), new("航天航空学院", "航天", 6, 0.8),
            new("化学工程与技术学院", "化工", 6, 0.6), new("生命科学与技术学院", "生命", 6, 0.46), new("软件学院", "软件", 7, 0.74), new("国际教育学院", "国教", 2, 0.6),
        ]),
        new("曲江校区", 2_000, 1_200, "曲江新村", 0.7, 0.25, [new("材料与仪器试验学院", "仪器", 5, 0.72), new("法学院", "法学", 4, 0.38), new("经济与金融学院", "金融", 6, 0.42)]),
    ];

    public static readonly IReadOnlyList<string> Departments = ["党委办公室", "学生工作处", "研究生工作处", "教务处", "后勤保障部", "保卫处", "校医院", "离退休工作处", "图书馆"];

    public static readonly IReadOnlyList<string> TaskForces =
    [
        "综合协调专班", "信息宣传专班", "热线电话保障专班", "党员志愿者专班", "重点学生关注专班", "心理咨询专班",
        "后勤保障专班", "医疗防控专班", "校园安保专班", "教学保障专班", "家属区疫情防控专班",
    ];
}
