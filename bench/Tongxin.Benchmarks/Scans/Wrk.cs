using System.Globalization;
using System.Text.Json;

namespace Tongxin.Benchmarks.Scans;

/// <summary>What wrk saw.</summary>
/// <param name="PerSecond">Answers of 200 a second.</param>
/// <param name="Errors">Answers of other kinds, time-outs, broken connections.</param>
internal sealed record WrkRun(double PerSecond, long Errors, double P50, double P99);

/// <summary>Closed-loop load by wrk: each connection sends scans with new version-7 ids, the next when the last was answered.</summary>
internal static class Wrk
{
    private static readonly string File = Tool.Find("wrk", "wrk");

    public static async Task<WrkRun> RunAsync(Uri address, Guid gate, IEnumerable<string> tokens, int clients, int batch, int seconds, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("tongxin-wrk-").FullName;
        try
        {
            var script = Path.Combine(folder, "scans.lua");
            await System.IO.File.WriteAllTextAsync(script, Script(gate, tokens, batch), ct);
            var said = await Tool.RunAsync(File, ["-t2", $"-c{clients}", $"-d{seconds}s", "--timeout", "10s", "-s", script, address.ToString()], ct);
            var line = said.Split('\n').Last(l => l.StartsWith("{\"requests\"", StringComparison.Ordinal));
            var run = JsonSerializer.Deserialize<Said>(line, JsonSerializerOptions.Web) ?? throw new InvalidOperationException(said);
            var errors = run.Status + run.Connect + run.Read + run.Write + run.Timeout;
            return new WrkRun((run.Requests - run.Status) / (run.Duration / 1e6), errors, run.P50 / 1000, run.P99 / 1000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Script(Guid gate, IEnumerable<string> tokens, int batch) => $$"""
        local tokens = { {{string.Join(", ", tokens.Select(t => $"'{t}'"))}} }
        local threads = 0
        function setup(thread) thread:set("number", threads) threads = threads + 1 end
        local head, n, format = {}, 0, string.format
        local seen = os.date("!%Y-%m-%dT%H:%M:%S.000Z")
        function init(args)
          local f = io.open("/dev/urandom", "rb") local b = { f:read(6):byte(1, 6) } f:close()
          tail = format("%02x%02x%02x%02x%02x%01x%d", b[1], b[2], b[3], b[4], b[5], b[6] % 16, number % 10)
          for i, token in ipairs(tokens) do head[i] = { ["Authorization"] = "Device " .. token, ["Content-Type"] = "application/json" } end
          stamp, at = 0, 0
        end
        -- 48 bits of milliseconds, version 7, a counter, and the thread's own random tail.
        local function id()
          n = n + 1
          if n % 64 == 1 then at = os.time() end
          local ms = at * 1000 + n % 1000
          local high = math.floor(ms / 65536)
          return format("%08x-%04x-7%03x-8%03x-%s", high, ms % 65536, math.floor(n / 4096) % 4096, n % 4096, tail)
        end
        local function scan()
          local own = id()
          return '{"subjectKind":"Pass","passRef":"' .. own .. '","permitId":null,"plate":null,"colour":"Green","verdict":"Passed","reasonCode":null,"id":"' .. own
            .. '","gateId":"{{gate}}","lane":"1","kind":"In","temperature":36.5,"seenAt":"' .. seen .. '","offline":false,"companions":0}'
        end
        function request()
          local scans = {}
          for i = 1, {{batch.ToString(CultureInfo.InvariantCulture)}} do scans[i] = scan() end
          return wrk.format("POST", nil, head[n % #head + 1], '{"scans":[' .. table.concat(scans, ",") .. ']}')
        end
        function done(summary, latency)
          io.write(format('\n{"requests":%d,"duration":%d,"status":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,"p50":%d,"p99":%d}\n', summary.requests, summary.duration,
            summary.errors.status, summary.errors.connect, summary.errors.read, summary.errors.write, summary.errors.timeout, latency:percentile(50), latency:percentile(99)))
        end
        """;

    private sealed record Said(long Requests, long Duration, long Status, long Connect, long Read, long Write, long Timeout, double P50, double P99);
}
