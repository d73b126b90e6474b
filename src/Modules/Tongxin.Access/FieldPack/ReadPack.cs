using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Permits;
using Tongxin.Core.Protocols;
using Tongxin.Platform.Access;

namespace Tongxin.Access.FieldPack;

/// <summary>Puts the pack of one account together from what the other parts know.</summary>
internal sealed class ReadPack(IGateDirectory gates, IPassMatters passes, IGatePermits permits, IStringLocalizer<PermitsText> words, TimeProvider clock)
{
    private static readonly (Colour Colour, string Name)[] Colours = [(Colour.Green, "green"), (Colour.Grey, "grey"), (Colour.Yellow, "yellow"), (Colour.Red, "red")];

    public async Task<Pack> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var own = await gates.ListAsync(actor, ct);
        var matters = await passes.ReadAsync(now, ct);
        var today = await permits.TodayAsync([.. own.Select(g => g.Id)], ct);
        return new Pack(now, now, actor.Name, [.. own.Select(Gate)], Protocol(matters.Edition), [.. today.Select(Permit)], Base64(matters.Trust), Base64(matters.Revocations));
    }

    private static PackGate Gate(GateEntry gate) => new(
        gate.Id, gate.Name, gate.Place, [.. gate.Lanes.Select(l => l.Name)], gate.State == GateState.Sealed,
        gate.PassBack == PassBackMode.Off ? 0 : gate.PassBackMinutes);

    private PackPermit Permit(GatePermit permit) => new(
        permit.Id, permit.Code, permit.Kind.ToString(), words[$"PermitKind.{permit.Kind}"], permit.ShortName.Length > 0 ? permit.ShortName : null, permit.Plate, permit.From, permit.Until,
        permit.Companions, permit.Gates);

    private static PackProtocol? Protocol(Edition? edition) => edition is not { HasColours: true } ? null : new PackProtocol(
        edition.Id,
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? edition.NameEn : edition.Name,
        Colours.ToDictionary(c => c.Name, c => Act(edition.AtGate(c.Colour, WayTo.AnyPlace)), StringComparer.Ordinal));

    private static string Act(GateAction action) => action switch
    {
        GateAction.Admit => "pass",
        GateAction.SeparateLane => "lane",
        GateAction.StartIsolation => "stop",
        _ => "ask",
    };

    private static string? Base64(byte[]? bytes) => bytes is null ? null : Convert.ToBase64String(bytes);
}
