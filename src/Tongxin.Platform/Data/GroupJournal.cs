using System.Text.Json;
using System.Text.Json.Nodes;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;

namespace Tongxin.Platform.Data;

/// <summary>What the journal says of a group of facts.</summary>
/// <param name="Actor">Who: the one account, or the system for several.</param>
/// <param name="Action">What, "access.scans.recorded".</param>
/// <param name="SubjectKind">Of what.</param>
/// <param name="Details">Ids and counts; the number of new facts is added as "count".</param>
public sealed record GroupJournal(Actor Actor, string Action, string SubjectKind, object? Details)
{
    // Put where the count goes, once the database knows it.
    private const string Count = "\"count\":";

    internal FactNote ToNote(DateTimeOffset now)
    {
        var all = new JsonObject { ["count"] = 0 };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(Details, JsonSerializerOptions.Web) as JsonObject ?? []) all[name] = value?.DeepClone();
        var text = all.ToJsonString(JsonSerializerOptions.Web);
        var at = text.IndexOf(Count, StringComparison.Ordinal) + Count.Length;
        return new FactNote(JournalEntry.Write(now, Actor, Action, SubjectKind, null, null, null), text[..at], text[(at + 1)..]);
    }
}
