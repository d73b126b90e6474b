using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>Wrong phone tails on the self-report page, per code and per sender: a few, then a pause. Holds no address, only its keyed hash.</summary>
internal sealed class ReportTries : IBookkeeping
{
    private ReportTries() { }

    public string Key { get; private set; } = "";
    public int Failures { get; private set; }
    public DateTimeOffset Since { get; private set; }

    public static ReportTries Start(string key, DateTimeOffset at) => new() { Key = key, Failures = 1, Since = at };
}
