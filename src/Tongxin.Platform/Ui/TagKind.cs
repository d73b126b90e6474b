namespace Tongxin.Platform.Ui;

/// <summary>Tone of a <c>Tag</c>.</summary>
public enum TagKind
{
    /// <summary>A plain fact.</summary>
    Plain,

    /// <summary>Someone to look after: elderly alone, infant, wheelchair, dialysis.</summary>
    Care,

    /// <summary>In order.</summary>
    Good,

    /// <summary>Needs somebody now.</summary>
    Alarm,
}
