using System.Text.Json;
using Microsoft.AspNetCore.Hosting;

namespace Tongxin.Platform.Ui.Hosting;

/// <summary>Where Vite put the built files: source name to address under /dist/. Read once, at first use.</summary>
public sealed class ViteManifest(IWebHostEnvironment environment)
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> _files = new(() => Read(environment));

    /// <summary>The address of a built file ("app.ts"), or null when the web part was not built (tests of the server alone).</summary>
    public string? Find(string source) => _files.Value.GetValueOrDefault(source);

    private static Dictionary<string, string> Read(IWebHostEnvironment environment)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var manifest = environment.WebRootFileProvider.GetFileInfo("dist/manifest.json");
        if (!manifest.Exists) return files;

        using var stream = manifest.CreateReadStream();
        using var json = JsonDocument.Parse(stream);
        foreach (var entry in json.RootElement.EnumerateObject())
            files[entry.Name] = "/dist/" + entry.Value.GetProperty("file").GetString();
        return files;
    }
}
