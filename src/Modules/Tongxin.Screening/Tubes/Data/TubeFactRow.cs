using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Screening.Tubes.Data;

/// <summary>A fact about a tube as stored: inserted once, never changed.</summary>
internal sealed class TubeFactRow
{
    private TubeFactRow() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public string TubeCode { get; private set; } = "";
    public TubeFactKind Kind { get; private set; }

    /// <summary>By the device's clock.</summary>
    public DateTimeOffset SeenAt { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public Guid? DeviceId { get; private set; }
    public Guid AccountId { get; private set; }

    /// <summary>Who says so: the person, or the account of nobody.</summary>
    public Guid? ById { get; private set; }
    public Guid? WitnessId { get; private set; }
    public Guid? Corrects { get; private set; }
    public TubePurpose? Purpose { get; private set; }
    public int? Size { get; private set; }
    public Guid? SiteId { get; private set; }
    public Guid? TableId { get; private set; }
    public Guid? SamplerId { get; private set; }
    public string? RecheckOf { get; private set; }
    public Guid? PersonId { get; private set; }
    public Guid? HouseholdId { get; private set; }
    public int? MostWith { get; private set; }
    public int? Members { get; private set; }
    public string? BoxCode { get; private set; }
    public TubeResult? Result { get; private set; }
    public int? ResultVersion { get; private set; }
    public string? Reason { get; private set; }

    public static TubeFactRow Of(TubeFact fact, Guid account)
    {
        var isOpened = fact.Kind == TubeFactKind.Opened;
        return new TubeFactRow
        {
            Id = fact.Id,
            RoundId = fact.RoundId,
            TubeCode = fact.TubeCode,
            Kind = fact.Kind,
            SeenAt = fact.SeenAt,
            ReceivedAt = fact.ReceivedAt,
            DeviceId = fact.DeviceId,
            AccountId = account,
            ById = fact.By,
            WitnessId = fact.Witness,
            Corrects = fact.Corrects,
            Purpose = isOpened ? fact.Purpose : null,
            Size = isOpened ? fact.Size : null,
            SiteId = fact.SiteId,
            TableId = fact.TableId,
            SamplerId = fact.SamplerId,
            RecheckOf = fact.RecheckOf,
            PersonId = fact.PersonId,
            HouseholdId = fact.HouseholdId,
            MostWith = fact.MostWith,
            Members = fact.Members,
            BoxCode = fact.BoxCode,
            Result = fact.Result,
            ResultVersion = fact.Kind == TubeFactKind.Resulted ? fact.Version : null,
            Reason = fact.Reason,
        };
    }

    public TubeFact ToFact() => new(Id, RoundId, TubeCode, Kind, SeenAt, ReceivedAt)
    {
        DeviceId = DeviceId,
        By = ById,
        Witness = WitnessId,
        Corrects = Corrects,
        Purpose = Purpose ?? default,
        Size = Size ?? 0,
        SiteId = SiteId,
        TableId = TableId,
        SamplerId = SamplerId,
        RecheckOf = RecheckOf,
        PersonId = PersonId,
        HouseholdId = HouseholdId,
        MostWith = MostWith,
        Members = Members,
        BoxCode = BoxCode,
        Result = Result,
        Version = ResultVersion ?? 0,
        Reason = Reason,
    };
}
