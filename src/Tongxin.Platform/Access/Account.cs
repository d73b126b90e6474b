using Microsoft.AspNetCore.Identity;

namespace Tongxin.Platform.Access;

/// <summary>A way to sign in. What it may do is in its grants; who it is, in the register.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>Shown beside what the account did.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The person in the register, if any.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Home organisation unit: two people of one unit never approve each other.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>External helpers' accounts die at this instant, even with a valid cookie.</summary>
    public DateTimeOffset? EndsAt { get; set; }
}
