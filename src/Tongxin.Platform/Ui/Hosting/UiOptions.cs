namespace Tongxin.Platform.Ui.Hosting;

/// <summary>What the frame of every page shows and where its buttons lead. Bound to the section "Ui".</summary>
public sealed class UiOptions
{
    /// <summary>Name of the campus or community, under the product's name.</summary>
    public string SiteName { get; set; } = "";

    /// <summary>Where to sign in.</summary>
    public string SignInHref { get; set; } = "/sign-in";

    /// <summary>Receives the POST that signs out.</summary>
    public string SignOutHref { get; set; } = "/sign-out";

    /// <summary>The account's own page (password, devices). Null hides the entry.</summary>
    public string? AccountHref { get; set; }
}
