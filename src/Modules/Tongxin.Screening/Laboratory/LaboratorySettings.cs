namespace Tongxin.Screening.Laboratory;

/// <summary>Clocks of rechecks, "Tongxin:Screening". What a province asks otherwise is set here, not built.</summary>
internal sealed class LaboratorySettings
{
    /// <summary>Hours in which somebody of a pool that is not negative is sampled alone. A working figure of the house.</summary>
    public int RecheckHours { get; set; } = 24;

    /// <summary>Hours after a single negative in which a doctor says whether the person is a contact (24 h in the national notes of December 2022).</summary>
    public int JudgeHours { get; set; } = 24;

    /// <summary>Hours after a single positive in which a doctor reads it: the network report is due in 2 h.</summary>
    public int ReportHours { get; set; } = 2;

    /// <summary>Days for which the bytes of a file are kept; its rows stay.</summary>
    public int KeepFileDays { get; set; } = 60;
}
