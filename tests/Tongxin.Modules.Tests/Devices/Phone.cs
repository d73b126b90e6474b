using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tongxin.TestKit.Web;

namespace Tongxin.Modules.Tests.Devices;

/// <summary>An enrolled device: a token and nothing else.</summary>
internal sealed class Phone(HttpClient http, Guid id, string token) : IDisposable
{
    public Guid Id => id;

    public string Token => token;

    /// <summary>Enrols as the phone app does: the cookie and the token of a form that its page holds.</summary>
    public static async Task<HttpResponseMessage> TryEnrolAsync(Visitor holder, string name = "东门手机", string kind = "phone", bool withForm = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/devices") { Content = JsonContent.Create(new { name, kind }) };
        var form = (await holder.OpenAsync("/account")).One("input[name=__RequestVerificationToken]").GetAttribute("value");
        if (withForm) request.Headers.Add("RequestVerificationToken", form);
        return await holder.Http.SendAsync(request);
    }

    public static async Task<Phone> EnrolAsync(TongxinApp app, Visitor holder, string kind = "phone")
    {
        using var answer = await TryEnrolAsync(holder, kind: kind);
        answer.EnsureSuccessStatusCode();
        var enrolled = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return With(app, enrolled.GetProperty("deviceId").GetGuid(), enrolled.GetProperty("token").GetString() ?? "");
    }

    /// <summary>A device as the network sees it: no cookie.</summary>
    public static Phone With(TongxinApp app, Guid id, string token)
    {
        var http = app.Anonymous().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Device", token);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return new Phone(http, id, token);
    }

    public async Task<(HttpStatusCode Status, string? Code, JsonElement Body)> PostAsync(string path, object? body = null)
    {
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body ?? new { }));
        var text = await answer.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        return (answer.StatusCode, json.ValueKind == JsonValueKind.Object && json.TryGetProperty("code", out var code) ? code.GetString() : null, json);
    }

    public async Task<(HttpStatusCode Status, string? Code, JsonElement Body)> LeaseAsync() => await PostAsync("/api/v1/devices/lease");

    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    public void Dispose() => http.Dispose();
}
