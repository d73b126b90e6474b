using Tongxin.Platform;
using Tongxin.Platform.Modules;

namespace Tongxin.Host;

/// <summary>The modules of the product, lowest first.</summary>
internal static class Modules
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new PlatformModule(),
    ];
}
