using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.Platform.Support;
using Tongxin.Platform;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class JournalTests
{
    [Theory, BothProviders]
    public async Task Seal_CommittedEntries_AreChainedFromOneAndVerify(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);

        var verdict = await VerifyAsync(ground);

        verdict.IsOk.ShouldBeTrue();
        verdict.Count.ShouldBe(5);
        (await ground.DbAsync(db => db.Set<JournalEntry>().OrderBy(e => e.Position).Select(e => e.Position).ToListAsync())).ShouldBe([1L, 2, 3, 4, 5]);
    }

    [Theory, BothProviders]
    public async Task Seal_MoreThanABatchInSeveralRounds_ContinuesTheChain(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 3);
        await ground.DbAsync(async db =>
        {
            for (var i = 0; i < 1200; i++) db.Record(Tongxin.Platform.Access.Actor.System, "test.many", "test", null, "因为 \u0001 🙂");
            await db.CommitAsync(CancellationToken.None);
            return 0;
        });

        (await ground.Get<JournalSealer>().SealAsync(CancellationToken.None)).ShouldBe(1200);

        var verdict = await VerifyAsync(ground);
        verdict.Break.ShouldBeNull();
        verdict.Count.ShouldBe(1203);
    }

    [Theory, BothProviders]
    public async Task Seal_TwoNodesAtOnce_EachEntryOnce(Provider provider)
    {
        await using var ground = await Ground.MakeAsync(provider);
        var other = ground.Another();
        for (var i = 0; i < 20; i++) await ground.RecordAsync("test.done");

        var rounds = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? ground : other).Get<JournalSealer>().SealAsync(CancellationToken.None))));
        await ground.Get<JournalSealer>().SealAsync(CancellationToken.None);

        rounds.Sum().ShouldBeLessThanOrEqualTo(20);
        (await VerifyAsync(ground)).Count.ShouldBe(20);
    }

    [Theory, BothProviders]
    public async Task Verify_OneCharacterChanged_NamesTheEntry(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        await ground.SqlAsync("UPDATE platform_journal SET why = 'Becausf' WHERE position = 3");

        await ShouldBreakAsync(ground, JournalFault.Changed, 3);
    }

    [Theory, BothProviders]
    public async Task Verify_HashWrittenAnew_NamesTheNextEntry(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        // The forger knows the form of the hash and writes a fitting one for the entry he changed.
        await ground.DbAsync(async db =>
        {
            var entries = await db.Set<JournalEntry>().OrderBy(e => e.Position).ToListAsync();
            await db.Database.ExecuteSqlAsync($"UPDATE platform_journal SET why = 'forged' WHERE position = 3");
            var forged = await db.Set<JournalEntry>().AsNoTracking().SingleAsync(e => e.Position == 3);
            var hash = JournalChain.Hash(entries[1].Hash, 3, forged);
            return await db.Database.ExecuteSqlAsync($"UPDATE platform_journal SET hash = {hash} WHERE position = 3");
        });

        await ShouldBreakAsync(ground, JournalFault.Changed, 4);
    }

    [Theory, BothProviders]
    public async Task Verify_OneDeletedInTheMiddle_NamesItsPlace(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        await ground.SqlAsync("DELETE FROM platform_journal WHERE position = 3");

        await ShouldBreakAsync(ground, JournalFault.Missing, 3);
    }

    [Theory, BothProviders]
    public async Task Verify_TailDeleted_NamesTheFirstThatIsGone(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        await ground.SqlAsync("DELETE FROM platform_journal WHERE position > 3");

        await ShouldBreakAsync(ground, JournalFault.Missing, 4);
    }

    [Theory, BothProviders]
    public async Task Verify_TailDeletedAndHeadRewritten_FindsTheHeadForged(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        await ground.SqlAsync("DELETE FROM platform_journal WHERE position > 3");
        await ground.SqlAsync("UPDATE platform_journal_head SET count = 3, hash = (SELECT hash FROM platform_journal WHERE position = 3)");

        await ShouldBreakAsync(ground, JournalFault.Head, null);
    }

    [Theory, BothProviders]
    public async Task Verify_EntryAddedAtTheEnd_IsNotInTheHead(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        await ground.SqlAsync($"""
            INSERT INTO platform_journal (id, at, account_id, action, subject_kind, position, hash)
            SELECT '{Ids.New().ToString().ToUpperInvariant()}', at, account_id, action, subject_kind, 6, hash FROM platform_journal WHERE position = 5
            """);

        await ShouldBreakAsync(ground, JournalFault.Head, 6);
    }

    [Theory, BothProviders]
    public async Task Verify_EntryInsertedInTheMiddle_NamesIt(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        await ground.SqlAsync("UPDATE platform_journal SET position = -position WHERE position > 2");
        await ground.SqlAsync("UPDATE platform_journal SET position = 1 - position WHERE position < 0");
        await ground.SqlAsync($"""
            INSERT INTO platform_journal (id, at, account_id, action, subject_kind, position, hash)
            SELECT '{Ids.New().ToString().ToUpperInvariant()}', at, account_id, 'test.invented', subject_kind, 3, hash FROM platform_journal WHERE position = 2
            """);

        var found = (await VerifyAsync(ground)).Break.ShouldNotBeNull();

        found.Position.ShouldBe(3);
    }

    [Theory, BothProviders]
    public async Task Verify_TwoSwapped_NamesTheFirstAsReordered(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 5);
        await ground.SqlAsync("UPDATE platform_journal SET position = 99 WHERE position = 2");
        await ground.SqlAsync("UPDATE platform_journal SET position = 2 WHERE position = 4");
        await ground.SqlAsync("UPDATE platform_journal SET position = 4 WHERE position = 99");

        await ShouldBreakAsync(ground, JournalFault.Reordered, 2);
    }

    [Theory, BothProviders]
    public async Task Verify_EntryNeverSealed_IsNamedAfterAMinute(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 2);
        await ground.RecordAsync("test.waiting");

        (await VerifyAsync(ground)).IsOk.ShouldBeTrue();
        ground.Clock.Advance(TimeSpan.FromMinutes(2));

        await ShouldBreakAsync(ground, JournalFault.Unsealed, null);
    }

    [Theory, BothProviders]
    public async Task Verify_AllRewrittenWithTheKey_DoesNotFitTheAnchor(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 4);
        await ground.Get<JournalSealer>().AnchorAsync(CancellationToken.None);
        await ground.SqlAsync("UPDATE platform_journal SET why = 'another story' WHERE position = 4");
        await ground.SqlAsync("UPDATE platform_journal SET position = NULL, hash = NULL");
        await ground.SqlAsync("DELETE FROM platform_journal_head");
        await ground.Get<JournalSealer>().SealAsync(CancellationToken.None);

        await ShouldBreakAsync(ground, JournalFault.Anchor, 4);
    }

    [Theory, BothProviders]
    public async Task Verify_EverythingDeleted_DoesNotFitTheAnchor(Provider provider)
    {
        await using var ground = await SealedAsync(provider, 4);
        await ground.Get<JournalSealer>().AnchorAsync(CancellationToken.None);
        await ground.SqlAsync("DELETE FROM platform_journal");
        await ground.SqlAsync("DELETE FROM platform_journal_head");

        await ShouldBreakAsync(ground, JournalFault.Missing, 1);
    }

    [Fact]
    public async Task Anchor_SeveralDays_OneLineADay()
    {
        await using var ground = await SealedAsync(Provider.Sqlite, 2);
        var sealer = ground.Get<JournalSealer>();

        await sealer.AnchorAsync(CancellationToken.None);
        await sealer.AnchorAsync(CancellationToken.None);
        ground.Clock.Advance(TimeSpan.FromDays(1));
        await sealer.AnchorAsync(CancellationToken.None);

        var anchors = await ground.Get<JournalAnchors>().ReadAsync(CancellationToken.None);
        anchors.Select(a => a.Day).ShouldBe([new DateOnly(2022, 4, 6), new DateOnly(2022, 4, 7)]);
        anchors.ShouldAllBe(a => a.Count == 2);
    }

    private static async Task<Ground> SealedAsync(Provider provider, int entries)
    {
        var ground = await Ground.MakeAsync(provider);
        for (var i = 1; i <= entries; i++)
        {
            await ground.RecordAsync($"test.step-{i}", "Because");
            ground.Clock.Advance(TimeSpan.FromMilliseconds(1.2345));
        }
        await ground.Get<JournalSealer>().SealAsync(CancellationToken.None);
        return ground;
    }

    private static Task<JournalVerdict> VerifyAsync(Ground ground) =>
        ground.InAsync<JournalVerifier, JournalVerdict>(v => v.VerifyAsync(CancellationToken.None));

    private static async Task ShouldBreakAsync(Ground ground, JournalFault fault, long? position)
    {
        var found = (await VerifyAsync(ground)).Break.ShouldNotBeNull();
        found.Fault.ShouldBe(fault);
        found.Position.ShouldBe(position);
    }
}
