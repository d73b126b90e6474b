using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tongxin.Platform;

namespace Tongxin.TestKit.Gates;

/// <summary>What one request was answered.</summary>
/// <param name="Status">0 when no answer came.</param>
/// <param name="Yes">Ids answered "recorded" or "duplicate".</param>
public sealed record ScanReply(int Status, IReadOnlyList<Guid> Yes, bool SaysWhen);

/// <summary>A device at a gate of the real program, on a connection of its own.</summary>
public sealed class ScanClient(Uri address, Guid gate, string token) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Device", token) },
    };

    /// <summary>Body of a request with a fact for each id, as the phone app writes it.</summary>
    public static string Body(Guid gate, IEnumerable<Guid> ids, DateTimeOffset seenAt)
    {
        var text = new StringBuilder("{\"scans\":[");
        var first = true;
        foreach (var id in ids)
        {
            if (!first) text.Append(',');
            first = false;
            text.Append(CultureInfo.InvariantCulture, $$"""
                {"subjectKind":"Pass","passRef":"{{id}}","permitId":null,"plate":null,"colour":"Green","verdict":"Passed","reasonCode":null,"id":"{{id}}","gateId":"{{gate}}","lane":"1","kind":"In","temperature":36.5,"seenAt":"{{seenAt:yyyy-MM-ddTHH:mm:ss.fffZ}}","offline":false,"companions":0}
                """);
        }
        return text.Append("]}").ToString();
    }

    public static IReadOnlyList<Guid> NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Ids.New())];

    /// <summary>Sends facts once. A connection that breaks is an answer, too: none.</summary>
    public async Task<ScanReply> SendAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        using var content = new StringContent(Body(gate, ids, TimeProvider.System.GetUtcNow()), Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.PostAsync(new Uri("/api/v1/access/scans", UriKind.Relative), content, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            return answer.StatusCode == HttpStatusCode.OK ? new ScanReply(200, Yes(text), false) : new ScanReply((int)answer.StatusCode, [], answer.Headers.RetryAfter is not null);
        }
        catch (HttpRequestException)
        {
            return new ScanReply(0, [], false);
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ScanReply(0, [], false);
        }
    }

    public void Dispose() => _http.Dispose();

    private static List<Guid> Yes(string text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.GetProperty("results").EnumerateArray()
            .Where(r => r.GetProperty("verdict").ValueEquals("recorded") || r.GetProperty("verdict").ValueEquals("duplicate")).Select(r => r.GetProperty("id").GetGuid())];
    }
}
