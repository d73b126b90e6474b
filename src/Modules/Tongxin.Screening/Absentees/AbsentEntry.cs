using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Absentees;

/// <summary>What a helper notes about somebody who is missing. <paramref name="Id"/> is made by the form: sent again it changes nothing.</summary>
internal sealed record AbsentEntry(Guid Id, Guid RoundId, Guid PersonId, Channel Channel)
{
    public const int LongestWords = 160;

    public AbsentContact? Contact { get; init; }
    public AbsentArrangement? Arrangement { get; init; }
    public ExcuseReason? Reason { get; init; }
    public string? Words { get; init; }
    public Guid? ResponsibleId { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Blank words are none.</summary>
    public AbsentEntry Tidy() => this with { Words = string.IsNullOrWhiteSpace(Words) ? null : Words.Trim() };

    /// <summary>What is wrong with it by itself.</summary>
    public Result Check(DateTimeOffset now)
    {
        if (Id == Guid.Empty || (Contact is null && Arrangement is null)) return AbsentErrors.Nothing;
        if (Words?.Length > LongestWords) return AbsentErrors.WordsLong;
        if (Arrangement == AbsentArrangement.Excused && Reason is null) return AbsentErrors.ReasonMissing;
        // Who refuses, and who is missing for none of the known reasons, is on record with what was said.
        if (Words is null && (Reason is ExcuseReason.Other or ExcuseReason.Refused || Arrangement == AbsentArrangement.Open)) return AbsentErrors.WordsMissing;
        if (DueAt is { } due && due <= now) return AbsentErrors.Due;
        return Result.Ok;
    }

    /// <summary>A reason as the engine keeps it.</summary>
    public static string? ReasonOf(ExcuseReason? reason, string? words) =>
        reason is { } known ? words is null ? known.ToString() : $"{known}:{words}" : words is null ? null : $"{ExcuseReason.Other}:{words}";
}
