namespace Tongxin.Workforce;

/// <summary>Marker of the texts about duties, the duty desk and service.</summary>
public sealed class DutyText;
