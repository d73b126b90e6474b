using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Data;

/// <summary>A service team: one captain, members, substitutes. Ends on a day and takes its rights with it.</summary>
internal sealed class Team : IVersioned
{
    private Team() { }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The branch or office it belongs to.</summary>
    public Guid? UnitId { get; private set; }
    public DateOnly StartsOn { get; private set; }

    /// <summary>First day on which it no longer is; null while open.</summary>
    public DateOnly? EndsOn { get; private set; }
    public int Version { get; private set; }

    public static Team Create(string name, Guid? unit, DateOnly startsOn, DateOnly? endsOn) => new()
    {
        Id = Ids.New(),
        Name = name,
        UnitId = unit,
        StartsOn = startsOn,
        EndsOn = endsOn,
    };

    public bool IsOpen(DateOnly day) => StartsOn <= day && (EndsOn is null || day < EndsOn);

    public void Rename(string name) => Name = name;

    public void End(DateOnly day) => EndsOn = day;
}

/// <summary>A person serves in a team in a role from an instant until an instant.</summary>
internal sealed class Membership
{
    private Membership() { }

    public Guid Id { get; private set; }
    public Guid TeamId { get; private set; }
    public Guid PersonId { get; private set; }
    public TeamRole Role { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset? Until { get; private set; }

    public static Membership Start(Guid team, Guid person, TeamRole role, DateTimeOffset from, DateTimeOffset? until = null) => new()
    {
        Id = Ids.New(),
        TeamId = team,
        PersonId = person,
        Role = role,
        From = from,
        Until = until,
    };

    public void End(DateTimeOffset at)
    {
        if (Until is null || Until > at) Until = at;
    }

    public void Reassign(Guid person) => PersonId = person;
}

/// <summary>Somebody who offered to serve.</summary>
internal sealed class Volunteer : IVersioned
{
    private Volunteer() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>May be a captain.</summary>
    public bool CanLead { get; private set; }
    public bool PartyMember { get; private set; }
    public DateTimeOffset OfferedAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public int Version { get; private set; }

    public static Volunteer Offer(Guid person, bool canLead, bool partyMember, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        PersonId = person,
        CanLead = canLead,
        PartyMember = partyMember,
        OfferedAt = at,
    };

    public void Correct(bool canLead, bool partyMember) => (CanLead, PartyMember) = (canLead, partyMember);

    public void Withdraw(DateTimeOffset at) => WithdrawnAt ??= at;

    public void Return() => WithdrawnAt = null;

    public void Reassign(Guid person) => PersonId = person;
}
