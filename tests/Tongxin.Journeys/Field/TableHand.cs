using System.Text.Json;
using Microsoft.Playwright;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Field;

/// <summary>Somebody of a round as a table's pack has them.</summary>
internal sealed record Called(Guid Id, string Name, string Room, string Lane, int Most)
{
    /// <summary>The roll of a round, or of the first one there is.</summary>
    public static async Task<List<Called>> AllAsync(Visitor sampler, Guid? round = null)
    {
        var pack = JsonDocument.Parse(await sampler.Http.GetStringAsync(new Uri("/api/v1/screening/pack", UriKind.Relative))).RootElement;
        var rounds = pack.GetProperty("rounds").EnumerateArray();
        return [.. rounds.First(r => round is null || r.GetProperty("id").GetGuid() == round).GetProperty("people").EnumerateArray().Select(p =>
            new Called(p.GetProperty("id").GetGuid(), p.GetProperty("name").GetString() ?? "", p.GetProperty("room").GetString() ?? "", p.GetProperty("lane").GetString() ?? "", p.GetProperty("most").GetInt32()))];
    }

    /// <summary>People of the normal lane, one behind a door, each alone with that name there.</summary>
    public static async Task<List<Called>> SomeAsync(Visitor sampler, int count, Guid? round = null)
    {
        var all = (await AllAsync(sampler, round)).Where(p => p is { Lane: "Normal", Most: >= 10, Room: not "" });
        return [.. all.GroupBy(p => (p.Name, p.Room)).Where(g => g.Count() == 1).Select(g => g.First()).DistinctBy(p => p.Room).Take(count)];
    }
}

/// <summary>A clerk's hand at a sampling table: codes and rooms are typed, as with a hand scanner.</summary>
internal sealed class TableHand(FieldPhone phone)
{
    private IPage Page => phone.Page;

    /// <summary>Enrols the phone and sits down at a table of a round.</summary>
    public async Task SitAsync(string table, string round)
    {
        await phone.EnrolAsync();
        await phone.ToAsync("table", ".choice .row");
        await Page.ClickAsync($".choice[aria-label='{round}'] .row:has-text('{table}')");
        await Page.WaitForSelectorAsync(".tube-none");
    }

    public async Task TypeAsync(string text)
    {
        await Page.ClickAsync(".desk-tools button >> nth=0");
        await Page.FillAsync("dialog input[name=typed]", text);
        await Page.ClickAsync("dialog button[type=submit]");
        await Page.WaitForSelectorAsync("dialog input[name=typed]", new() { State = WaitForSelectorState.Detached });
    }

    public async Task OpenAsync(string tube)
    {
        await TypeAsync(tube);
        await Page.WaitForSelectorAsync($"[data-tube='{tube}']");
    }

    /// <summary>The room is typed, the person chosen from who lives there.</summary>
    public async Task ChooseAsync(Called person)
    {
        await TypeAsync(person.Room);
        await Page.ClickAsync($".people .row:has-text('{person.Name}')");
    }

    public async Task SampleAsync(Called person, int count)
    {
        await ChooseAsync(person);
        await CountAsync(count);
    }

    public Task CountAsync(int count) => Page.WaitForSelectorAsync($".tube-count b:text-is('{count}')");

    public async Task RefusedAsync(string rule, string tone = "red")
    {
        await Page.WaitForSelectorAsync($".answer.tone-{tone}[data-rule='{rule}']");
        await Page.ClickAsync(".answer .btn-huge.first");
    }

    /// <summary>Closes the tube on the table; one that is not full asks once more.</summary>
    public async Task CloseAsync(bool isFull = false)
    {
        await Page.ClickAsync("button[value=close]");
        if (!isFull) await Page.ClickAsync(".answer[data-rule='tube.not_full.text'] .btn-huge:not(.first)");
        await Page.WaitForSelectorAsync(".tube-none");
    }

    /// <summary>Back in the network: so many facts are there in the end.</summary>
    public async Task ArriveAsync(int facts)
    {
        await phone.GoOfflineAsync(false);
        await phone.ToAsync("outbox", ".outbox-head .btn");
        await Page.ClickAsync(".outbox-head .btn");
        await Page.WaitForFunctionAsync($"() => document.querySelectorAll('.fact.arrived').length === {facts}");
    }

    /// <summary>What is wrong with how it looks; the missing network is none of it.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync() =>
        [.. (await phone.Tab.FaultsAsync()).Where(f => f.Contains("axe", StringComparison.Ordinal) || f.Contains("sideways", StringComparison.Ordinal))];
}
