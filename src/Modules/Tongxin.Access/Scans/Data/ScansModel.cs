using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Protocols;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Scans.Data;

/// <summary>How scans lie in the database, for reading by the model and for writing past it.</summary>
internal static class ScansModel
{
    public const string Table = "access_scans";

    private static readonly string[] Kinds = Enum.GetNames<ScanKind>(), Subjects = Enum.GetNames<ScanSubject>(), Verdicts = Enum.GetNames<ScanVerdict>(),
        Colours = Enum.GetNames<Colour>(), Doubts = Enum.GetNames<ScanDoubt>();

    public static readonly FactTable<Scan> Facts = new(Table, s => s.Id,
    [
        new IdColumn<Scan>("gate_id", s => s.GateId),
        new TextColumn<Scan>("lane", s => s.Lane),
        new TextColumn<Scan>("kind", s => Kinds[(int)s.Kind]),
        new TextColumn<Scan>("subject", s => Subjects[(int)s.Subject]),
        new IdColumn<Scan>("pass_ref", s => s.PassRef),
        new IdColumn<Scan>("permit_id", s => s.PermitId),
        new TextColumn<Scan>("plate", s => s.Plate),
        new TextColumn<Scan>("verdict", s => Verdicts[(int)s.Verdict]),
        new TextColumn<Scan>("colour", s => s.Colour is { } colour ? Colours[(int)colour] : null),
        new TextColumn<Scan>("reason_code", s => s.ReasonCode),
        new NumberColumn<Scan>("temperature_centi", s => s.TemperatureCenti),
        new InstantColumn<Scan>("seen_at", s => s.SeenAt),
        new TruthColumn<Scan>("offline", s => s.Offline),
        new NumberColumn<Scan>("companions", s => s.Companions),
        new IdColumn<Scan>("device_id", s => s.DeviceId),
        new IdColumn<Scan>("account_id", s => s.AccountId),
        new InstantColumn<Scan>("received_at", s => s.ReceivedAt),
        new TextColumn<Scan>("doubt", s => s.Doubt is { } doubt ? Doubts[(int)doubt] : null),
    ]);

    public static void Configure(ModelBuilder model) => model.Entity<Scan>(e =>
    {
        e.ToTable(Table);
        e.Property(s => s.Id).ValueGeneratedNever();
        e.HasIndex(s => new { s.GateId, s.SeenAt });
        e.HasIndex(s => s.ReceivedAt).HasFilter("permit_id IS NOT NULL OR kind = 'Emergency'");
    });
}
