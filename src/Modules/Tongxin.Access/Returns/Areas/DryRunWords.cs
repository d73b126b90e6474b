using Microsoft.Extensions.Localization;
using Tongxin.Core.Returns;

namespace Tongxin.Access.Returns.Areas;

/// <summary>Who would be asked something else, in words.</summary>
internal static class DryRunWords
{
    public const int Most = 200;

    public static IReadOnlyList<string> Lines(DryRun run, IStringLocalizer<ReturnsText> texts) =>
        [.. run.Changes.Take(Most).Select(c => texts["dry.line", c.Name, c.Unit ?? "", Said(c.From, c.FromUntil, texts), Said(c.To, c.ToUntil, texts)].Value)];

    private static string Said(ReturnOutcome outcome, DateOnly? until, IStringLocalizer<ReturnsText> texts) =>
        until is { } last ? texts["dry.until", texts[$"outcome.{outcome}"].Value, TypedForm.Text(last)] : texts[$"outcome.{outcome}"];
}
