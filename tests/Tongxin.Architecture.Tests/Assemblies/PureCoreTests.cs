using System.Diagnostics.CodeAnalysis;
using Mono.Cecil;
using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Assemblies;

/// <summary>The clock is injected everywhere; Core makes no ids, no unseeded randomness and does no input or output.</summary>
public sealed class PureCoreTests
{
    private static readonly HashSet<string> Clock = new(StringComparer.Ordinal)
    {
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
    };

    private static readonly HashSet<string> Impure = new(StringComparer.Ordinal)
    {
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Random.get_Shared", "System.TimeProvider.get_System",
        "System.Diagnostics.Stopwatch.StartNew", "System.Diagnostics.Stopwatch.GetTimestamp", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Security.Cryptography.RandomNumberGenerator.Fill", "System.Security.Cryptography.RandomNumberGenerator.GetBytes",
    };

    private static readonly string[] InputOutput = ["System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Console", "System.Net.Http.", "System.Net.Sockets.", "System.Diagnostics.Process"];

    [Fact]
    public void Product_CallsToTheClock_AreAbsent() => Called(Product.AllTypes, Clock.Contains).ShouldBeEmpty();

    [Fact]
    public void BadSample_ReadingTheClock_IsFound() => Called(Product.Sample(typeof(ReadsTheClock)), Clock.Contains).Count.ShouldBe(1);

    [Fact]
    public void Core_IdsRandomnessAndInputOutput_AreAbsent() =>
        Called(Product.TypesOf(Product.Assemblies["Tongxin.Core"]), IsImpure).ShouldBeEmpty();

    [Fact]
    public void BadSample_MakingAnIdAndReadingAFile_IsFound() => Called(Product.Sample(typeof(MakesAnId)), IsImpure).Count.ShouldBe(3);

    private static bool IsImpure(string callee) =>
        Impure.Contains(callee) || callee == "System.Random..ctor()" || InputOutput.Any(p => callee.StartsWith(p, StringComparison.Ordinal));

    private static List<string> Called(IEnumerable<TypeDefinition> types, Func<string, bool> isBanned) =>
    [
        .. from call in Calls.In(types)
           let name = $"{call.To.DeclaringType.FullName}.{call.To.Name}"
           let callee = name == "System.Random..ctor" && call.To.Parameters.Count == 0 ? name + "()" : name
           where isBanned(callee)
           select $"{call.From.FullName} calls {callee}",
    ];
}

[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "A bad sample that the test must find.")]
internal static class ReadsTheClock
{
    public static DateTime When() => DateTime.UtcNow;
}

[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "A bad sample that the test must find.")]
internal static class MakesAnId
{
    public static (Guid, int, string) Make() => (Guid.NewGuid(), new Random().Next(), File.ReadAllText("x"));
}
