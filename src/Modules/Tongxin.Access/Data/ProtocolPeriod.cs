using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Data;

/// <summary>A time in which an edition is in force. Written once; its end is written once.</summary>
internal sealed class ProtocolPeriod : IVersioned
{
    private ProtocolPeriod() { }

    public Guid Id { get; private set; }
    public string EditionId { get; private set; } = "";
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset? Until { get; private set; }
    public Guid StartedBy { get; private set; }
    public Guid StartApprovedBy { get; private set; }
    public Guid? EndedBy { get; private set; }
    public Guid? EndApprovedBy { get; private set; }
    public string Why { get; private set; } = "";
    public int Version { get; private set; }

    public static ProtocolPeriod Start(string edition, DateTimeOffset from, Guid asked, Guid approved, string why) => new()
    {
        Id = Ids.New(),
        EditionId = edition,
        From = from,
        StartedBy = asked,
        StartApprovedBy = approved,
        Why = why,
    };

    public bool Covers(DateTimeOffset at) => From <= at && (Until is null || at < Until);

    public void End(DateTimeOffset at, Guid asked, Guid approved)
    {
        if (Until is not null) throw new InvalidOperationException("The period has ended.");
        (Until, EndedBy, EndApprovedBy) = (at, asked, approved);
    }
}
