namespace Tongxin.Access.Gates;

/// <summary>Gates with lanes and hours, occupancy, who was here.</summary>
internal sealed class GatesPart : AccessPart;
