using Tongxin.People.Contracts;
using Tongxin.Platform;

namespace Tongxin.People.Data;

/// <summary>A person lived in a household from a day until a day (half-open). Ended, never deleted: tracing needs history.</summary>
internal sealed class Residency
{
    private Residency() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid HouseholdId { get; private set; }
    public Relation Relation { get; private set; }
    public string? Bed { get; private set; }
    public DateOnly From { get; private set; }
    public DateOnly? Until { get; private set; }

    public static Residency Start(Guid person, Guid household, Relation relation, string? bed, DateOnly from) => new()
    {
        Id = Ids.New(),
        PersonId = person,
        HouseholdId = household,
        Relation = relation,
        Bed = bed,
        From = from,
    };

    public void Correct(Relation relation, string? bed) => (Relation, Bed) = (relation, bed);

    public void End(DateOnly day) => Until = day < From ? From : day;

    public void Reassign(Guid person) => PersonId = person;
}
