using Tongxin.Access;
using Tongxin.Grid;
using Tongxin.People;
using Tongxin.Platform;
using Tongxin.Platform.Modules;
using Tongxin.Screening;
using Tongxin.Workforce;

namespace Tongxin.Host;

/// <summary>The modules of the product, lowest first.</summary>
internal static class Modules
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new PlatformModule(),
        new PeopleModule(),
        new WorkforceModule(),
        new GridModule(),
        new AccessModule(),
        new ScreeningModule(),
    ];
}
