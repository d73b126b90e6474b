using Tongxin.Platform.Access;

namespace Tongxin.Platform.Files;

/// <summary>
/// Uploads and made files, sealed on the disk and gone when their time is over. It asks nobody's permission: the slice that
/// owns the purpose checks who may have the file before it opens it.
/// </summary>
public interface IFiles
{
    /// <summary>
    /// Writes the content, sealed, and adds the file to the caller's transaction; without a commit the content is swept away.
    /// </summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="name">As the user knows it. Never part of a path.</param>
    /// <param name="mediaType">For serving it again.</param>
    /// <param name="purpose">"module.noun": whose file it is.</param>
    /// <param name="owner">Who brought or asked for it.</param>
    /// <param name="keep">How long from now. Uploads that were read: hours; exports: days.</param>
    /// <param name="ct">Stops the writing.</param>
    Task<StoredFile> SaveAsync(Stream content, string name, string mediaType, string purpose, Actor owner, TimeSpan keep, CancellationToken ct);

    /// <summary>What is known of a file of this purpose; null when there is none or its time is over.</summary>
    Task<StoredFile?> FindAsync(Guid id, string purpose, CancellationToken ct);

    /// <summary>The content, seekable, opened piece by piece. Throws when it was changed on the disk.</summary>
    Stream Open(StoredFile file);
}
