using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Access.Scans;

/// <summary>What became of one fact.</summary>
internal enum ScanOutcome : byte
{
    Recorded,
    Duplicate,
    Refused,
}

/// <summary>Writes <c>{"results":[{"id","verdict","code","reason"}]}</c>; code and reason only where something was refused.</summary>
internal sealed class ScanAnswer(ErrorCatalogue texts)
{
    // Of this thread and only until it is copied into the response: thousands a second need no memory of their own.
    [ThreadStatic] private static ArrayBufferWriter<byte>? _body;

    public ValueTask<FlushResult> WriteAsync(HttpContext http, ScanItem[] items, ScanOutcome[] outcomes)
    {
        var body = _body ??= new ArrayBufferWriter<byte>();
        body.ResetWrittenCount();
        body.Write("{\"results\":["u8);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) body.Write(","u8);
            Write(body, items[i], outcomes[i]);
        }
        body.Write("]}"u8);
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        // One flush: header and body leave in one packet. Whoever has gone meanwhile comes again, and finds a duplicate.
        return http.Response.BodyWriter.WriteAsync(body.WrittenMemory, CancellationToken.None);
    }

    /// <summary>503 or 400 as problem+json, in the language of devices.</summary>
    public async Task RefuseAsync(HttpContext http, int status, string code, int? retryAfter)
    {
        if (retryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        var body = JsonSerializer.SerializeToUtf8Bytes(new { status, title = Say(code), code }, JsonSerializerOptions.Web);
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, CancellationToken.None);
    }

    private void Write(ArrayBufferWriter<byte> body, in ScanItem item, ScanOutcome outcome)
    {
        body.Write("{\"id\":\""u8);
        var span = body.GetSpan(36);
        item.Id.TryFormat(span, out var written);
        body.Advance(written);
        switch (outcome)
        {
            case ScanOutcome.Recorded:
                body.Write("\",\"verdict\":\"recorded\"}"u8);
                break;
            case ScanOutcome.Duplicate:
                body.Write("\",\"verdict\":\"duplicate\"}"u8);
                break;
            default:
                body.Write("\",\"verdict\":\"refused\",\"code\":"u8);
                body.Write(JsonSerializer.SerializeToUtf8Bytes(item.Fault));
                body.Write(",\"reason\":"u8);
                body.Write(JsonSerializer.SerializeToUtf8Bytes(Say(item.Fault ?? "")));
                body.Write("}"u8);
                break;
        }
    }

    // Before the pipeline has chosen a language: that of a page without a choice.
    private string Say(string code)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            if (before.Equals(CultureInfo.InvariantCulture)) CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(UiRoutes.Cultures[0]);
            return texts.Say(code);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
