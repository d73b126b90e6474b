using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;

namespace Tongxin.Platform;

/// <summary>The words of a refusal.</summary>
public static class ErrorTexts
{
    /// <summary>The text of the error's code, its arguments filled in.</summary>
    public static string Say(this IStringLocalizer texts, Error error) =>
        texts[error.Code, [.. error.Args.Select(a => a ?? "")]];
}
