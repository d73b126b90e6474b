using Microsoft.Extensions.Localization;
using Tongxin.Core.Rounds;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Rounds;

/// <summary>The words of reasons, one place for lists and files.</summary>
internal static class TestingWords
{
    /// <summary>Why somebody is excused, or what the last attempt came to.</summary>
    public static string Reason(this IStringLocalizer<TestingText> texts, TestingRow row) => row.Status switch
    {
        TargetStatus.Excused => texts.Excuse(row.Reason),
        TargetStatus.Outstanding when row.Result is { } result => texts[$"result.{result}"],
        _ => "",
    };

    /// <summary>"Hospital:市一院" as "住院:市一院".</summary>
    public static string Excuse(this IStringLocalizer<TestingText> texts, string? reason)
    {
        var parts = (reason ?? "").Split(':', 2);
        if (!Enum.TryParse<ExcuseReason>(parts[0], out var code) || !Enum.IsDefined(code)) return reason ?? "";
        return parts.Length == 2 && parts[1].Length > 0 ? $"{texts[$"excuse.{code}"]}:{parts[1]}" : texts[$"excuse.{code}"];
    }
}
