using System.Text;

namespace Tongxin.Core.Sampling.Pools;

/// <summary>How a tube's code is read, so that a scanner, a keyboard and a laboratory's file mean the same tube.</summary>
public static class TubeCode
{
    /// <summary>Half width, capitals, no blanks around; empty for nothing. Whether it may be a code is for <see cref="TubeRules.Check"/> to say.</summary>
    public static string Read(string? typed) => typed is null ? "" : typed.Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant();
}
