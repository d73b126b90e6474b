namespace Tongxin.Platform;

/// <summary>The one source of ids: version 7, so that rows made together lie together.</summary>
public static class Ids
{
    /// <summary>A new id. Devices make their own the same way.</summary>
    public static Guid New() => Guid.CreateVersion7();
}
