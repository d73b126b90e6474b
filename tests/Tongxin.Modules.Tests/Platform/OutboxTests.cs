using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Modules.Tests.Platform.Support;
using Tongxin.Platform.Access;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class OutboxTests
{
    [Theory, BothProviders]
    public async Task Message_Committed_IsDoneOnce(Provider provider)
    {
        var letters = new Letters();
        await using var ground = await Ground.MakeAsync(provider, letters.Register);
        await EnqueueAsync(ground, "a", "b", "c");

        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);
        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);

        letters.Sent.Order().ShouldBe(["a", "b", "c"]);
        (await StateAsync(ground)).Waiting.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Message_SeveralWorkersAtOnce_NeverTwiceAndNeverLost(Provider provider)
    {
        var letters = new Letters();
        await using var ground = await Ground.MakeAsync(provider, letters.Register);
        List<Ground> nodes = [ground, ground.Another(letters.Register), ground.Another(letters.Register)];
        var keys = Enumerable.Range(0, 60).Select(i => $"k{i}").ToArray();
        await EnqueueAsync(ground, keys);

        await Task.WhenAll(nodes.Select(n => Task.Run(() => n.Get<OutboxWorker>().RunDueAsync(CancellationToken.None))));
        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);

        letters.Sent.Order(StringComparer.Ordinal).ShouldBe(keys.Order(StringComparer.Ordinal));
        letters.MostAtOnceForOneKey.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Message_Failing_ComesBackLaterAndLater(Provider provider)
    {
        var letters = new Letters { Fails = 2 };
        await using var ground = await Ground.MakeAsync(provider, letters.Register);
        await EnqueueAsync(ground, "a");
        var worker = ground.Get<OutboxWorker>();

        await worker.RunDueAsync(CancellationToken.None);
        await worker.RunDueAsync(CancellationToken.None);
        letters.Tries.ShouldBe(1);
        ground.Clock.Advance(TimeSpan.FromSeconds(2));
        await worker.RunDueAsync(CancellationToken.None);
        letters.Tries.ShouldBe(2);
        ground.Clock.Advance(TimeSpan.FromSeconds(4));
        await worker.RunDueAsync(CancellationToken.None);

        letters.Sent.ShouldBe(["a"]);
    }

    [Theory, BothProviders]
    public async Task Message_AlwaysFailing_IsParkedAndSeen(Provider provider)
    {
        var letters = new Letters { Fails = int.MaxValue };
        await using var ground = await Ground.MakeAsync(provider, letters.Register);
        await EnqueueAsync(ground, "a");

        for (var i = 0; i < 15; i++)
        {
            await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);
            ground.Clock.Advance(TimeSpan.FromHours(2));
        }

        letters.Tries.ShouldBe(new OutboxSettings().Tries);
        var state = await StateAsync(ground);
        (state.Parked, state.Waiting).ShouldBe((1, 0));
        (await ground.DbAsync(db => db.Set<OutboxMessage>().Select(m => m.LastError).SingleAsync())).ShouldBe(nameof(InvalidOperationException));
    }

    [Theory, BothProviders]
    public async Task Message_NodeDiedWithIt_IsTakenAfterTheLease(Provider provider)
    {
        var letters = new Letters();
        await using var ground = await Ground.MakeAsync(provider, letters.Register);
        await EnqueueAsync(ground, "a");
        await ground.InAsync<OutboxStore, int>(async s => (await s.ClaimAsync(1, [], [], CancellationToken.None)).Count);

        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);
        letters.Sent.ShouldBeEmpty();
        ground.Clock.Advance(new OutboxSettings().Lease + TimeSpan.FromSeconds(1));
        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);

        letters.Sent.ShouldBe(["a"]);
    }

    [Theory, BothProviders]
    public async Task Message_KindNobodyAnswers_StaysForANewerNode(Provider provider)
    {
        var letters = new Letters();
        await using var ground = await Ground.MakeAsync(provider);
        await EnqueueAsync(ground, "a");
        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);
        ground.Clock.Advance(TimeSpan.FromMinutes(1));

        await ground.Another(letters.Register).Get<OutboxWorker>().RunDueAsync(CancellationToken.None);

        letters.Sent.ShouldBe(["a"]);
    }

    [Theory, BothProviders]
    public async Task Message_DueLater_Waits(Provider provider)
    {
        var letters = new Letters();
        await using var ground = await Ground.MakeAsync(provider, letters.Register);
        await ground.DbAsync(async db =>
        {
            db.Enqueue(Letters.KindOfLetter, "later", new { }, ground.Clock.Now.AddHours(1));
            await db.CommitAsync(CancellationToken.None);
            return 0;
        });

        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);
        letters.Sent.ShouldBeEmpty();
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);

        letters.Sent.ShouldBe(["later"]);
    }

    [Theory, BothProviders]
    public async Task Purge_DoneLongAgo_IsDeletedAndTheRestStays(Provider provider)
    {
        var letters = new Letters();
        await using var ground = await Ground.MakeAsync(provider, letters.Register);
        await EnqueueAsync(ground, "old");
        await ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);
        ground.Clock.Advance(TimeSpan.FromDays(15));
        await EnqueueAsync(ground, "new");

        (await ground.InAsync<OutboxStore, int>(s => s.PurgeAsync(CancellationToken.None))).ShouldBe(1);

        (await ground.DbAsync(db => db.Set<OutboxMessage>().Select(m => m.Key).ToListAsync())).ShouldBe(["new"]);
    }

    [Fact]
    public void Delay_GrowingTries_GrowsToTheLongestAndIsSpread()
    {
        var settings = new OutboxSettings();
        var delays = Enumerable.Range(1, 12).Select(i => settings.DelayAfter(i, Guid.Empty)).ToList();

        delays[0].ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        delays.ShouldAllBe(d => d <= settings.LongestDelay);
        delays[11].ShouldBeGreaterThanOrEqualTo(settings.LongestDelay / 2);
    }

    private static Task<int> EnqueueAsync(Ground ground, params string[] keys) => ground.DbAsync(async db =>
    {
        foreach (var key in keys) db.Enqueue(Letters.KindOfLetter, key, new { key });
        db.Record(Actor.System, "test.enqueued", "test", null);
        await db.CommitAsync(CancellationToken.None);
        return keys.Length;
    });

    private static Task<OutboxState> StateAsync(Ground ground) => ground.InAsync<OutboxStore, OutboxState>(s => s.StateAsync(CancellationToken.None));

    /// <summary>Remembers what it was given, and how many times one key was in hand at once.</summary>
    private sealed class Letters : IOutboxHandler
    {
        public const string KindOfLetter = "test.letter";

        private readonly ConcurrentDictionary<string, int> _inHand = new();
        private int _tries;
        private int _most;

        public ConcurrentBag<string> Sent { get; } = [];

        public int Fails { get; init; }

        public int Tries => _tries;

        public int MostAtOnceForOneKey => _most;

        public string Kind => KindOfLetter;

        public void Register(IServiceCollection services) => services.AddSingleton<IOutboxHandler>(this);

        public async Task HandleAsync(string key, string payload, CancellationToken ct)
        {
            _most = Math.Max(_most, _inHand.AddOrUpdate(key, 1, (_, n) => n + 1));
            await Task.Yield();
            _inHand.AddOrUpdate(key, 0, (_, n) => n - 1);
            if (Interlocked.Increment(ref _tries) <= Fails) throw new InvalidOperationException("The post office is shut.");
            Sent.Add(key);
        }
    }
}
