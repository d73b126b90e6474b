namespace Tongxin.Core.Text;

/// <summary>Reads the cells where people pick one of a few answers in their own words. Null means "not one of them", never a guess.</summary>
public static class LooseChoice
{
    /// <summary>男, 男性, M, 1 · 女, 女性, F, 2.</summary>
    public static Sex? Sex(string? text) => TextFold.ForSearch(text) switch
    {
        "男" or "男性" or "男生" or "m" or "male" or "1" or "先生" => Text.Sex.Male,
        "女" or "女性" or "女生" or "f" or "female" or "2" or "女士" => Text.Sex.Female,
        _ => null,
    };

    /// <summary>是, 有, √, Y, 1 · 否, 无, ×, N, 0. The letter x is neither: some tick with it, some cross out.</summary>
    public static bool? YesNo(string? text) => TextFold.ForSearch(text) switch
    {
        "是" or "有" or "对" or "需要" or "√" or "✓" or "✔" or "☑" or "y" or "yes" or "true" or "1" => true,
        "否" or "无" or "没有" or "不是" or "不" or "不需要" or "×" or "✗" or "✘" or "n" or "no" or "false" or "0" => false,
        _ => null,
    };

    /// <summary>自住, 自有 · 出租, 租住 · 空置, 空房, 无人居住.</summary>
    public static HousingUse? HousingUse(string? text) => TextFold.ForSearch(text) switch
    {
        "自住" or "自有" or "自住房" or "业主自住" => Text.HousingUse.OwnerOccupied,
        "出租" or "租住" or "出租房" or "租户" or "租赁" => Text.HousingUse.Rented,
        "空置" or "空房" or "空置房" or "空" or "无人居住" or "无人" => Text.HousingUse.Vacant,
        _ => null,
    };
}
