using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tongxin.Platform.Devices;

/// <summary>The scheme "Device": <c>Authorization: Device TOKEN</c>. No cookie goes with it, so no antiforgery token is needed.</summary>
internal sealed class DeviceAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, DeviceRegister register)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Device";

    /// <summary>Whether a request is a device's: then no cookie is looked at.</summary>
    public static bool Is(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(DeviceToken.Prefix, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Is(Request)) return AuthenticateResult.NoResult();
        var answer = await register.ReadAsync(Request.Headers.Authorization);
        if (answer.Session is not { } session)
        {
            Context.Features.Set(new DeviceRefusal(answer.Code ?? DeviceRegister.Unknown));
            return AuthenticateResult.Fail("The token opens nothing.");
        }
        Context.Features.Set(session);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.Actor.AccountId.ToString())], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
