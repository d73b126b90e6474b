namespace Tongxin.Platform.Access;

/// <summary>The roles of the house (domain table A2.9). A role is a code; what it may do is said by each module's permissions.</summary>
public static class Roles
{
    /// <summary>防控办: keeps the register, cuts the grid, opens rounds.</summary>
    public const string Office = "office";

    /// <summary>带班领导: sees counts, approves.</summary>
    public const string DutyLeader = "leader";

    /// <summary>队长: the households of the own team's cells. Comes from team membership.</summary>
    public const string Captain = "captain";

    /// <summary>队员: as captain, without review. Comes from team membership.</summary>
    public const string Helper = "helper";

    /// <summary>Whoever has a turn in a published roster: the own duties. Comes from the roster.</summary>
    public const string OnDuty = "on-duty";

    /// <summary>校医.</summary>
    public const string Doctor = "doctor";

    /// <summary>辅导员: the own students.</summary>
    public const string Counsellor = "counsellor";

    /// <summary>领导小组: whoever decides where many people are restricted at once.</summary>
    public const string LeadingGroup = "leading-group";

    /// <summary>门卫: scans at the gates of the own place.</summary>
    public const string Guard = "guard";

    /// <summary>采样点: samplers and clerks of the own place's sites, who have no turn in a roster.</summary>
    public const string Sampler = "sampler";

    /// <summary>个人信息保护负责人: approves exports and expiry, sees masked.</summary>
    public const string PrivacyOfficer = "privacy";

    /// <summary>审计: reads the journal.</summary>
    public const string Auditor = "auditor";

    /// <summary>网络中心: accounts, keys, backup; sees no personal data.</summary>
    public const string Administrator = "admin";

    /// <summary>All roles that a person can be granted by hand, in the order shown.</summary>
    public static readonly IReadOnlyList<string> Grantable = [Office, DutyLeader, LeadingGroup, Doctor, Counsellor, Guard, Sampler, PrivacyOfficer, Auditor, Administrator];

    /// <summary>All roles, granted or derived.</summary>
    public static readonly IReadOnlyList<string> All = [.. Grantable, Captain, Helper, OnDuty];
}
