using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.CaptainList;

/// <summary>What the folded form sends: everything was filled in beforehand, the helper only changed what is different.</summary>
internal sealed class DetailsForm
{
    public Guid Id { get; set; }
    public Guid Corrects { get; set; }
    public int? Residents { get; set; }
    public HousingUse? Use { get; set; }

    /// <summary>Everybody on the register; <see cref="Here"/> are those still ticked.</summary>
    public Guid[]? Listed { get; set; }
    public Guid[]? Here { get; set; }
    public string? NewPeople { get; set; }
    public VisitNeed[]? Needs { get; set; }
    public LastTest? LastTest { get; set; }
    public string? LastTestReason { get; set; }
    public string? Note { get; set; }

    public VisitDetail ToDetail()
    {
        var gone = (Listed ?? []).Except(Here ?? []).ToList();
        return new VisitDetail
        {
            Residents = Residents,
            Use = Use,
            MovedOut = gone.Count == 0 ? null : gone,
            NewPeople = Words(NewPeople),
            Needs = Needs is { Length: > 0 } needs ? [.. needs.Distinct()] : null,
            LastTest = LastTest,
            LastTestReason = LastTest == Data.LastTest.Missed ? Words(LastTestReason) : null,
            Note = Words(Note),
        };
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Adds the answers to a visit: a fact that replaces the tap, at the tap's own moment. The use of the flat goes to the register with it.</summary>
internal sealed class RecordDetails(OutcomeWriter writer, VisitScope scopes, Doors doors, IHouseholds households)
{
    private const int MostResidents = 99;
    private const int MostText = 500;

    public async Task<Result> ExecuteAsync(Guid round, Guid target, DetailsForm form, Actor actor, CancellationToken ct)
    {
        if (form.Residents is < 0 or > MostResidents) return GridErrors.FieldInvalid(nameof(form.Residents));
        foreach (var text in (string?[])[form.NewPeople, form.LastTestReason, form.Note])
            if (text?.Length > MostText) return GridErrors.FieldInvalid(nameof(form.Note));
        if (await doors.FindAsync(round, target, actor, ct) is not { } door) return GridErrors.TargetUnknown();
        if (door.Decider is not { } decider || decider.Kind != OutcomeKind.Done) return GridErrors.NothingToUndo();

        var scope = await scopes.OfAsync(actor, GridPermissions.RecordVisits, ct);
        var item = new OutcomeItem(form.Id, round, target, OutcomeKind.Done, decider.Channel, Corrects: form.Corrects, Detail: form.ToDetail());
        var answers = await writer.WriteAsync([item], scope.AdmitsDoor, actor, ct, async written =>
        {
            if (written[0].Verdict == ItemVerdict.Recorded && form.Use is { } use && use != HousingUse.Unknown && door.Home is not null)
                await households.SetUseAsync(target, use, actor, ct);
        });
        doors.Forget();
        return answers[0].Error is { } error ? error : Result.Ok;
    }
}
