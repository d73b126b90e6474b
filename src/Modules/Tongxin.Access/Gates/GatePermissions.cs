namespace Tongxin.Access.Gates;

/// <summary>Permissions of gates, their readings and what becomes of them.</summary>
public static class GatePermissions
{
    /// <summary>See gates, who guards them, counts and occupancy.</summary>
    public const string Read = "access.gates.read";

    /// <summary>Make and change gates, their lanes and hours; correct occupancy.</summary>
    public const string Edit = "access.gates.edit";

    /// <summary>Seal and open gates.</summary>
    public const string Seal = "access.gates.seal";

    /// <summary>Stand at a gate: enter by hand who passes, let an emergency out. The own gates only.</summary>
    public const string Watch = "access.gates.watch";

    /// <summary>The gate in the menu of the post.</summary>
    public const string Post = "access.gates.post";

    /// <summary>See and download 进出登记, masked.</summary>
    public const string Ledger = "access.gates.ledger";

    /// <summary>Ask who was at a gate; a second person decides.</summary>
    public const string Trace = "access.traces.ask";

    /// <summary>See the certificates of deletion.</summary>
    public const string Deletions = "access.deletions.read";
}
