using System.Net.Http.Headers;
using AngleSharp.Html.Dom;

namespace Tongxin.TestKit.Web;

/// <summary>What a browser would send for a form, ready to be changed first.</summary>
public sealed class HtmlForm
{
    private readonly Uri _action;
    private readonly HttpMethod _method;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Value)> _values = [];
    private readonly List<(string Name, string FileName, byte[] Content)> _files = [];

    internal HtmlForm(IHtmlFormElement form, Uri page)
    {
        var action = form.GetAttribute("action");
        _action = string.IsNullOrEmpty(action) ? page : new Uri(page, action);
        _method = string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase) ? HttpMethod.Post : HttpMethod.Get;
        foreach (var element in form.Elements) Read(element);
    }

    /// <summary>Sets a field. A name that the form does not have is a mistake of the test or of the page.</summary>
    public HtmlForm Set(string name, string value)
    {
        if (!_known.Contains(name)) throw new InvalidOperationException($"The form has no field '{name}'. It has: {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        _values.RemoveAll(v => v.Name == name);
        _values.Add((name, value));
        return this;
    }

    /// <summary>Ticks one more of several boxes with a name.</summary>
    public HtmlForm Tick(string name, string value)
    {
        _values.Add((name, value));
        return this;
    }

    /// <summary>Leaves a field out: an unticked box, or a forger's form.</summary>
    public HtmlForm Without(string name)
    {
        _values.RemoveAll(v => v.Name == name);
        return this;
    }

    /// <summary>Chooses a file.</summary>
    public HtmlForm Attach(string name, string fileName, byte[] content)
    {
        if (!_known.Contains(name)) throw new InvalidOperationException($"The form has no file field '{name}'.");
        _files.Add((name, fileName, content));
        return this;
    }

    internal HttpRequestMessage ToRequest()
    {
        var pairs = _values.Select(v => KeyValuePair.Create(v.Name, v.Value));
        if (_method == HttpMethod.Get)
        {
            var query = string.Join('&', pairs.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
            return new HttpRequestMessage(_method, new UriBuilder(_action) { Query = query }.Uri);
        }

        return new HttpRequestMessage(_method, _action) { Content = _files.Count == 0 ? new FormUrlEncodedContent(pairs) : Multipart() };
    }

    private MultipartFormDataContent Multipart()
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in _values) content.Add(new StringContent(value), name);
        foreach (var (name, fileName, bytes) in _files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(part, name, fileName);
        }

        return content;
    }

    private void Read(AngleSharp.Dom.IElement element)
    {
        if (element.GetAttribute("name") is not { Length: > 0 } name) return;
        _known.Add(name);
        if (element.HasAttribute("disabled")) return;
        switch (element)
        {
            case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                if (box.IsChecked) _values.Add((name, box.Value));
                break;
            case IHtmlInputElement { Type: "file" or "submit" or "button" or "image" or "reset" } or IHtmlButtonElement:
                break;
            case IHtmlInputElement input:
                _values.Add((name, input.Value));
                break;
            case IHtmlSelectElement { IsMultiple: true } select:
                _values.AddRange(select.Options.Where(o => o.IsSelected).Select(o => (name, o.Value)));
                break;
            case IHtmlSelectElement { Value: not null } select:
                _values.Add((name, select.Value));
                break;
            case IHtmlTextAreaElement area:
                _values.Add((name, area.Value));
                break;
        }
    }
}
