using Tongxin.Platform.Access;

namespace Tongxin.Access.Data;

/// <summary>Who did something, with the unit at that time.</summary>
internal readonly record struct Party(Guid Account, Guid? Person, Guid? Unit)
{
    public static Party Of(Actor actor) => new(actor.AccountId, actor.PersonId, actor.UnitId);

    /// <summary>Two accounts of one person, and two people of one unit, are one opinion; whoever's unit is unknown might be of the same.</summary>
    public bool IsOneWith(Party other) =>
        Account == other.Account || (Person is { } person && person == other.Person) || Unit is null || other.Unit is null || Unit == other.Unit;
}
