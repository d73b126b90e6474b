namespace Tongxin.Access.Permits;

/// <summary>Permissions of permits.</summary>
public static class PermitPermissions
{
    /// <summary>See permits of the own places, and those that one asked for.</summary>
    public const string Read = "access.permits.read";

    /// <summary>Ask for permits, invite visitors.</summary>
    public const string Ask = "access.permits.ask";

    /// <summary>Grant, refuse and revoke; see to the papers.</summary>
    public const string Grant = "access.permits.grant";

    /// <summary>Keep suppliers, their licences and drivers.</summary>
    public const string Suppliers = "access.suppliers.edit";
}
