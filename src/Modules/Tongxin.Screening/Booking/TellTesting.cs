using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;

namespace Tongxin.Screening.Booking;

/// <summary>Somebody to be told, and what fills the place in the text.</summary>
internal sealed record Told(Guid PersonId, string? Arg);

/// <summary>What waits in the outbox.</summary>
internal sealed record TellAsked(Guid RoundId, string What, IReadOnlyList<Told> Persons);

/// <summary>Leaves notices to persons for the worker, in the caller's transaction: some hundred in a message, so that telling 30,000 is sixty messages.</summary>
internal sealed class TellTesting(TongxinDb db)
{
    public const string MessageKind = "screening.tell";

    private const int Some = 500;

    public void Tell(Guid round, string what, IEnumerable<Told> persons)
    {
        foreach (var some in persons.Chunk(Some)) db.Enqueue(MessageKind, $"{round:N}:{Ids.New():N}", new TellAsked(round, what, some));
    }

    public void Tell(Guid round, string what, Guid person, DateTimeOffset? at) => Tell(round, what, [new Told(person, at is { } moment ? Text(moment) : null)]);

    public static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>Sends what was left, by every way there is.</summary>
internal sealed class SendNotices(TongxinDb db, IEnumerable<ITestingNotices> ways) : IOutboxHandler
{
    public string Kind => TellTesting.MessageKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<TellAsked>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        List<TestingNotice> notices = [.. asked.Persons.Select(p => new TestingNotice($"{key}:{p.PersonId:N}", p.PersonId, asked.RoundId, asked.What, p.Arg))];
        foreach (var way in ways) await way.SendAsync(notices, ct);
        db.Record(Actor.System, "screening.notices.sent", "round", asked.RoundId, details: new { asked.What, persons = notices.Count });
        await db.CommitAsync(ct);
    }
}

/// <summary>The way that is always there: a note on the own page, until it is read.</summary>
internal sealed class NoteOnOwnPage(TongxinDb db, TimeProvider clock) : ITestingNotices
{
    public async Task SendAsync(IReadOnlyList<TestingNotice> notices, CancellationToken ct)
    {
        var keys = notices.Select(n => n.Key).ToList();
        var known = (await db.Set<TestingNote>().Where(n => keys.Contains(n.Key)).Select(n => n.Key).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        db.AddRange(notices.Where(n => !known.Contains(n.Key)).Select(n => TestingNote.To(n.PersonId, n.RoundId, n.What, n.Arg, n.Key, clock.GetUtcNow())));
    }
}
