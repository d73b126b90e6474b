namespace Tongxin.Access.Restrictions;

/// <summary>Measures imposed on persons, their approvals, appeals, counts and alarms; protocol editions in force.</summary>
internal sealed class RestrictionsPart : AccessPart;
