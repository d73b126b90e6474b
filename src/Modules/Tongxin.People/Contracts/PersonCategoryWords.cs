using Tongxin.Core.Text;

namespace Tongxin.People.Contracts;

/// <summary>The words that files of offices use for 人员类别.</summary>
public static class PersonCategoryWords
{
    /// <summary>The category a word means; null when it is none of ours.</summary>
    public static PersonCategory? Read(string? text) => TextFold.ForSearch(text) switch
    {
        "学生" or "本科" or "本科生" or "研究生" or "硕士" or "硕士生" or "硕士研究生" or "博士" or "博士生" or "博士研究生" or "留学生" or "student" => PersonCategory.Student,
        "教职工" or "教师" or "教工" or "职工" or "辅导员" or "在职" or "staff" => PersonCategory.Staff,
        "离退休" or "退休" or "离休" or "离退休教职工" or "retiree" or "retired" => PersonCategory.Retiree,
        "家属" or "教工家属" or "family" => PersonCategory.Family,
        "居民" or "住户" or "resident" => PersonCategory.Resident,
        "后勤" or "物业" or "保安" or "服务人员" or "后勤保障人员" or "worker" => PersonCategory.Worker,
        _ => null,
    };
}
