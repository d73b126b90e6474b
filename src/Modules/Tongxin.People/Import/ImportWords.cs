using Tongxin.Core.Text;
using Tongxin.People.Contracts;

namespace Tongxin.People.Import;

/// <summary>The words that files use for the answers of the register.</summary>
internal static class ImportWords
{
    public static Relation? Relation(string? text) => TextFold.ForSearch(text) switch
    {
        "" => null,
        "户主" or "本人" or "head" or "业主" => Contracts.Relation.Head,
        "配偶" or "妻" or "夫" or "妻子" or "丈夫" or "爱人" or "spouse" => Contracts.Relation.Spouse,
        "子女" or "子" or "女" or "儿子" or "女儿" or "长子" or "长女" or "次子" or "次女" or "儿媳" or "女婿" or "child" => Contracts.Relation.Child,
        "父母" or "父" or "母" or "父亲" or "母亲" or "岳父" or "岳母" or "公公" or "婆婆" or "parent" => Contracts.Relation.Parent,
        "祖父母" or "祖父" or "祖母" or "爷爷" or "奶奶" or "外公" or "外婆" or "grandparent" => Contracts.Relation.Grandparent,
        "孙子女" or "孙子" or "孙女" or "外孙" or "外孙女" or "grandchild" => Contracts.Relation.Grandchild,
        "兄弟姐妹" or "兄" or "弟" or "姐" or "妹" or "sibling" => Contracts.Relation.Sibling,
        "租户" or "租客" or "承租人" or "tenant" => Contracts.Relation.Tenant,
        "室友" or "舍员" or "舍长" or "roommate" => Contracts.Relation.Roommate,
        "保姆" or "护工" or "住家保姆" or "carer" => Contracts.Relation.Carer,
        "其他" or "其它" or "亲属" or "亲戚" or "朋友" or "非亲属" or "other" => Contracts.Relation.Other,
        _ => null,
    };

    /// <summary>Empty, or one of the marks that people put into a cell so that it is not empty.</summary>
    public static bool SaysNothing(string? text) => TextFold.ForSearch(text) is "" or "无" or "没有" or "/" or "-" or "--" or "—" or "——";

    /// <summary>Several in one cell, parted by any mark. Null when a word is none of ours: a need must not be lost by a spelling.</summary>
    public static IReadOnlyList<CareKind>? Care(string? text)
    {
        var folded = TextFold.ForSearch(text);
        if (SaysNothing(text) || folded is "否" or "正常") return [];
        var kinds = new List<CareKind>();
        foreach (var word in folded.Split(['、', ',', ';', '/', ' ', '+', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (One(word) is not { } kind) return null;
            if (!kinds.Contains(kind)) kinds.Add(kind);
        }
        return kinds;
    }

    private static CareKind? One(string word) => word switch
    {
        "慢性病" or "慢病" or "高血压" or "糖尿病" or "冠心病" or "chronic" => CareKind.Chronic,
        "透析" or "血液透析" or "血透" or "dialysis" => CareKind.Dialysis,
        "放化疗" or "化疗" or "放疗" or "肿瘤放化疗" or "肿瘤" or "chemotherapy" => CareKind.Chemotherapy,
        "孕产" or "孕产妇" or "孕妇" or "产妇" or "怀孕" or "pregnant" => CareKind.Pregnant,
        "新生儿" or "婴儿" or "newborn" => CareKind.Newborn,
        "残疾(可自行前往)" or "残疾可自行前往" or "可自行前往" or "残障" or "disabled" => CareKind.Disabled,
        "行动不便" or "残疾" or "卧床" or "失能" or "limitedmobility" => CareKind.LimitedMobility,
        "独居" or "独居老人" or "空巢" or "空巢老人" or "livingalone" => CareKind.LivingAlone,
        "无近亲在场" or "子女在外" or "子女在国外" or "norelativesnear" => CareKind.NoRelativesNear,
        "精神障碍" or "mentaldisorder" => CareKind.MentalDisorder,
        "重点学生" or "重点关注" or "keystudent" => CareKind.KeyStudent,
        _ => null,
    };
}
