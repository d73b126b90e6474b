using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Modules.Tests.Gates;

/// <summary>Two campuses, a gate in each.</summary>
internal sealed class GateTown : IAsyncDisposable
{
    private GateTown(Town town) => Town = town;

    public Town Town { get; }
    public TongxinApp App => Town.App;
    public Actor Office => Town.Office;
    public Guid EastGate { get; private set; }
    public Guid WestGate { get; private set; }

    public static async Task<GateTown> BuildAsync(Provider provider)
    {
        var town = new GateTown(await Town.BuildAsync(provider));
        town.EastGate = await town.GateAsync("东门", town.Town.East.Id);
        town.WestGate = await town.GateAsync("西门", town.Town.West.Id);
        return town;
    }

    public async Task<Guid> GateAsync(string name, Guid place, GateState state = GateState.Open, Func<GateFacts, GateFacts>? facts = null)
    {
        var made = await App.CallAsync((KeepGates keep) => keep.CreateAsync(
            (facts ?? (f => f))(new GateFacts { Name = name, PlaceId = place, ZoneId = place, Lanes = [new Lane("人行", 180, LaneDirection.Both)] }), state, Office, Town.Ct));
        return made.IsFailure ? throw new InvalidOperationException(made.Error.Code) : made.Value;
    }

    /// <summary>The eastern gate refuses a second entry from now on: one asks, another of another unit agrees.</summary>
    public async Task RefuseSecondEntryAsync()
    {
        var asked = await App.CallAsync((AskRefuseMode a) => a.ExecuteAsync(EastGate, "反复有人代刷", Office with { UnitId = Town.Physics.Id }, Town.Ct));
        var leader = App.ActorOf(Roles.DutyLeader, personId: Ids.New(), unitId: Town.History.Id);
        var decided = await App.CallAsync((IApprovals a) => a.DecideAsync(asked.Value, true, "同意", leader, Town.Ct));
        if (decided.IsFailure) throw new InvalidOperationException(decided.Error.Code);
    }

    public async Task<string?> CodeAsync<T>(Func<T, Task<Result>> act) where T : notnull => await App.CallAsync(act) is { IsFailure: true } done ? done.Error.Code : null;

    public async Task<string?> CodeAsync<T, TValue>(Func<T, Task<Result<TValue>>> act) where T : notnull => await App.CallAsync(act) is { IsFailure: true } done ? done.Error.Code : null;

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
