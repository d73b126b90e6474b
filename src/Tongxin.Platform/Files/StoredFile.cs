using Tongxin.Platform.Access;

namespace Tongxin.Platform.Files;

/// <summary>What is known of a file; its content lies sealed beside the database.</summary>
public sealed class StoredFile
{
    private StoredFile() { }

    /// <summary>Its id, and its name on the disk.</summary>
    public Guid Id { get; private set; }

    /// <summary>As the user knows it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>For serving it.</summary>
    public string MediaType { get; private set; } = "";

    /// <summary>Bytes, unsealed.</summary>
    public long Size { get; private set; }

    /// <summary>Whose file it is: "people.import".</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>The account that brought or asked for it.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>When it came.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>From then on it is gone.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    internal static StoredFile Create(Guid id, string name, string mediaType, long size, string purpose, Actor owner, DateTimeOffset now, TimeSpan keep) => new()
    {
        Id = id,
        // Browsers of old send whole paths.
        Name = name.Split('/', '\\')[^1],
        MediaType = mediaType,
        Size = size,
        Purpose = purpose,
        OwnerId = owner.AccountId,
        CreatedAt = now,
        ExpiresAt = now + keep,
    };
}
