using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Architecture.Tests.Running;

/// <summary>The product, started once for the tests that ask it about itself.</summary>
public sealed class ProductFixture : IAsyncLifetime
{
    private TongxinApp? _app;

    public TongxinApp App => _app ?? throw new InvalidOperationException("The fixture has not started.");

    public async ValueTask InitializeAsync() => _app = await TongxinApp.StartAsync(Provider.Sqlite);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
