using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;

namespace Tongxin.Access.Passes;

/// <summary>Computes colours: measures in force, the edition in force, proofs, the clock. Nothing stores one.</summary>
internal sealed class ReadColours(ReadMeasures measures, IProtocolsInForce protocols, IEnumerable<IHolderStates> states, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<Guid, ColourDecision>> OfAsync(IReadOnlyCollection<Guid> persons, CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        var edition = await protocols.AtAsync(now, ct);
        var byPerson = (await measures.StandingAsync(persons, now, ct)).ToLookup(m => m.PersonId);
        var holders = await HoldersAsync(persons, ct);
        return persons.Distinct().ToDictionary(p => p, p => PassColour.Of([.. byPerson[p].Select(m => ToActive(m, now))], edition, holders.GetValueOrDefault(p, HolderState.Nothing), now));
    }

    public async Task<(ColourDecision Decision, Edition? Edition)> OfOneAsync(Guid person, CancellationToken ct) =>
        ((await OfAsync([person], ct))[person], await protocols.AtAsync(clock.NowInSeconds(), ct));

    // Imposed means: asked for by one and agreed to by another person of another unit. It has begun, also for a clock that was set back.
    private static ActiveMeasure ToActive(Measure m, DateTimeOffset now) => new(m.Id, m.Kind, m.From < now ? m.From.GetValueOrDefault() : now, m.Until, m.Decider is null ? 1 : 2);

    private async Task<Dictionary<Guid, HolderState>> HoldersAsync(IReadOnlyCollection<Guid> persons, CancellationToken ct)
    {
        var joined = new Dictionary<Guid, HolderState>();
        foreach (var source in states)
        {
            foreach (var (person, state) in await source.FindAsync(persons, ct))
            {
                joined[person] = joined.TryGetValue(person, out var known)
                    ? new HolderState([.. known.Proofs, .. state.Proofs], known.ReportOverdueFrom < state.ReportOverdueFrom ? known.ReportOverdueFrom : state.ReportOverdueFrom ?? known.ReportOverdueFrom)
                    : state;
            }
        }
        return joined;
    }
}
