using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Platform.Access;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Absentees;

/// <summary>What the taps about who is missing post to.</summary>
internal static class AbsentRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/testing/{round:guid}/absentees/{person:guid}").ExcludeFromDescription();
        one.MapPost("/contact", (Guid round, Guid person, [FromForm] Guid? id, [FromForm] string? channel, [FromForm] string? contact, [FromForm] string? words, ChaseAbsentee chase, TestingDeed deed, IStringLocalizer<AbsentText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => chase.ExecuteAsync(new AbsentEntry(id ?? Guid.Empty, round, person, Read<Channel>(channel) ?? Channel.Phone) { Contact = Read<AbsentContact>(contact), Words = words }, actor, ct),
                t["noted"], Page(round, person), ct)).Needs(AbsentPermissions.Chase);
        one.MapPost("/arrange", (Guid round, Guid person, [FromForm] Guid? id, [FromForm] string? arrangement, [FromForm] string? responsible, [FromForm] string? due, [FromForm] string? words, ChaseAbsentee chase, TestingDeed deed, IStringLocalizer<AbsentText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => !TypedMoment.TryRead(due, out var until) ? Task.FromResult<Result>(AbsentErrors.Due) : chase.ExecuteAsync(
                    new AbsentEntry(id ?? Guid.Empty, round, person, Channel.Phone)
                    {
                        // An excuse has a form of its own, with its own right.
                        Arrangement = Read<AbsentArrangement>(arrangement) is { } known and (AbsentArrangement.Catchup or AbsentArrangement.Home) ? known : null,
                        ResponsibleId = Guid.TryParse(responsible, out var who) ? who : null,
                        DueAt = until,
                        Words = words,
                    }, actor, ct),
                t["arranged"], Page(round, person), ct)).Needs(AbsentPermissions.Chase);
        one.MapPost("/excuse", (Guid round, Guid person, [FromForm] Guid? id, [FromForm] string? reason, [FromForm] string? words, ChaseAbsentee chase, TestingDeed deed, IStringLocalizer<AbsentText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => chase.ExecuteAsync(new AbsentEntry(id ?? Guid.Empty, round, person, Channel.Paper) { Arrangement = AbsentArrangement.Excused, Reason = Read<ExcuseReason>(reason), Words = words }, actor, ct),
                t["excused"], Page(round, person), ct)).Needs(AbsentPermissions.Excuse);
        one.MapPost("/restore", (Guid round, Guid person, [FromForm] Guid? id, [FromForm] string? words, ChaseAbsentee chase, TestingDeed deed, IStringLocalizer<AbsentText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => chase.ExecuteAsync(new AbsentEntry(id ?? Guid.Empty, round, person, Channel.Paper) { Arrangement = AbsentArrangement.Open, Words = words }, actor, ct),
                t["restored"], Page(round, person), ct)).Needs(AbsentPermissions.Chase);
    }

    private static string Page(Guid round, Guid person) => $"/testing/{round}/absentees/{person}";

    private static T? Read<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var read) && Enum.IsDefined(read) ? read : null;
}
