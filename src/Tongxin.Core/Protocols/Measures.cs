namespace Tongxin.Core.Protocols;

/// <summary>Kinds of measures on a person. What one means for the colour, and how long it may last, the edition says.</summary>
public enum MeasureKind
{
    /// <summary>Isolation of a case 病例隔离.</summary>
    CaseIsolation = 1,

    /// <summary>集中医学观察.</summary>
    CentralObservation,

    /// <summary>居家医学观察, 居家隔离.</summary>
    HomeObservation,

    /// <summary>居家健康监测.</summary>
    HomeMonitoring,

    /// <summary>健康监测.</summary>
    Monitoring,

    /// <summary>自我健康监测: normal life, temperature taken by oneself.</summary>
    SelfMonitoring,

    /// <summary>A pooled sample is being sorted out, or an ordered test is overdue 待复核.</summary>
    Recheck,
}

/// <summary>What a kind of measure means under an edition.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Colour">Green (no restriction at gates), Yellow or Red. Grey is computed from proofs and cannot be imposed.</param>
/// <param name="MaxDays">Days of 24 hours after which it no longer counts, whatever end it was given.</param>
/// <param name="Approvals">People who must have agreed; two for Red.</param>
/// <param name="Source">Key of one of the edition's citations.</param>
public sealed record MeasureRule(MeasureKind Kind, Colour Colour, int MaxDays, int Approvals, string Source);
