namespace Tongxin.Access.Scans;

/// <summary>What devices at gates saw: the facts and their intake.</summary>
internal sealed class ScansPart : AccessPart;
