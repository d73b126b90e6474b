using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Modules;

namespace Tongxin.Platform.Http;

/// <summary>Finds the words of a refusal by its code: the first part of the code names the module whose texts have them.</summary>
public sealed class ErrorCatalogue(IEnumerable<IModule> modules, IStringLocalizerFactory texts)
{
    private readonly Dictionary<string, IStringLocalizer> _byModule =
        modules.SelectMany(m => m.ErrorTexts).ToDictionary(t => t.Key, t => texts.Create(t.Value), StringComparer.Ordinal);

    /// <summary>The text in the language of the request; the bare code when nobody has words for it.</summary>
    public string Say(string code, params object?[] args)
    {
        var module = code.Split('.', 2)[0];
        return _byModule.TryGetValue(module, out var own) ? own[code, [.. args.Select(a => a ?? "")]] : code;
    }

    /// <summary>The text of an error.</summary>
    public string Say(Error error) => Say(error.Code, error.Args);
}
