using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Platform.Ui.Layouts;

/// <summary>An entry as it is shown: words in the page's language, the badge counted.</summary>
internal sealed record MenuEntry(string Group, string Title, string Icon, string Href, int Count);

/// <summary>The entries of a face that the actor may open, in order. Read once per request.</summary>
internal sealed class MenuReader(IEnumerable<IModule> modules, IStringLocalizerFactory texts, ICurrentActor current, IServiceScopeFactory scopes)
{
    private readonly Dictionary<Face, Task<IReadOnlyList<MenuEntry>>> _read = [];

    public Task<IReadOnlyList<MenuEntry>> ReadAsync(Face face, CancellationToken ct) =>
        // The task, not its answer: side menu and tab bar ask while it is still being read.
        _read.TryGetValue(face, out var known) ? known : _read[face] = ReadOnceAsync(face, ct);

    private async Task<IReadOnlyList<MenuEntry>> ReadOnceAsync(Face face, CancellationToken ct)
    {
        var actor = await current.GetAsync(ct);
        return actor is null ? [] : await ReadAsync(face, actor, ct);
    }

    private async Task<IReadOnlyList<MenuEntry>> ReadAsync(Face face, Actor actor, CancellationToken ct)
    {
        var open = from module in modules
                   from item in module.Menu
                   where item.Face == face && actor.Can(item.Permission)
                   orderby item.Order, item.Href
                   select (item, texts: module.Texts);
        var entries = new List<MenuEntry>();
        foreach (var (item, marker) in open.ToList())
        {
            var words = texts.Create(marker);
            var count = item.Count is null ? 0 : await CountAsync(item.Count, actor, ct);
            entries.Add(new MenuEntry(words[item.Group], words[item.Title], item.Icon, item.Href, count));
        }
        return entries;
    }

    // In a scope of its own: the page reads the database at the same time, and one context is for one reader.
    private async Task<int> CountAsync(Func<IServiceProvider, Actor, CancellationToken, Task<int>> count, Actor actor, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await count(scope.ServiceProvider, actor, ct);
    }

    /// <summary>The entry whose address is the longest beginning of the page's.</summary>
    public static string? Active(IReadOnlyList<MenuEntry> entries, string path) => entries
        .Select(e => e.Href)
        .Where(h => path == h || (h != "/" && path.StartsWith(h + "/", StringComparison.Ordinal)))
        .MaxBy(h => h.Length);
}
