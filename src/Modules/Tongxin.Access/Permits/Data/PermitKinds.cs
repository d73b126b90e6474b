namespace Tongxin.Access.Permits.Data;

/// <summary>What somebody may pass for.</summary>
internal enum PermitKind
{
    /// <summary>就医出门: out and back, one companion at most.</summary>
    Hospital,

    /// <summary>供应商和货车, by plate.</summary>
    Supplier,

    /// <summary>访客, by an invitation.</summary>
    Visitor,

    /// <summary>返校, with a slot of arrival.</summary>
    Return,

    /// <summary>教职工入校.</summary>
    Staff,
}

/// <summary>What was decided.</summary>
internal enum PermitState
{
    Asked,
    Granted,
    Refused,
    Revoked,
}

/// <summary>Where a permit stands at an instant: what was decided, and what time and use made of it.</summary>
internal enum PermitStanding
{
    Asked,
    Granted,
    Used,
    Expired,
    Refused,
    Revoked,
}

/// <summary>The papers of a permit that was given before them (先行放行、后补手续).</summary>
internal enum Paperwork
{
    None,
    Open,
    Done,
}

/// <summary>病情等级.</summary>
internal enum Severity
{
    /// <summary>一般.</summary>
    Usual,

    /// <summary>急诊.</summary>
    Urgent,

    /// <summary>危重.</summary>
    Critical,
}

/// <summary>How many passages, companions and days each kind may have.</summary>
internal static class PermitLimits
{
    public const int AnyNumber = 0;

    public static int MostCompanions(PermitKind kind) => kind switch { PermitKind.Hospital => 1, PermitKind.Visitor => 5, PermitKind.Supplier => 3, _ => 0 };

    /// <summary>The longest a permit of that kind may last.</summary>
    public static TimeSpan Longest(PermitKind kind) => TimeSpan.FromDays(kind switch { PermitKind.Hospital => 3, PermitKind.Visitor => 7, PermitKind.Return => 7, _ => 31 });
}
