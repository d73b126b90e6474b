using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Contracts;

/// <summary>Takes and publishes a laboratory's file without a page: for drills and set-ups. The same rights, checks and quarantine as on the pages.</summary>
public interface ILabDesk
{
    /// <summary>Reads a file and holds every row against its tube. Publishes nothing. Commits.</summary>
    Task<Result<LabFileOutcome>> UploadAsync(Guid roundId, Stream content, string fileName, Actor actor, CancellationToken ct);

    /// <summary>Publishes all of a file, or refuses. Commits.</summary>
    Task<Result<LabFileOutcome>> PublishAsync(Guid roundId, Guid fileId, Actor actor, CancellationToken ct);
}

/// <summary>What a file came to. Rows in = new + corrected + known + refused.</summary>
/// <param name="IsHeldBack">Some row does not fit: nothing of the file is published.</param>
public sealed record LabFileOutcome(Guid FileId, bool IsHeldBack, int RowsIn, int New, int Corrected, int Known, int Refused);
