using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Modules.Tests.Access;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Tubes;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Tubes;

/// <summary>Several senders are written together, and nobody notices.</summary>
public sealed class TubeDoorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Write_SeveralSendersTogether_EachIsAnsweredStoredAndJournaledByItself(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var (one, two) = (town.App.ActorOf(Roles.Office, personId: Ids.New()), town.App.ActorOf(Roles.Sampler, ScopeKind.Place, Ids.New()));
        TubePost[] posts =
        [
            new([.. town.Full("T1", [0, 1]).Select(f => new TubeItem(f))], one),
            new([.. town.Elsewhere(town.Full("T2", [2])).Select(f => new TubeItem(f))], two),
        ];

        var written = await town.App.CallAsync((TubeWriter w) => w.WriteAsync(posts, Ct));

        written.Select(w => (w.Answers.Count, w.Tubes.ShouldHaveSingleItem().Code)).ShouldBe([(4, "T1"), (3, "T2")]);
        written[0].Answers.ShouldAllBe(a => a.Warnings.Count == 0);
        written[1].Answers[0].Warnings.ShouldHaveSingleItem().Code.ShouldBe("tubes.out-of-reach", "the reach is each sender's own");
        var rows = await town.App.ReadAsync(db => db.Set<TubeFactRow>().AsNoTracking().ToListAsync(Ct));
        rows.ShouldAllBe(r => r.AccountId == (r.TubeCode == "T1" ? one.AccountId : two.AccountId));
        (await town.App.JournalAsync("screening.tubes.recorded")).Select(e => e.AccountId).Order().ShouldBe(((Guid[])[one.AccountId, two.AccountId]).Order());
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Door_ManyAtOnce_EverybodyIsAnsweredAndAllIsStored(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider, people: 40);
        var batches = Enumerable.Range(0, 20).Select(i => town.Full($"T{i:00}", [i * 2, (i * 2) + 1])).ToList();

        var answers = await Task.WhenAll(batches.Select(b => Task.Run(() => town.App.CallAsync((ITubeIntake t) => t.RecordAsync(b, town.App.ActorOf(Roles.Office), Ct)), Ct)));

        answers.SelectMany(a => a).ShouldAllBe(r => r.IsNew && r.Error == null);
        answers.Zip(batches).ShouldAllBe(x => x.First.Select(r => r.Id).SequenceEqual(x.Second.Select(f => f.Id)));
        (await town.App.ReadAsync(db => db.Set<TubeFactRow>().CountAsync(Ct))).ShouldBe(80);
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Door_OneCannotBeWritten_OnlyThatOneIsTold(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var door = town.App.Services.GetRequiredService<TubeDoor>();
        // No sender can bring this: it stands for whatever a transaction cannot get past.
        var broken = new TubeItem(null!);
        var good = town.Full("T1", [0]);

        var both = await Task.WhenAll(
            TryAsync(() => door.WriteAsync([.. good.Select(f => new TubeItem(f))], town.Office, Ct)),
            TryAsync(() => door.WriteAsync([broken], town.Office, Ct)));

        (both[0]?.Answers.Count, both[1]).ShouldBe((3, null));
        await town.CheckAsync();

        static async Task<TubesWritten?> TryAsync(Func<Task<TubesWritten?>> write)
        {
            try
            {
                return await write();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                return null;
            }
        }
    }
}
