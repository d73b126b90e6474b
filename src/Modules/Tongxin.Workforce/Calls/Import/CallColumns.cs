using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Sheets;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Calls.Import;

/// <summary>What a column of a file of applications can hold.</summary>
internal enum CallField
{
    Name,
    Number,
    Phone,

    /// <summary>Identity number: finds the person of the register, and is not kept.</summary>
    Document,
    Category,
    Unit,
    Duties,
    Skills,
    Proof,
    Through,
    Home,
    Party,
    Community,
}

/// <summary>The columns of lists of applications, in the words that offices use.</summary>
internal static class CallColumns
{
    public static readonly TableHeader<CallField> Header = new(
        (CallField.Name, ["姓名", "名字", "学生姓名", "队员姓名", "志愿者姓名", "name", "fullname"]),
        (CallField.Number, ["学号", "工号", "学号/工号", "学号或工号", "学工号", "职工号", "教工号", "编号", "studentno", "staffno", "number"]),
        (CallField.Phone, ["手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "本人电话", "phone", "mobile", "tel"]),
        (CallField.Document, ["身份证号", "身份证号码", "身份证", "证件号", "证件号码", "公民身份号码", "idnumber", "documentno"]),
        (CallField.Category, ["人员类别", "类别", "身份", "人员类型", "学历层次", "category"]),
        (CallField.Unit, ["学院", "单位", "学院/单位", "院系", "部门", "所在单位", "所在学院", "college", "department", "unit"]),
        (CallField.Duties, ["岗位", "意向岗位", "报名岗位", "志愿岗位", "服务意向", "服务类别", "意向", "duties", "duty"]),
        (CallField.Skills, ["技能", "特长", "技能特长", "资质", "专业技能", "skills", "skill"]),
        (CallField.Proof, ["证书编号", "证书号", "资格证号", "certificateno", "certificate"]),
        (CallField.Through, ["证书有效期", "有效期", "有效期至", "到期日期", "证书到期", "validthrough", "expires"]),
        (CallField.Home, ["住处", "住址", "宿舍", "校区", "所在校区", "居住地", "现住址", "宿舍楼", "livesin", "home", "campus"]),
        (CallField.Party, ["党员", "是否党员", "政治面貌", "partymember", "party"]),
        (CallField.Community, ["社区", "报到社区", "双报到社区", "所在社区", "community"]));

    /// <summary>Enough to know who applied.</summary>
    public static bool IsEnough(IReadOnlyDictionary<CallField, int> columns) =>
        columns.ContainsKey(CallField.Name) && (columns.ContainsKey(CallField.Number) || columns.ContainsKey(CallField.Phone));
}

/// <summary>The words of a list's cells. Null where a word means nothing: then the row is refused, not guessed.</summary>
internal static class CallWords
{
    private static readonly string[] Nothing = ["", "无", "没有", "否", "/", "-", "none", "no"];
    private static readonly char[] Between = ['、', ',', ';', '/', ' ', '|', '+'];

    private static readonly Dictionary<string, CampusDuty> DutyWords = new(StringComparer.Ordinal)
    {
        ["核酸检测"] = CampusDuty.Testing,
        ["核酸"] = CampusDuty.Testing,
        ["采样"] = CampusDuty.Testing,
        ["testing"] = CampusDuty.Testing,
        ["考试工作"] = CampusDuty.Examinations,
        ["考试"] = CampusDuty.Examinations,
        ["监考"] = CampusDuty.Examinations,
        ["examinations"] = CampusDuty.Examinations,
        ["物资保障"] = CampusDuty.Supplies,
        ["物资"] = CampusDuty.Supplies,
        ["物资搬运"] = CampusDuty.Supplies,
        ["supplies"] = CampusDuty.Supplies,
        ["餐食服务"] = CampusDuty.Meals,
        ["餐食"] = CampusDuty.Meals,
        ["送餐"] = CampusDuty.Meals,
        ["meals"] = CampusDuty.Meals,
        ["云辅导"] = CampusDuty.Tutoring,
        ["辅导"] = CampusDuty.Tutoring,
        ["tutoring"] = CampusDuty.Tutoring,
        ["校园巡逻"] = CampusDuty.Patrol,
        ["巡逻"] = CampusDuty.Patrol,
        ["patrol"] = CampusDuty.Patrol,
    };

    private static readonly Dictionary<string, Skill> SkillWords = new(StringComparer.Ordinal)
    {
        ["采样培训"] = Skill.Sampling,
        ["采样"] = Skill.Sampling,
        ["核酸采样"] = Skill.Sampling,
        ["sampling"] = Skill.Sampling,
        ["健康证"] = Skill.FoodHealth,
        ["foodhealth"] = Skill.FoodHealth,
        ["医务"] = Skill.Medical,
        ["医学"] = Skill.Medical,
        ["护理"] = Skill.Medical,
        ["medical"] = Skill.Medical,
        ["急救"] = Skill.FirstAid,
        ["急救证"] = Skill.FirstAid,
        ["firstaid"] = Skill.FirstAid,
        ["心理咨询"] = Skill.Counselling,
        ["心理"] = Skill.Counselling,
        ["counselling"] = Skill.Counselling,
        ["驾驶"] = Skill.Driving,
        ["驾照"] = Skill.Driving,
        ["驾驶证"] = Skill.Driving,
        ["driving"] = Skill.Driving,
        ["消杀"] = Skill.Disinfection,
        ["消毒"] = Skill.Disinfection,
        ["disinfection"] = Skill.Disinfection,
        ["信息技术"] = Skill.It,
        ["计算机"] = Skill.It,
        ["it"] = Skill.It,
        ["带班"] = Skill.LeadDuty,
        ["leadduty"] = Skill.LeadDuty,
    };

    public static IReadOnlyList<CampusDuty>? Duties(string text) => All(text, DutyWords);

    public static IReadOnlyList<Skill>? Skills(string text) => All(text, SkillWords);

    public static bool Party(string text)
    {
        var folded = TextFold.ForSearch(text);
        return folded is "中共党员" or "党员" or "中共预备党员" or "预备党员" or "是" or "yes" or "y" or "true" or "1" or "√";
    }

    private static List<T>? All<T>(string text, Dictionary<string, T> words)
    {
        var all = new List<T>();
        foreach (var part in TextFold.ForSearch(text).Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(p => !Nothing.Contains(p)))
        {
            if (!words.TryGetValue(part, out var value)) return null;
            all.Add(value);
        }
        return all;
    }
}
