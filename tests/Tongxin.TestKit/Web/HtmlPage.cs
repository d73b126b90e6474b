using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Tongxin.TestKit.Web;

/// <summary>A page as it came: status, address, and its document to ask.</summary>
public sealed class HtmlPage
{
    private readonly Visitor _visitor;

    private HtmlPage(Visitor visitor, HttpStatusCode status, Uri address, string html) =>
        (_visitor, Status, Address, Html, Document) = (visitor, status, address, html, new HtmlParser().ParseDocument(html));

    public HttpStatusCode Status { get; }

    /// <summary>Where it ended after redirects.</summary>
    public Uri Address { get; }

    public string Html { get; }

    public IHtmlDocument Document { get; }

    /// <summary>The visible text, blanks folded.</summary>
    public string Text => Fold(Document.Body?.TextContent ?? "");

    /// <summary>The one element that matches; says what is there when there is none.</summary>
    public IElement One(string selector) => Document.QuerySelector(selector)
        ?? throw new InvalidOperationException($"No '{selector}' on {Address.PathAndQuery} ({(int)Status}): {Text[..Math.Min(400, Text.Length)]}{Why}");

    public IReadOnlyList<IElement> All(string selector) => [.. Document.QuerySelectorAll(selector)];

    /// <summary>The texts of all elements that match, blanks folded.</summary>
    public IReadOnlyList<string> Texts(string selector) => [.. All(selector).Select(e => Fold(e.TextContent))];

    /// <summary>A form with all it holds now: hidden fields, antiforgery token, chosen values.</summary>
    public HtmlForm Form(string selector = "main form") => new((IHtmlFormElement)One(selector), Address);

    /// <summary>Fills in a form and sends it.</summary>
    public Task<HtmlPage> SubmitAsync(string form, params (string Name, string Value)[] values)
    {
        var filled = Form(form);
        foreach (var (name, value) in values) filled.Set(name, value);
        return _visitor.SubmitAsync(filled);
    }

    /// <summary>Opens the address behind a link.</summary>
    public Task<HtmlPage> FollowAsync(string link) =>
        _visitor.OpenAsync(new Uri(Address, One(link).GetAttribute("href")).PathAndQuery);

    internal static async Task<HtmlPage> ReadAsync(Visitor visitor, HttpResponseMessage answer)
    {
        using (answer)
        {
            var address = answer.RequestMessage?.RequestUri ?? new Uri("http://localhost/");
            return new HtmlPage(visitor, answer.StatusCode, address, await answer.Content.ReadAsStringAsync());
        }
    }

    private string Why => (int)Status >= 500 ? $"\n{_visitor.Errors.Entries.LastOrDefault()}" : "";

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
