using Microsoft.Extensions.Localization;
using Tongxin.Platform.Ui;

namespace Tongxin.People;

/// <summary>Words for the kinds of the register: the key is "Enum.Value".</summary>
internal static class PeopleWords
{
    public static string Word<TEnum>(this IStringLocalizer<PeopleText> texts, TEnum value) where TEnum : struct, Enum =>
        texts[$"{typeof(TEnum).Name}.{value}"];

    /// <summary>All values as choices, or those named.</summary>
    public static IReadOnlyList<FieldOption> Choices<TEnum>(this IStringLocalizer<PeopleText> texts, params TEnum[] only) where TEnum : struct, Enum =>
        [.. (only.Length > 0 ? only : Enum.GetValues<TEnum>()).Select(v => new FieldOption(v.ToString(), texts.Word(v)))];
}
