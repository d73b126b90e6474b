using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.Restrictions;

/// <summary>Permissions of measures, appeals, alarms and protocols. None of them sets a colour.</summary>
internal static class RestrictionPermissions
{
    /// <summary>See measures of persons within the own scope.</summary>
    public const string Read = "access.measures.read";

    /// <summary>Enter evidence and ask for measures.</summary>
    public const string Impose = "access.measures.impose";

    /// <summary>Lift a measure.</summary>
    public const string Lift = "access.measures.lift";

    /// <summary>Open the document of an evidence.</summary>
    public const string ReadEvidence = "access.evidence.read";

    /// <summary>See appeals.</summary>
    public const string ReadAppeals = "access.appeals.read";

    /// <summary>Answer appeals against what somebody else decided.</summary>
    public const string DecideAppeals = "access.appeals.decide";

    /// <summary>See alarms and mark them as seen.</summary>
    public const string ReadAlarms = "access.alarms.read";

    /// <summary>See which protocol is in force.</summary>
    public const string ReadProtocols = "access.protocols.read";

    /// <summary>Ask to put a protocol in force, or to end it.</summary>
    public const string AskProtocols = "access.protocols.ask";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Doctor, Roles.DutyLeader, Roles.LeadingGroup, Roles.Auditor),
        new(Impose, Roles.Doctor),
        new(Lift, Roles.Doctor, Roles.DutyLeader, Roles.LeadingGroup),
        new(ReadEvidence, Roles.Doctor, Roles.DutyLeader, Roles.LeadingGroup),
        new(ReadAppeals, Roles.Doctor, Roles.DutyLeader, Roles.LeadingGroup, Roles.PrivacyOfficer, Roles.Auditor),
        new(DecideAppeals, Roles.Doctor, Roles.DutyLeader, Roles.LeadingGroup, Roles.PrivacyOfficer),
        new(ReadAlarms, Roles.Auditor, Roles.PrivacyOfficer, Roles.LeadingGroup),
        new(ReadProtocols, Roles.Office, Roles.Doctor, Roles.DutyLeader, Roles.LeadingGroup, Roles.PrivacyOfficer, Roles.Auditor),
        new(AskProtocols, Roles.Doctor, Roles.DutyLeader),
    ];
}
