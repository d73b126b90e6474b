using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Guard;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.Gates;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;

namespace Tongxin.Modules.Tests.Permits;

/// <summary>The few steps that every test about permits begins with.</summary>
internal static class PermitTown
{
    public static PermitAsk Ask(this GateTown town, PermitKind kind = PermitKind.Hospital)
    {
        var now = town.App.Clock.GetUtcNow();
        return new PermitAsk { Kind = kind, PlaceId = town.Town.East.Id, Name = "孙病", Hospital = "第一医院", Severity = Severity.Urgent, From = now, Until = now.AddHours(12) };
    }

    public static async Task<Permit> PermitAsync(this GateTown town, PermitAsk ask, Actor? actor = null)
    {
        var made = await town.App.CallAsync((AskPermit slice) => slice.ExecuteAsync(ask, actor ?? town.Office, Town.Ct));
        return made.IsFailure ? throw new InvalidOperationException(made.Error.Code) : await town.PermitAsync(made.Value);
    }

    public static Task<Permit> PermitAsync(this GateTown town, Guid id) => town.App.ReadAsync(db => db.Set<Permit>().AsNoTracking().SingleAsync(p => p.Id == id));

    public static Task<string?> RefusalAsync(this GateTown town, PermitAsk ask, Actor? actor = null) =>
        town.CodeAsync((AskPermit slice) => slice.ExecuteAsync(ask, actor ?? town.Office, Town.Ct));

    public static Actor Guard(this GateTown town) => town.App.ActorOf(Roles.Guard, ScopeKind.Place, town.Town.East.Id);

    public static Task<Result<GuardAnswer>> PassAsync(this GateTown town, Guid permit, PassageKind kind, Guid? gate = null, Guid? entry = null, Actor? guard = null) =>
        town.App.CallAsync((GuardDesk desk) => desk.PermitAsync(gate ?? town.EastGate, entry ?? Ids.New(), permit, kind, "36,5", guard ?? town.Guard(), Town.Ct));

    public static async Task<string> VerdictAsync(this GateTown town, Guid permit, PassageKind kind, Guid? gate = null)
    {
        var answer = await town.PassAsync(permit, kind, gate);
        return answer.IsFailure ? answer.Error.Code : answer.Value.Why is { } why ? $"{answer.Value.Verdict} {why.Code}" : answer.Value.Verdict.ToString();
    }
}
