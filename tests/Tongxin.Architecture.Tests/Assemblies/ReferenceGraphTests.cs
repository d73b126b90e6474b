using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Assemblies;

/// <summary>Who may reference whom: a lower module never learns of a higher one.</summary>
public sealed class ReferenceGraphTests
{
    // The picture in docs/architecture.md: each project with what it may reference directly; the rest follows.
    private static readonly Dictionary<string, string[]> Below = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Platform"] = ["Core"],
        ["People"] = ["Platform"],
        ["Workforce"] = ["People"],
        ["Grid"] = ["Workforce"],
        ["Health"] = ["Grid"],
        ["Access"] = ["Grid"],
        ["Supplies"] = ["Grid"],
        ["Notices"] = ["Grid"],
        ["Screening"] = ["Access"],
        ["Cases"] = ["Health", "Access", "Screening"],
        ["HelpDesk"] = ["Supplies"],
        ["Canteen"] = ["Cases", "Supplies"],
        ["Exams"] = ["Cases"],
        ["Funds"] = ["Workforce"],
        ["Dashboard"] = ["Health", "Access", "Supplies", "Notices", "Screening", "Cases", "HelpDesk", "Canteen", "Exams", "Funds"],
        ["Host"] = ["Dashboard"],
    };

    [Fact]
    public void Projects_References_FollowTheGraph() => Violations(
        Product.Assemblies.Select(a => (a.Key, a.Value.MainModule.AssemblyReferences.Select(r => r.Name)))).ShouldBeEmpty();

    [Fact]
    public void BadSample_LowerModuleReferencesHigher_IsFound() => Violations(
        [("Tongxin.People", ["Tongxin.Core", "Tongxin.Grid"])]).ShouldBe(["Tongxin.People may not reference Tongxin.Grid"]);

    [Fact]
    public void BadSample_ProjectOutsideTheGraph_IsFound() => Violations(
        [("Tongxin.Helpers", [])]).ShouldBe(["Tongxin.Helpers has no place in the graph"]);

    private static List<string> Violations(IEnumerable<(string Project, IEnumerable<string> References)> projects) =>
    [
        .. from project in projects
           let name = Short(project.Project)
           from violation in Below.ContainsKey(name)
               ? project.References.Where(r => r.StartsWith("Tongxin.", StringComparison.Ordinal) && Below.ContainsKey(Short(r)) && !AllBelow(name).Contains(Short(r)))
                   .Select(r => $"{project.Project} may not reference {r}")
               : [$"{project.Project} has no place in the graph"]
           select violation,
    ];

    private static HashSet<string> AllBelow(string project)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Below[project]);
        while (open.TryPop(out var next))
        {
            if (!all.Add(next)) continue;
            foreach (var lower in Below[next]) open.Push(lower);
        }

        return all;
    }

    private static string Short(string project) => project["Tongxin.".Length..];
}
