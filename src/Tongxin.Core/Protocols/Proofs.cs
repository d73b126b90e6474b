namespace Tongxin.Core.Protocols;

/// <summary>Kinds of proof a protocol may ask for.</summary>
public enum ProofKind
{
    /// <summary>Negative nucleic-acid test 核酸阴性.</summary>
    NucleicAcid = 1,

    /// <summary>Negative antigen test 抗原阴性.</summary>
    Antigen,
}

/// <summary>From when the hours of a proof are counted; localities differed.</summary>
public enum ProofClock
{
    /// <summary>The report was issued 出具报告时间.</summary>
    IssueTime = 1,

    /// <summary>The sample was taken 采样时间.</summary>
    SampleTime,
}

/// <summary>A proof that somebody has.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="SampledAt">When the sample was taken.</param>
/// <param name="IssuedAt">When the report was issued.</param>
public sealed record Proof(ProofKind Kind, DateTimeOffset SampledAt, DateTimeOffset IssuedAt);

/// <summary>A proof that counts under an edition. With several rules, any one proof that fits any one rule is enough.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Hours">Hours for which it counts, 1 to 720.</param>
/// <param name="Clock">From when they are counted.</param>
/// <param name="Source">Key of one of the edition's citations.</param>
public sealed record ProofRule(ProofKind Kind, int Hours, ProofClock Clock, string Source)
{
    /// <summary>The instant from which the proof counts.</summary>
    public DateTimeOffset CountsFrom(Proof proof) => Clock == ProofClock.IssueTime ? proof.IssuedAt : proof.SampledAt;

    /// <summary>The first instant at which the proof no longer counts.</summary>
    public DateTimeOffset CountsUntil(Proof proof) => CountsFrom(proof).AddHours(Hours);

    /// <summary>True when this proof counts at this instant.</summary>
    public bool Accepts(Proof proof, DateTimeOffset at) => proof.Kind == Kind && at >= CountsFrom(proof) && at < CountsUntil(proof);
}
