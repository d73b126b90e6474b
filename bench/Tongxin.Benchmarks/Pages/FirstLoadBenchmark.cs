using System.Net.Http.Headers;
using Tongxin.Benchmarks.Harness;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Pages;

/// <summary>Bytes of the body of a page and of everything it links to, compressed as a browser asks for it, with an empty cache.</summary>
internal sealed class FirstLoadBenchmark : IBenchmark
{
    private const int MostBytes = 100 * 1024;

    private static readonly string[] Encodings = ["gzip", "deflate", "br", "zstd"];

    public string Name => "first-load";

    public string About => "First load of each face with an empty cache: the page and all its assets over the wire";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        await using var app = await TongxinApp.StartOnPortAsync(Provider.Sqlite, replace: null, "--Tongxin:Demo=true");
        await DemoData.SeedAsync(app, ct);
        var round = (await app.CallAsync<IRounds, IReadOnlyList<RoundView>>(rounds => rounds.ListOpenAsync(ct)))[0].Id;
        var office = await app.SignInAsAsync(Roles.Office);
        var captain = await app.SignInAsAsync(null, ScopeKind.Everything, null, await DemoData.FirstCaptainAsync(app, ct));
        (Visitor Visitor, string Address, string Label)[] faces =
        [
            (app.Anonymous(), "/sign-in", "sign-in"),
            (office, "/people", "people"),
            (office, $"/rounds/{round}", "board"),
            (office, "/grid/coverage", "coverage map"),
            (captain, "/doors", "captain's list"),
        ];
        var figures = new Dictionary<string, object>();
        var most = 0;
        foreach (var (visitor, address, label) in faces)
        {
            var (total, parts) = await LoadAsync(visitor, address, ct);
            figures[$"{label} bytes"] = $"{total:N0} ({parts})";
            most = Math.Max(most, total);
        }

        return new Measurement($"{MostBytes:N0} bytes (100 KiB)", (double)most / MostBytes, 1, figures);
    }

    private static async Task<(int Total, string Parts)> LoadAsync(Visitor visitor, string address, CancellationToken ct)
    {
        var page = await visitor.OpenAsync(address);
        var parts = new List<(string Name, int Bytes)> { ("page", await BytesAsync(visitor, address, ct)) };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in page.Document.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=modulepreload], script[src], img[src], use[href]"))
        {
            var link = (element.GetAttribute("href") ?? element.GetAttribute("src") ?? "").Split('#')[0];
            if (link.Length > 0 && seen.Add(link)) parts.Add((Path.GetExtension(link), await BytesAsync(visitor, link, ct)));
        }

        return (parts.Sum(p => p.Bytes), string.Join(", ", parts.Select(p => $"{p.Name} {p.Bytes:N0}")));
    }

    private static async Task<int> BytesAsync(Visitor visitor, string address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        foreach (var encoding in Encodings) request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var answer = await visitor.Http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync(ct)).Length;
    }
}
