namespace Tongxin.Core.Passes.Conformance;

/// <summary>One step of one published vector: what the vector expects and what was found.</summary>
public sealed record StepVerdict(string Step, bool Expected, bool Found)
{
    /// <summary>True when they are the same.</summary>
    public bool Agrees => Expected == Found;
}
