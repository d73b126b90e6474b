namespace Tongxin.Core.Passes;

/// <summary>What reading a text as a pass comes to. Nothing else can come out: readers do not throw, whatever they are given.</summary>
public abstract record PassReading
{
    private PassReading()
    {
    }

    /// <summary>A pass that holds now.</summary>
    public sealed record Valid(Pass Pass, KeyId Key) : PassReading;

    /// <summary>Not a good pass.</summary>
    /// <param name="Fault">The first thing found wrong.</param>
    /// <param name="Pass">What it says when its signature is good and only time or a revocation stands against it; else null.</param>
    public sealed record Refused(PassFault Fault, Pass? Pass = null) : PassReading;
}
