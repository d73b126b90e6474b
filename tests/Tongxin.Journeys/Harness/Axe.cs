using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Tongxin.Journeys.Harness;

/// <summary>
/// The rules of accessibility, asked of the document as it stands. One script in the page itself: our pages hold no frames,
/// so the detour of the ready-made package (a second, empty page for every question) is spared.
/// </summary>
internal static class Axe
{
    private static readonly string Source = new BundledAxeScriptProvider().GetScript();
    private static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];

    /// <summary>
    /// For a tab that judges every page it opens: the rules are in each page from its beginning. The browser then reads the script once, not for each page.
    /// </summary>
    public static Task PrepareAsync(IBrowserContext context) => context.AddInitScriptAsync(Source);

    /// <summary>One line for each broken rule, with the first element that breaks it. The rules of colours are a part of all rules.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, bool coloursOnly = false)
    {
        if (!await page.EvaluateAsync<bool>("() => typeof window.axe === 'object'")) await page.EvaluateAsync($"() => {{ {Source}\n }}");
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async rules => (await axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) })).violations
              .map(v => `axe ${v.id}: ${v.help} (${v.nodes.length}) ${v.nodes[0].html.slice(0, 160)}`)
            """, coloursOnly ? OfColours : null);
        return [.. found.EnumerateArray().Select(line => line.GetString() ?? "")];
    }
}
