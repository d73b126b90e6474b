using System.Net;
using System.Net.Http.Headers;

namespace Tongxin.TestKit.Web;

/// <summary>A browser without a screen: keeps cookies, reads pages, fills in forms, and follows redirects when told to.</summary>
public sealed class Visitor : IDisposable
{
    private readonly CookieContainer _cookies;

    internal Visitor(HttpMessageHandler handler, Uri address, CookieContainer cookies, ErrorLog errors)
    {
        Errors = errors;
        _cookies = cookies;
        Http = new HttpClient(new CookieHandler(cookies, handler)) { BaseAddress = address };
    }

    /// <summary>The plain client: cookies are kept, redirects are not followed.</summary>
    public HttpClient Http { get; }

    internal ErrorLog Errors { get; }

    /// <summary>The account behind the cookie; empty for somebody who has not signed in.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The cookies, to hand to a real browser.</summary>
    public IReadOnlyList<Cookie> Cookies => [.. _cookies.GetAllCookies().Cast<Cookie>()];

    /// <summary>Opens a page and follows redirects, as a browser does.</summary>
    public async Task<HtmlPage> OpenAsync(string path) => await FollowAsync(await Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute)));

    /// <summary>Asks for a fragment as htmx does.</summary>
    public async Task<HtmlPage> OpenPartAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("HX-Request", "true");
        return await HtmlPage.ReadAsync(this, await Http.SendAsync(request));
    }

    /// <summary>Sends a form and follows the redirect.</summary>
    public async Task<HtmlPage> SubmitAsync(HtmlForm form) => await FollowAsync(await SendAsync(form));

    /// <summary>Sends a form; the answer as it came.</summary>
    public async Task<HttpResponseMessage> SendAsync(HtmlForm form)
    {
        using var request = form.ToRequest();
        return await Http.SendAsync(request);
    }

    public void Dispose() => Http.Dispose();

    private async Task<HtmlPage> FollowAsync(HttpResponseMessage answer)
    {
        for (var hops = 0; answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.MovedPermanently && hops < 10; hops++)
        {
            var target = answer.Headers.Location ?? throw new InvalidOperationException("A redirect without an address.");
            var from = answer.RequestMessage?.RequestUri ?? Http.BaseAddress;
            answer.Dispose();
            answer = await Http.GetAsync(from is null || target.IsAbsoluteUri ? target : new Uri(from, target));
        }

        return await HtmlPage.ReadAsync(this, answer);
    }

    private sealed class CookieHandler(CookieContainer cookies, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var uri = request.RequestUri ?? throw new InvalidOperationException("A request without an address.");
            if (cookies.GetCookieHeader(uri) is { Length: > 0 } header) request.Headers.Add("Cookie", header);
            request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("zh-CN"));
            if (request.Headers.Accept.Count == 0) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
            var response = await base.SendAsync(request, cancellationToken);
            response.RequestMessage ??= request;
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set) cookies.SetCookies(uri, WithoutExpiry(cookie));
            }

            return response;
        }

        // The product's clock stands still in 2022; to the cookie jar's own clock everything would have expired.
        private static string WithoutExpiry(string cookie) => cookie.Contains("01 Jan 1970", StringComparison.Ordinal)
            ? cookie
            : string.Join(';', cookie.Split(';').Where(part => !part.TrimStart().StartsWith("expires=", StringComparison.OrdinalIgnoreCase)));
    }
}
