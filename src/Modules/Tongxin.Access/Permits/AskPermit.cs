using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>What somebody types to ask for a permit.</summary>
internal sealed record PermitAsk
{
    public PermitKind Kind { get; init; }
    public Guid PlaceId { get; init; }
    public IReadOnlyList<Guid> Gates { get; init; } = [];
    public Guid? PersonId { get; init; }

    /// <summary>Where the person is not in the register.</summary>
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public Guid? SupplierId { get; init; }
    public string? Plate { get; init; }
    public DateTimeOffset From { get; init; }
    public DateTimeOffset Until { get; init; }

    /// <summary>As often as wanted; otherwise one way in and one out.</summary>
    public bool Multiple { get; init; }
    public int Companions { get; init; }
    public string? Purpose { get; init; }
    public string? Hospital { get; init; }
    public Severity? Severity { get; init; }
    public string? Vehicle { get; init; }

    /// <summary>先放行，后补手续.</summary>
    public bool PapersLater { get; init; }
}

/// <summary>
/// Asks for a permit. Whoever may grant grants with it: a patient does not wait for a second form. Everybody else's waits for a decision.
/// </summary>
internal sealed class AskPermit(TongxinDb db, PermitSight sight, IGateDirectory directory, SecretBox box, TimeProvider clock)
{
    public const int LongestText = 100;

    /// <summary>Papers that come after the patient are due within a day.</summary>
    public static readonly TimeSpan PapersWithin = TimeSpan.FromHours(24);

    // A form that was open for a while still means "from now".
    private static readonly TimeSpan Past = TimeSpan.FromHours(1);

    public async Task<Result<Guid>> ExecuteAsync(PermitAsk ask, Actor actor, CancellationToken ct)
    {
        var read = await ReadAsync(ask, actor, ct);
        if (read.IsFailure) return read.Error;
        var now = clock.GetUtcNow();
        var permit = Permit.Ask(read.Value, box, actor.AccountId, now);
        if (actor.Can(PermitPermissions.Grant)) permit.Grant(actor.AccountId, now, why: null);
        if (ask is { Kind: PermitKind.Hospital, PapersLater: true }) permit.OpenPaperwork(now + PapersWithin);
        db.Add(permit);
        db.Record(actor, permit.State == PermitState.Granted ? "access.permit.granted" : "access.permit.asked", "permit", permit.Id, details: new { permit.Kind, permit.Paperwork });
        // Of 27 thousand million codes the same one twice: the unique rule answers, and the form is sent again.
        var done = await db.TryCommitAsync(PermitErrors.Changed, PermitErrors.Changed, ct);
        return done.IsFailure ? done.Error : permit.Id;
    }

    private async Task<Result<PermitFacts>> ReadAsync(PermitAsk ask, Actor actor, CancellationToken ct)
    {
        if (!Enum.IsDefined(ask.Kind) || ask.Kind == PermitKind.Return) return PermitErrors.Kind;
        if ((await sight.PlacesAsync(actor, PermitPermissions.Ask, ct)).All(p => p.Id != ask.PlaceId)) return PermitErrors.Place;
        var gates = (await directory.AtAsync(ask.PlaceId, ct)).Select(g => g.Id).ToHashSet();
        if (gates.Count == 0 || ask.Gates.Any(g => !gates.Contains(g))) return PermitErrors.Gates;
        if (TimesRefusal(ask.Kind, ask.From, ask.Until, clock.GetUtcNow()) is { } times) return times;
        if (ask.Companions < 0 || ask.Companions > PermitLimits.MostCompanions(ask.Kind)) return PermitErrors.Companions(PermitLimits.MostCompanions(ask.Kind));
        if (new[] { ask.Name, ask.Purpose, ask.Hospital, ask.Vehicle }.Any(t => t?.Trim().Length > LongestText)) return PermitErrors.TooLongText;
        if (ask.Kind == PermitKind.Hospital && string.IsNullOrWhiteSpace(ask.Hospital)) return PermitErrors.HospitalMissing;

        var who = await WhoAsync(ask, actor, ct);
        if (who.IsFailure) return who.Error;
        var plate = ReadPlate(ask.Plate);
        if (plate.IsFailure) return plate.Error;
        if (ask.Kind == PermitKind.Supplier && await SupplierRefusalAsync(ask, plate.Value, ct) is { } refusal) return refusal;
        var phone = ReadPhone(ask.Phone);
        if (phone.IsFailure) return phone.Error;
        return new PermitFacts
        {
            Kind = ask.Kind,
            PlaceId = ask.PlaceId,
            Gates = [.. ask.Gates.Distinct()],
            PersonId = ask.PersonId,
            SupplierId = ask.Kind == PermitKind.Supplier ? ask.SupplierId : null,
            Plate = plate.Value,
            From = ask.From,
            Until = ask.Until,
            Passages = ask.Multiple && ask.Kind != PermitKind.Hospital ? PermitLimits.AnyNumber : 1,
            Companions = ask.Companions,
            Detail = new PermitDetail
            {
                Name = who.Value,
                Phone = phone.Value,
                Purpose = Text(ask.Purpose),
                Hospital = ask.Kind == PermitKind.Hospital ? Text(ask.Hospital) : null,
                Severity = ask.Kind == PermitKind.Hospital ? ask.Severity ?? Severity.Usual : null,
                Vehicle = Text(ask.Vehicle),
            },
        };
    }

    public static Error? TimesRefusal(PermitKind kind, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        if (until <= from || until <= now || from < now - Past) return PermitErrors.Times;
        return until - from > PermitLimits.Longest(kind) ? PermitErrors.TooLong((int)PermitLimits.Longest(kind).TotalDays) : null;
    }

    /// <summary>Null stays null; what is typed must be a plate.</summary>
    public static Result<string?> ReadPlate(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return (string?)null;
        var plate = PlateNumber.Parse(typed);
        return plate.IsFailure ? plate.Error : plate.Value.Value;
    }

    /// <summary>Null stays null; what is typed must be a number.</summary>
    public static Result<string?> ReadPhone(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return (string?)null;
        var phone = PhoneNumber.Parse(typed);
        return phone.IsFailure ? phone.Error : phone.Value.Value;
    }

    private async Task<Result<string>> WhoAsync(PermitAsk ask, Actor actor, CancellationToken ct)
    {
        if (ask.PersonId is { } id) return await sight.PersonAsync(id, actor, ct) is { } person ? person.Name : PermitErrors.PersonUnknown;
        return TextFold.Clean(ask.Name) is { Length: > 0 } name ? name : PermitErrors.NameMissing;
    }

    /// <summary>The licence must hold on the last day of the permit, not only on the first.</summary>
    private async Task<Error?> SupplierRefusalAsync(PermitAsk ask, string? plate, CancellationToken ct)
    {
        if (plate is null) return PermitErrors.PlateMissing;
        var supplier = await db.Set<Supplier>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == ask.SupplierId && s.EndedAt == null, ct);
        if (supplier is null || supplier.PlaceId != ask.PlaceId) return PermitErrors.SupplierMissing;
        return supplier.HoldsOn(CampusCalendar.DayOf(ask.Until.AddTicks(-1))) ? null : PermitErrors.LicenceExpired;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
