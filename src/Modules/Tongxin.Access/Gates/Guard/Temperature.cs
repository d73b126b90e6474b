using System.Globalization;
using System.Text;
using Tongxin.Core.Common;

namespace Tongxin.Access.Gates.Guard;

/// <summary>A temperature as guards type it: 36.5, 36,5, ３６.５. What no living forehead has is asked again.</summary>
internal static class Temperature
{
    private const decimal Lowest = 34;
    private const decimal Highest = 43;

    /// <summary>Null when nothing was typed.</summary>
    public static Result<decimal?> Read(string? typed)
    {
        var clean = (typed ?? "").Normalize(NormalizationForm.FormKC).Trim().TrimEnd('℃', '度').Replace(',', '.').Replace("°C", "", StringComparison.Ordinal).Trim();
        if (clean.Length == 0) return (decimal?)null;
        return decimal.TryParse(clean, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && degrees is >= Lowest and <= Highest
            ? decimal.Round(degrees, 1)
            : GateErrors.Temperature;
    }
}
