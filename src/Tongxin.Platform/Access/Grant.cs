namespace Tongxin.Platform.Access;

/// <summary>A role given to an account, bound to a scope, with an end.</summary>
internal sealed class Grant
{
    private Grant() { }

    public Guid Id { get; private set; }
    public Guid AccountId { get; private set; }
    public string Role { get; private set; } = "";
    public ScopeKind ScopeKind { get; private set; }
    public Guid? ScopeId { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset? Until { get; private set; }
    public string Reason { get; private set; } = "";

    /// <summary>The account that asked for it; empty for the system.</summary>
    public Guid GivenBy { get; private set; }

    /// <summary>The decision of the second person, where one was needed.</summary>
    public Guid? ApprovalId { get; private set; }

    public static Grant Give(
        Guid account, string role, ScopeKind kind, Guid? scope, DateTimeOffset from, DateTimeOffset? until, string reason,
        Guid by = default, Guid? approval = null) => new()
        {
            Id = Ids.New(),
            AccountId = account,
            Role = role,
            ScopeKind = kind,
            ScopeId = scope,
            From = from,
            Until = until,
            Reason = reason,
            GivenBy = by,
            ApprovalId = approval,
        };

    public void End(DateTimeOffset at)
    {
        if (Until is null || Until > at) Until = at;
    }

    public bool InForce(DateTimeOffset at) => From <= at && (Until is null || at < Until);
}
