using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Tongxin.TestKit.Web;

/// <summary>
/// One real address for each GET route, found as a person finds it: by following links. So the generated tests need no list
/// of sample ids, and a page that nothing leads to is noticed.
/// </summary>
public static class SiteMap
{
    private const int MostAddressesPerRoute = 3;

    /// <summary>Route pattern to the first address that answered 200.</summary>
    public static Task<IReadOnlyDictionary<string, string>> CrawlAsync(TongxinApp app, Visitor visitor, params string[] starts) =>
        CrawlAsync(app, visitor, new HashSet<string>(StringComparer.OrdinalIgnoreCase), starts);

    /// <summary>As above; of a pattern in <paramref name="known"/>, which somebody reached before, one address is enough. What is found is added to it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CrawlAsync(TongxinApp app, Visitor visitor, HashSet<string> known, params string[] starts)
    {
        var routes = TestRoute.AllOf(app).Where(r => r.Method == "GET" && !r.Parameters.Any(p => p.IsCatchAll))
            .OrderBy(r => r.Parameters.Count).ThenByDescending(r => r.Pattern.Length)
            .Select(r => (r.Pattern, Matcher: new TemplateMatcher(TemplateParser.Parse(r.Pattern.TrimStart('/')), [])))
            .ToList();
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var tried = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(starts);
        foreach (var route in routes.Where(r => r.Matcher.Template.Parameters.Count == 0)) open.Enqueue(route.Pattern);

        while (open.TryDequeue(out var address))
        {
            var path = address.Split('?', '#')[0];
            if (!seen.Add(path) || PatternOf(path) is not { } pattern) continue;
            var times = tried.GetValueOrDefault(pattern);
            if (times >= (known.Contains(pattern) ? 1 : MostAddressesPerRoute)) continue;
            tried[pattern] = times + 1;

            using var answer = await visitor.Http.GetAsync(new Uri(address, UriKind.Relative));
            if (answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther && answer.Headers.Location is { } target) Add(target.OriginalString);
            if (answer.StatusCode != HttpStatusCode.OK) continue;
            found.TryAdd(pattern, address);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
            foreach (var element in page.QuerySelectorAll("a[href], [hx-get]")) Add(element.GetAttribute("href") ?? element.GetAttribute("hx-get") ?? "");

            void Add(string link)
            {
                if (Uri.TryCreate(new Uri(app.Address, address), link, out var uri) && uri.Authority == app.Address.Authority) open.Enqueue(uri.PathAndQuery);
            }
        }

        known.UnionWith(found.Keys);
        return found;

        string? PatternOf(string path) => routes.FirstOrDefault(r => r.Matcher.TryMatch(path, [])).Pattern;
    }
}
