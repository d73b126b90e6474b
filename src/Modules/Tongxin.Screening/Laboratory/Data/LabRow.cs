using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;

namespace Tongxin.Screening.Laboratory.Data;

/// <summary>A row of a laboratory's file as it was read, and what it is to its tube. Never changed but for its fate, which is computed.</summary>
internal sealed class LabRow
{
    private LabRow() { }

    public Guid Id { get; private set; }
    public Guid FileId { get; private set; }

    /// <summary>As the spreadsheet shows it at the left.</summary>
    public int RowNumber { get; private set; }
    public string TubeCode { get; private set; } = "";
    public string RoundText { get; private set; } = "";
    public int? Size { get; private set; }
    public int? Members { get; private set; }
    public TubeResult? Result { get; private set; }

    /// <summary>1 for the first result, higher for a correction; 0: could not be read.</summary>
    public int ResultVersion { get; private set; }

    /// <summary>When the laboratory says it reported; null: it did not say.</summary>
    public DateTimeOffset? ReportedAt { get; private set; }

    /// <summary>Could not be read: no other state of the tubes makes it fit.</summary>
    public bool IsUnreadable { get; private set; }
    public LabFate Fate { get; private set; }

    /// <summary>The cell at which it does not fit: "C17".</summary>
    public string? Address { get; private set; }

    /// <summary>Why it does not fit, or what is to be known about it although it does.</summary>
    public string? Code { get; private set; }
    public string? Arg { get; private set; }
    public string? SecondArg { get; private set; }

    public object?[] Args => SecondArg is not null ? [Arg, SecondArg] : Arg is not null ? [Arg] : [];

    public static LabRow Of(Guid file, ReadRow row)
    {
        var made = new LabRow
        {
            Id = Ids.New(),
            FileId = file,
            RowNumber = row.Number,
            TubeCode = row.TubeCode.Length > TubeRules.LongestCode ? row.TubeCode[..TubeRules.LongestCode] : row.TubeCode,
            RoundText = row.RoundText.Length > 60 ? row.RoundText[..60] : row.RoundText,
            Size = row.Size,
            Members = row.Members,
            Result = row.Result,
            ResultVersion = row.Version,
            ReportedAt = row.ReportedAt,
            IsUnreadable = row.Error is not null,
        };
        if (row.Error is { } error) made.Refuse(error, row.Address);
        return made;
    }

    public void Fit(LabFate fate, Error? warning = null)
    {
        (Fate, Address) = (fate, null);
        Say(warning);
    }

    public void Refuse(Error why, string? address)
    {
        (Fate, Address) = (LabFate.Refused, address);
        Say(why);
    }

    private void Say(Error? error)
    {
        Code = error?.Code;
        Arg = Text(error, 0);
        SecondArg = Text(error, 1);
    }

    private static string? Text(Error? error, int at) => error is not null && error.Args.Length > at ? Convert.ToString(error.Args[at], CultureInfo.InvariantCulture) : null;
}
