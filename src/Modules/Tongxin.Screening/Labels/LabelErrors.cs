using Tongxin.Core.Common;

namespace Tongxin.Screening.Labels;

/// <summary>Refusals about labels; the code is the key of the text in LabelsText.</summary>
internal static class LabelErrors
{
    public static readonly Error NotFound = Error.NotFound("labels.not-found");
    public static readonly Error Again = Error.Conflict("labels.again");

    public static Error Count(int most) => Error.Invalid("labels.count", most);
}
