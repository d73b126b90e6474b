using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Tongxin.Access.Contracts;
using Tongxin.Core.Passes;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>A list as devices fetch it.</summary>
internal sealed record SignedBytes(byte[] Bytes, long Number);

/// <summary>
/// The trust list and the list of withdrawn passes, signed, made anew once a minute for everybody who asks in it: a morning with thousands
/// of devices costs two signatures a minute.
/// </summary>
internal sealed class SignedLists(IServiceScopeFactory scopes, SecretBox box, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SignedBytes? _trust;
    private SignedBytes? _revocations;

    public Task<SignedBytes> TrustAsync(CancellationToken ct) => FreshAsync(() => _trust, async (services, number) =>
    {
        using var key = (await services.GetRequiredService<KeyRing>().SigningAsync(KeyUse.Lists, ct)).Open(box);
        return _trust = new SignedBytes((await services.GetRequiredService<IPassBook>().TrustAsync(ct)).Sign(key), number);
    }, ct);

    public Task<SignedBytes> RevocationsAsync(CancellationToken ct) => FreshAsync(() => _revocations, async (services, number) =>
    {
        using var key = (await services.GetRequiredService<KeyRing>().SigningAsync(KeyUse.Lists, ct)).Open(box);
        return _revocations = new SignedBytes((await services.GetRequiredService<IPassBook>().RevocationsAsync(ct)).Sign(key), number);
    }, ct);

    /// <summary>The next to ask gets a new list: a key was made or withdrawn.</summary>
    public void Forget() => (_trust, _revocations) = (null, null);

    public void Dispose() => _turn.Dispose();

    private async Task<SignedBytes> FreshAsync(Func<SignedBytes?> kept, Func<IServiceProvider, long, Task<SignedBytes>> make, CancellationToken ct)
    {
        var number = clock.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        if (kept() is { } there && there.Number == number) return there;
        await _turn.WaitAsync(ct);
        try
        {
            if (kept() is { } meanwhile && meanwhile.Number == number) return meanwhile;
            await using var scope = scopes.CreateAsyncScope();
            return await make(scope.ServiceProvider, number);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>Where devices fetch the lists. Public: keys are, and what was withdrawn names nobody.</summary>
internal static class SignedListRoutes
{
    private const string Cbor = "application/cose; cose-type=\"cose-sign1\"";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/access/trust", async (HttpContext http, SignedLists lists, CancellationToken ct) => Answer(http, await lists.TrustAsync(ct))).AllowAnonymous();
        routes.MapGet("/api/v1/access/revocations", async (HttpContext http, SignedLists lists, CancellationToken ct) => Answer(http, await lists.RevocationsAsync(ct))).AllowAnonymous();
    }

    private static FileContentHttpResult Answer(HttpContext http, SignedBytes list)
    {
        http.Response.Headers.CacheControl = "public, max-age=60";
        return TypedResults.Bytes(list.Bytes, Cbor, entityTag: new EntityTagHeaderValue($"\"{list.Number}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(list.Bytes).AsSpan(0, 4))}\""));
    }
}
