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

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The password was given by somebody else: nothing else opens until it is changed.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>Its password is printed in the documentation: signs in only while the installation is a demonstration.</summary>
    public bool Demo { get; set; }

    /// <summary>Whether it has ended at <paramref name="at"/>.</summary>
    public bool HasEnded(DateTimeOffset at) => EndsAt <= at;
}
