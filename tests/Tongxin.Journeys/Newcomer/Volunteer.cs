namespace Tongxin.Journeys.Newcomer;

/// <summary>Somebody of the register who offers to serve.</summary>
internal sealed record Volunteer(string Name, string Phone, bool CanLead);
