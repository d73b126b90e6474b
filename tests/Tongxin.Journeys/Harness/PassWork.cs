using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Data;
using Tongxin.Access.Passes;
using Tongxin.Access.Returns;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Returns;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>Pages that somebody is led to by a paper in the hand or a search: a pass, a declared return.</summary>
internal static class PassWork
{
    /// <summary>The addresses of everybody, and the pass that the office carries for somebody.</summary>
    public static async Task<(IReadOnlyList<string> ForEverybody, string Carried)> ArrangeAsync(TongxinApp app)
    {
        var restricted = await app.ReadAsync(db => db.Set<Measure>().OrderBy(m => m.AskedAt).Select(m => m.PersonId).FirstAsync());
        var secret = await app.CallAsync((PassLinks links) => links.MakeAsync(restricted, Actor.System, CancellationToken.None));
        var record = await app.ReadAsync(db => db.Set<ReturnRecord>().AsNoTracking().OrderBy(r => r.Id).FirstAsync(r => r.State == ReturnState.Decided || r.State == ReturnState.Booked));
        var token = await app.CallAsync((ReturnLinks links) => Task.FromResult(links.TokenOf(record)));
        return ([$"/pass/{secret}", $"/my-return/{token}", $"/my-return/{token}/edit"], $"/access/passes/{restricted}");
    }
}
