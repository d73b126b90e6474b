using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Tongxin.Access.FieldPack;
using Tongxin.Access.Gates.Data;
using Tongxin.Journeys.Harness;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Field;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Field;

/// <summary>The demo estate with one gate of the guard's, a desk that issues passes, and a browser whose camera looks at a picture.</summary>
internal sealed class FieldHouse : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _picture;
    private IPlaywright? _playwright;

    private FieldHouse() => _picture = Path.Combine(_folder.Path, "camera.y4m");

    public required TongxinApp App { get; init; }

    public required PassDesk Desk { get; init; }

    public Guid Gate { get; private set; }

    public IBrowser Browser { get; private set; } = null!; // set before anybody gets the house

    public static async Task<FieldHouse> OpenAsync(PassDesk? desk = null)
    {
        desk ??= new PassDesk();
        var app = await TongxinApp.StartDemoOnPortAsync(Provider.Sqlite, services => services.AddSingleton<IPassMatters>(desk));
        var house = new FieldHouse { App = app, Desk = desk };
        await house.AddGateAsync();
        house.Show(null);
        house._playwright = await Playwright.CreateAsync();
        house.Browser = await house._playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={house._picture}",
            ],
        });
        return house;
    }

    /// <summary>What the camera sees from its next opening on.</summary>
    public void Show(string? code) => PictureOfCode.Write(_picture, code);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
        await App.DisposeAsync();
        Desk.Dispose();
        _folder.Dispose();
    }

    private async Task AddGateAsync()
    {
        var place = await App.ReadAsync(db => (from u in db.Users join g in db.Set<Grant>() on u.Id equals g.AccountId where u.UserName == "guard" select g.ScopeId).FirstAsync());
        var gate = Access.Gates.Data.Gate.Create(new GateFacts { Name = "测试门", Kind = GateKind.Main, PlaceId = place.GetValueOrDefault(), Lanes = [new Lane("人行", 300, LaneDirection.Both)] }, GateState.Guarded, App.Clock.Now);
        await App.AddAsync(gate);
        Gate = gate.Id;
    }
}
