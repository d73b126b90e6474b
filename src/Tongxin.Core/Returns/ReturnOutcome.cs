using Tongxin.Core.Protocols;

namespace Tongxin.Core.Returns;

/// <summary>What happens to somebody who comes back; in order of severity.</summary>
public enum ReturnOutcome
{
    /// <summary>正常返校.</summary>
    Welcome,

    /// <summary>落地检: tests on named days, free to move.</summary>
    TestOnArrival,

    /// <summary>健康监测, at home or by oneself.</summary>
    HomeMonitoring,

    /// <summary>医学观察, central or at home.</summary>
    Observation,

    /// <summary>暂缓返校: stays where the person is.</summary>
    NotYet,
}

/// <summary>How the duties of an edition are called at a gate.</summary>
public static class ReturnOutcomes
{
    /// <summary>The outcome that a rule of an edition asks for.</summary>
    public static ReturnOutcome Of(ReturnRule? rule) => rule switch
    {
        { Duty: ReturnDuty.Tests } => ReturnOutcome.TestOnArrival,
        { Duty: ReturnDuty.Observation, Regime: MeasureKind.HomeMonitoring or MeasureKind.Monitoring or MeasureKind.SelfMonitoring } => ReturnOutcome.HomeMonitoring,
        { Duty: ReturnDuty.Observation } => ReturnOutcome.Observation,
        _ => ReturnOutcome.Welcome,
    };
}
