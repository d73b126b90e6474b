using Tongxin.Platform;

namespace Tongxin.Access.Data;

/// <summary>What a person was told, shown on the own pass. The words lie sealed: they say why somebody is restricted.</summary>
internal sealed class Notice
{
    private Notice() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>What it tells of: the key against telling twice.</summary>
    public string Key { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public byte[] BodySealed { get; private set; } = [];
    public DateTimeOffset? SeenAt { get; private set; }

    public static Notice To(Guid person, string key, byte[] body, DateTimeOffset at) => new() { Id = Ids.New(), PersonId = person, Key = key, BodySealed = body, At = at };

    public void See(DateTimeOffset at) => SeenAt ??= at;

    public void Follow(Guid kept) => PersonId = kept;
}
