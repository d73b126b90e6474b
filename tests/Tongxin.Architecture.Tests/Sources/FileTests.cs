using System.Text.RegularExpressions;
using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Sources;

/// <summary>Files are short, and say nothing about the machine they were written on.</summary>
public sealed partial class FileTests
{
    private const int MostLines = 400;

    [Fact]
    public void Sources_Lines_StayUnderTheLimit() => TooLong(Repository.Under("src", ".cs", ".razor")).ShouldBeEmpty();

    [Fact]
    public void BadSample_LongFile_IsFound() => TooLong([new SourceFile("src/X.cs", new string('\n', MostLines + 1))]).ShouldHaveSingleItem();

    [Fact]
    public void Files_PathsAndHostsOfAMachine_AreAbsent() => Repository.Files.SelectMany(MachineTraces).ShouldBeEmpty();

    [Theory]
    [InlineData("see /ho" + "me/ann/tongxin/x.cs")]
    [InlineData("in /ro" + "ot/.nuget")]
    [InlineData("under /wo" + "rk/main")]
    [InlineData("open C:\\Us" + "ers\\ann")]
    [InlineData("\"resolved\": \"https://np" + "m-proxy.corp.example/x.tgz\"")]
    [InlineData("value=\"http://nu" + "get.internal:8080/v3/index.json\"")]
    public void BadSample_PathOfAMachine_IsFound(string line) => MachineTraces(new SourceFile("docs/x.md", line)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("https://registry.npmjs.org/vite/-/vite-8.3.8.tgz")]
    [InlineData("GET /api/work/items and /homepage")]
    public void GoodSample_PublicAddress_Passes(string line) => MachineTraces(new SourceFile("web/package-lock.json", line)).ShouldBeEmpty();

    private static List<string> TooLong(IEnumerable<SourceFile> files) =>
        [.. from f in files let lines = f.Text.Count(c => c == '\n') where lines > MostLines select $"{f.Path} has {lines} lines"];

    private static IEnumerable<string> MachineTraces(SourceFile file) =>
        from line in file.Lines
        let match = Trace().Matches(line.Text).FirstOrDefault(m => !PublicHost().IsMatch(m.Value))
        where match is not null
        select $"{file.Path}:{line.Number} {match.Value}";

    // Groups keep these patterns from finding themselves.
    [GeneratedRegex(@"(?<![\w.~/-])/(?:home|root|work|Users)/[\w.]|[A-Z]:\\Users\\|https?://[^/\s""']*(?:npm|nuget|registry|proxy|mirror|artifactory|nexus)[^/\s""']*", RegexOptions.None, 1000)]
    private static partial Regex Trace();

    [GeneratedRegex(@"^https?://(?:registry\.npmjs\.org|(?:www\.)?npmjs\.com|(?:www\.|api\.)?nuget\.org)$", RegexOptions.None, 1000)]
    private static partial Regex PublicHost();
}
