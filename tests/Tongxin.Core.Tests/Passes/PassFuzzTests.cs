using Shouldly;
using Tongxin.Core.Passes;
using Xunit;
using static Tongxin.Core.Tests.Passes.Make;

namespace Tongxin.Core.Tests.Passes;

/// <summary>Nothing that a camera, a person or a network hands in makes a reader throw. A million of each: <c>./do bench pass-fuzz</c>.</summary>
public class PassFuzzTests
{
    [Fact]
    public void Read_RandomStrings_NeverThrowsNorAccepts()
    {
        using var reader = new PassReader(Trust);
        foreach (var text in PassFuzz.Texts(seed: 1).Take(50_000)) reader.Read(text, RevocationList.Empty, Now).ShouldBeOfType<PassReading.Refused>();
    }

    [Fact]
    public void Claims_RandomBytes_NeverThrow()
    {
        foreach (var bytes in PassFuzz.Mutants(PassReaderTests.Claims(), seed: 2).Take(30_000)) PassClaims.Read(bytes);
        foreach (var bytes in PassFuzz.Mutants(Message(Issue()), seed: 3).Take(30_000)) Sign1.Read(bytes);
    }

    [Fact]
    public void Lists_RandomBytes_NeverThrow()
    {
        foreach (var bytes in PassFuzz.Mutants(Trust.Sign(ListKey), seed: 4).Take(5_000)) TrustList.Read(bytes, Trust, Now);
        var list = RevocationList.Of("qinyuan", 1, Now, [(Pass().Reference, Pass().ExpiresAt)]).Sign(ListKey);
        foreach (var bytes in PassFuzz.Mutants(list, seed: 5).Take(5_000)) RevocationList.Read(bytes, Trust, RevocationList.Empty, Now);
    }
}
