using Tongxin.Platform.Access;

namespace Tongxin.Access.Contracts;

/// <summary>Fills a campus with gates, permits and a day of passages: for the demonstration.</summary>
public interface IGateSamples
{
    /// <summary>Makes them up to now, always the same ones. Commits.</summary>
    /// <param name="campus">Where the gates stand.</param>
    /// <param name="people">At least four persons of the register who have permits.</param>
    /// <param name="actor">Who made them.</param>
    /// <param name="ct">Ends the start.</param>
    Task SeedAsync(Guid campus, IReadOnlyList<Guid> people, Actor actor, CancellationToken ct);
}
