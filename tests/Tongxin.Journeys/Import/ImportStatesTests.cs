using Shouldly;
using Tongxin.Journeys.Harness;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Journeys.Import;

/// <summary>The page of an import looks different in each state; the crawl of all pages meets only one of them.</summary>
public sealed class ImportStatesTests(Chromium chromium, ImportStatesTests.Desk desk) : IClassFixture<ImportStatesTests.Desk>
{
    [Theory, MemberData(nameof(Screen.BothWidths), MemberType = typeof(Screen))]
    public async Task ImportPage_InEachStateByDayAndNight_IsFaultless(string screen)
    {
        var faults = new List<string>();
        await Journey.RunAsync(chromium, desk.App, screen, desk.Office, async tab =>
        {
            foreach (var (state, address) in desk.Addresses)
            {
                (await tab.GoAsync(address)).ShouldBe(200, state);
                faults.AddRange((await tab.FaultsByDayAndNightAsync()).Select(f => $"{state}: {f}"));
            }
        }, judges: true);

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task ImportPage_OutdatedPreview_SaysThatNothingWasWritten()
    {
        var page = await desk.Office.OpenAsync(desk.Addresses["outdated"]);

        page.Text.ShouldContain("台账有了变化");
        page.All("#commit").Count.ShouldBe(1);
    }

    [Fact]
    public async Task ImportPage_WhileWorkingAndAfterAFailure_SaysSo()
    {
        (await desk.Office.OpenAsync(desk.Addresses["working"])).All("#import-progress[hx-get]").Count.ShouldBe(1);
        (await desk.Office.OpenAsync(desk.Addresses["failed"])).All(".flash.refused").Count.ShouldBe(1);
    }

    public sealed class Desk : IAsyncLifetime
    {
        private TongxinApp? _app;
        private Visitor? _office;

        public TongxinApp App => _app ?? throw new InvalidOperationException("The fixture has not started.");

        public Visitor Office => _office ?? throw new InvalidOperationException("The fixture has not started.");

        public IReadOnlyDictionary<string, string> Addresses { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

        public async ValueTask InitializeAsync()
        {
            _app = await JourneyApp.StartDemoAsync(Provider.Sqlite);
            _office = await _app.SignInAsAccountAsync("office");
            Addresses = await ImportStates.ArrangeAsync(_app, _office);
        }

        public async ValueTask DisposeAsync()
        {
            _office?.Dispose();
            if (_app is not null) await _app.DisposeAsync();
        }
    }
}
