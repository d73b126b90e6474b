using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Tongxin.Platform.Http;

/// <summary>What a phone carries, sent again only when it says something else than what the phone has.</summary>
public static class PackAnswer
{
    /// <summary>The pack, or 304.</summary>
    /// <param name="http">The request with the tag that the phone holds; the answer gets the new one.</param>
    /// <param name="pack">What is sent.</param>
    /// <param name="timeless">The same without when it was asked for: the tag is of what the pack says.</param>
    /// <param name="options">How the API writes JSON.</param>
    public static Results<ContentHttpResult, StatusCodeHttpResult> Of<T>(HttpContext http, T pack, T timeless, JsonSerializerOptions options)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(timeless, options);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"", isWeak: true);
        http.Response.GetTypedHeaders().ETag = tag;
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Compare(tag, useStrongComparison: false))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Content(JsonSerializer.Serialize(pack, options), "application/json");
    }
}
