namespace Tongxin.Access.Contracts;

/// <summary>Who is not here, as far as the return registration knows.</summary>
public interface IAwayPersons
{
    /// <summary>Persons of the register who declared a return in an open season and have not come yet.</summary>
    Task<IReadOnlySet<Guid>> NotBackAsync(CancellationToken ct);
}
