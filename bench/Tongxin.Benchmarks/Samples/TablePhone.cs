using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tongxin.Platform;

namespace Tongxin.Benchmarks.Samples;

/// <summary>What a phone has to say, and when it happens.</summary>
internal sealed record DueFact(TimeSpan At, Guid Id, Guid? Person, string Json);

/// <summary>
/// The phone of one table: keeps what happens in its outbox and sends it as the field app does, up to 500 together, 0.3 to 1 s after something is
/// there; or, hasty, at once and at most five together. Now and then an answer is lost, and everything is sent again.
/// </summary>
internal sealed class TablePhone(Uri address, PhoneTable table, IReadOnlyList<DueFact> facts, bool isHasty, int seed, SampleTally tally) : IDisposable
{
    private const int MostTogether = 500, MostHasty = 5;
    private const double LostAnswers = 0.02;

#pragma warning disable CA5394 // A phone's pauses; no secret.
    private readonly Random _random = new(seed);
#pragma warning restore CA5394

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Device", table.Token) },
    };

    public async Task RunAsync(long began, CancellationToken ct)
    {
        var sent = 0;
        while (sent < facts.Count)
        {
            await UntilAsync(facts[sent].At, began, ct);
            if (!isHasty) await Task.Delay(300 + _random.Next(700), ct);
            var now = Stopwatch.GetElapsedTime(began);
            var batch = facts.Skip(sent).Take(isHasty ? MostHasty : MostTogether).TakeWhile(f => f.At <= now).ToList();
            await SendAsync(batch, began, isAgain: false, ct);
            if (_random.NextDouble() < LostAnswers) await SendAsync(batch, began, isAgain: true, ct);
            sent += batch.Count;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(List<DueFact> batch, long began, bool isAgain, CancellationToken ct)
    {
        tally.Sending(batch);
        var body = $"{{\"facts\":[{string.Join(',', batch.Select(f => f.Json))}]}}";
        // From the first attempt: whoever is asked to come again waits, and that is part of the answer's time.
        var asked = Stopwatch.GetTimestamp();
        while (true)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri("/api/v1/screening/tubes", UriKind.Relative), content, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var took = Stopwatch.GetElapsedTime(asked);
                tally.Acknowledged(batch, Verdicts(text), isAgain, took, Stopwatch.GetElapsedTime(began));
                return;
            }

            tally.Refused(answer.StatusCode);
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), ct);
        }
    }

    private static async Task UntilAsync(TimeSpan at, long began, CancellationToken ct)
    {
        var early = at - Stopwatch.GetElapsedTime(began);
        if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, ct);
    }

    private static List<(Guid Id, string Verdict)> Verdicts(string text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.GetProperty("results").EnumerateArray().Select(r => (r.GetProperty("id").GetGuid(), r.GetProperty("verdict").GetString() ?? ""))];
    }

    /// <summary>The facts of a table: tubes of ten, opened, filled and closed, one after the other.</summary>
    public static IReadOnlyList<DueFact> Facts(Guid round, PhoneTable table, string prefix, IReadOnlyList<(Guid Person, TimeSpan At)> people, DateTimeOffset start)
    {
        const int Together = 10;
        var facts = new List<DueFact>();
        var number = 0;
        foreach (var tube in people.Chunk(Together))
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"{prefix}{++number:0000}");
            Add(tube[0].At, null, code, $"\"kind\":\"Opened\",\"size\":10,\"site\":\"{table.Site}\",\"table\":\"{table.Table}\"");
            foreach (var (person, at) in tube) Add(at, person, code, $"\"kind\":\"Sampled\",\"person\":\"{person}\"");
            Add(tube[^1].At, null, code, $"\"kind\":\"Closed\",\"members\":{tube.Length}");
        }
        return facts;

        void Add(TimeSpan at, Guid? person, string code, string rest)
        {
            var id = Ids.New();
            // A millisecond each, so that a tube is not closed in the instant of its last person.
            var seen = (start + at + TimeSpan.FromMilliseconds(facts.Count % 12)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            facts.Add(new DueFact(at, id, person, $"{{\"id\":\"{id}\",\"round\":\"{round}\",\"tube\":\"{code}\",\"seenAt\":\"{seen}\",{rest}}}"));
        }
    }
}
