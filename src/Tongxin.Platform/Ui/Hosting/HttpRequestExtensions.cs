using Microsoft.AspNetCore.Http;

namespace Tongxin.Platform.Ui.Hosting;

/// <summary>What pages and routes ask of a request.</summary>
public static class HttpRequestExtensions
{
    /// <summary>Whether htmx asks for a part of a page. A full page must be answered to everybody else.</summary>
    public static bool IsHtmx(this HttpRequest request) => request.Headers["HX-Request"] == "true";

    /// <summary>The address of the page, as a return address for the switches in the top bar.</summary>
    public static string ReturnAddress(this HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : request.Path;

    /// <summary>The address if it leads back into this site, else the home page: no open redirects.</summary>
    public static string LocalOrHome(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal) ? address : "/";

    /// <summary>Where the product is reached, as whoever asks reaches it: what an address on paper or in a picture begins with.</summary>
    public static string Origin(this HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
