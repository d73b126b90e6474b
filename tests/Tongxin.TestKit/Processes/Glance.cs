namespace Tongxin.TestKit.Processes;

/// <summary>Between two looks at what another program or a job is doing: asking without a pause takes a core from the one that is waited for.</summary>
public static class Glance
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>A moment until the next look.</summary>
    public static Task NextAsync() => Task.Delay(Pause);
}
