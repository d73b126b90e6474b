using Tongxin.TestKit.Web;

namespace Tongxin.TestKit.Processes;

/// <summary>Between two looks at what another program or a job is doing: asking without a pause takes a core from the one that is waited for.</summary>
public static class Glance
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>A moment until the next look.</summary>
    public static Task NextAsync() => Task.Delay(Pause);

    /// <summary>Asks for a page until nothing of it is being worked on; the page then.</summary>
    /// <param name="visitor">Who looks.</param>
    /// <param name="address">The page.</param>
    /// <param name="working">What stands on it as long as something is being done.</param>
    public static async Task<HtmlPage> UntilWithoutAsync(Visitor visitor, string address, string working)
    {
        while (true)
        {
            var page = await visitor.OpenAsync(address);
            if (page.All(working).Count == 0) return page;
            await NextAsync();
        }
    }
}
