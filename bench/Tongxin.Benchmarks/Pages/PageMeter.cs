using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using Tongxin.Benchmarks.Harness;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Pages;

/// <summary>Asks for one page again and again, compressed as a browser does: its times and its weight.</summary>
internal static class PageMeter
{
    private const int WarmUps = 5;

    // A look while working on a page; the bar is for 200.
    public static readonly int Requests = Environment.GetEnvironmentVariable("TONGXIN_BENCH_QUICK") is "1" ? 20 : 200;

    public static async Task<MeasuredPage> MeasureAsync(Visitor visitor, string address, CancellationToken ct)
    {
        for (var i = 0; i < WarmUps; i++) await GetAsync(visitor, address, ct);
        var times = new Sample();
        byte[] packed = [];
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Requests; i++)
        {
            var started = Stopwatch.GetTimestamp();
            packed = await GetAsync(visitor, address, ct);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Requests;
        return new MeasuredPage(times.Median, times.At(0.95), cpu, Unpack(packed), packed.Length);
    }

    private static async Task<byte[]> GetAsync(Visitor visitor, string address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var answer = await visitor.Http.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode || !answer.Content.Headers.ContentEncoding.Contains("br"))
            throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode} {string.Join(' ', answer.Content.Headers.ContentEncoding)}.");
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    private static int Unpack(byte[] packed)
    {
        using var open = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        open.CopyTo(raw);
        return (int)raw.Length;
    }
}

/// <summary>Milliseconds and bytes of a page.</summary>
internal sealed record MeasuredPage(double P50, double P95, double Cpu, int RawBytes, int PackedBytes)
{
    public override string ToString() => $"p50 {P50:0.0} ms, p95 {P95:0.0} ms, cpu {Cpu:0.0} ms, {RawBytes:N0} bytes, {PackedBytes:N0} br";
}
