namespace Tongxin.Access.Scans;

/// <summary>Why a fact was not recorded. The codes are keys of its words.</summary>
internal static class ScanFault
{
    public const string Id = "scans.id", Gate = "scans.gate", Kind = "scans.kind", Subject = "scans.subject", Verdict = "scans.verdict", Colour = "scans.colour",
        SeenAt = "scans.seen-at", Temperature = "scans.temperature", Companions = "scans.companions", Text = "scans.text", Reference = "scans.reference";

    /// <summary>Of a whole request.</summary>
    public const string Body = "scans.body", TooMany = "scans.too-many", Busy = "scans.busy", Stopped = "scans.stopped";
}
