using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>The words an estate office writes.</summary>
internal static class DemoWords
{
    public static string Of(Sex sex) => sex == Sex.Male ? "男" : "女";

    public static string Of(IdentityDocumentKind kind) => kind == IdentityDocumentKind.ResidentId ? "身份证" : "护照";

    public static string Of(DemoRelation relation) => relation switch
    {
        DemoRelation.Head => "户主",
        DemoRelation.Spouse => "配偶",
        DemoRelation.Child => "子女",
        DemoRelation.Parent => "父母",
        DemoRelation.Grandchild => "孙子女",
        DemoRelation.Tenant => "租户",
        DemoRelation.Roommate => "室友",
        DemoRelation.Carer => "保姆",
        _ => "其他",
    };

    public static string Of(DemoCategory category) => category switch
    {
        DemoCategory.Student => "学生",
        DemoCategory.Staff => "教职工",
        DemoCategory.Retiree => "离退休",
        DemoCategory.Family => "家属",
        DemoCategory.Worker => "服务人员",
        _ => "居民",
    };

    public static string Of(HousingUse use) => use switch
    {
        HousingUse.Rented => "出租",
        HousingUse.Vacant => "空置",
        _ => "自住",
    };

    public static string Of(DemoCare care) => care switch
    {
        DemoCare.Dialysis => "透析",
        DemoCare.Chemotherapy => "放化疗",
        DemoCare.Pregnant => "孕产",
        DemoCare.Newborn => "新生儿",
        DemoCare.LimitedMobility => "行动不便",
        DemoCare.LivingAlone => "独居",
        _ => "慢性病",
    };
}
