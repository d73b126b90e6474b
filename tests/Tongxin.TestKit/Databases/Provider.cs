using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Tongxin.TestKit.Databases;

/// <summary>The two databases of the product.</summary>
public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary><c>[Theory, BothProviders]</c>: every test that touches rows runs on both databases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothProvidersAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Provider>(Provider.Sqlite), new TheoryDataRow<Provider>(Provider.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
