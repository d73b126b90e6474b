using Tongxin.Platform.Modules;
using Tongxin.Screening.Absentees;
using Tongxin.Screening.Booking;
using Tongxin.Screening.FieldPack;
using Tongxin.Screening.HomeVisits;
using Tongxin.Screening.Labels;
using Tongxin.Screening.Laboratory;
using Tongxin.Screening.Plans;
using Tongxin.Screening.Registers;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.SiteChecks;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Statements;
using Tongxin.Screening.Symptoms;
using Tongxin.Screening.Tubes;

namespace Tongxin.Screening;

/// <summary>Mass testing: rounds over a frozen roll, sites and tables, slots, tubes, results.</summary>
public sealed class ScreeningModule() : PartedModule(
    new RoundsPart(),
    new SitesPart(),
    new BookingPart(),
    new PlansPart(),
    new TubesPart(),
    new LabelsPart(),
    new TablePackPart(),
    new AbsenteesPart(),
    new HomeVisitsPart(),
    new RegistersPart(),
    new StatementsPart(),
    new LaboratoryPart(),
    new SiteChecksPart(),
    new SymptomsPart())
{
    /// <inheritdoc />
    public override string Name => "screening";

    /// <inheritdoc />
    public override Type Texts => typeof(ScreeningText);
}

/// <summary>Marker of the module's texts.</summary>
public sealed class ScreeningText;
