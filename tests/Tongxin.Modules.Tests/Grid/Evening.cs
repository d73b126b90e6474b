using Tongxin.Grid.Contracts;
using Tongxin.Grid.OpenRound;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>How most stories begin: a small estate, and a round over all its doors.</summary>
internal sealed class Evening : IAsyncDisposable
{
    private readonly TongxinApp _app;
    private readonly Estate _estate;
    private readonly OpenRoundResult _round;

    private Evening(TongxinApp app, Estate estate, OpenRoundResult round) => (_app, _estate, _round) = (app, estate, round);

    public static async Task<Evening> BeginAsync(Provider provider)
    {
        var app = await TongxinApp.StartAsync(provider);
        try
        {
            var estate = await Estate.BuildAsync(app);
            return new Evening(app, estate, await estate.OpenAsync());
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public void Deconstruct(out TongxinApp app, out Estate estate, out OpenRoundResult round) => (app, estate, round) = (_app, _estate, _round);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
