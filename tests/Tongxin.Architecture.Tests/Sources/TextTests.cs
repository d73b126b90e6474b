using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Sources;

/// <summary>Every text is there in both languages with the same places to fill, and every refusal has words.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Texts_KeysAndPlaces_AreTheSameInBothLanguages() => Differences(Repository.Under("src", ".resx")).ShouldBeEmpty();

    [Fact]
    public void BadSample_KeyMissingInEnglish_IsFound() => Differences(
        [Resx("src/A/AText.resx", ("a", "甲"), ("b", "乙")), Resx("src/A/AText.en.resx", ("a", "first"))])
        .ShouldBe(["src/A/AText.en.resx lacks b"]);

    [Fact]
    public void BadSample_PlaceLostInTranslation_IsFound() => Differences(
        [Resx("src/A/AText.resx", ("a", "{0} 户")), Resx("src/A/AText.en.resx", ("a", "households"))])
        .ShouldBe(["src/A/AText.en.resx: the places of a differ"]);

    [Fact]
    public void BadSample_NoEnglishFile_IsFound() => Differences([Resx("src/A/AText.resx", ("a", "甲"))]).ShouldBe(["src/A/AText.en.resx is missing"]);

    [Fact]
    public void Errors_UsedInTheProduct_HaveATextEach() =>
        WithoutText(Repository.Under("src", ".cs", ".razor"), Repository.Under("src", ".resx")).ShouldBeEmpty();

    [Fact]
    public void BadSample_ErrorWithoutText_IsFound() => WithoutText(
        [new SourceFile("src/A/X.cs", "return Error.Conflict(\"grid.cell.taken\", cell); Error.Invalid(\n    \"grid.cell.name\")")],
        [Resx("src/A/AText.resx", ("grid.cell.name", "名称"))])
        .ShouldBe(["src/A/X.cs: grid.cell.taken has no text"]);

    private static List<string> Differences(IReadOnlyList<SourceFile> files)
    {
        var byPath = files.ToDictionary(f => f.Path, Keys);
        return [.. from path in byPath.Keys
                   where !path.EndsWith(".en.resx", StringComparison.Ordinal)
                   let english = path[..^".resx".Length] + ".en.resx"
                   from difference in byPath.TryGetValue(english, out var translated) ? Compare(path, byPath[path], english, translated) : [$"{english} is missing"]
                   select difference];
    }

    private static IEnumerable<string> Compare(string path, Dictionary<string, string> texts, string english, Dictionary<string, string> translated) =>
        texts.Keys.Except(translated.Keys).Select(k => $"{english} lacks {k}")
            .Concat(translated.Keys.Except(texts.Keys).Select(k => $"{path} lacks {k}"))
            .Concat(texts.Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => $"{path}: {t.Key} is empty"))
            .Concat(translated.Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => $"{english}: {t.Key} is empty"))
            .Concat(texts.Keys.Intersect(translated.Keys).Where(k => !PlacesOf(texts[k]).SetEquals(PlacesOf(translated[k]))).Select(k => $"{english}: the places of {k} differ"));

    private static List<string> WithoutText(IReadOnlyList<SourceFile> sources, IReadOnlyList<SourceFile> texts)
    {
        var keys = texts.SelectMany(t => Keys(t).Keys).ToHashSet(StringComparer.Ordinal);
        return [.. from source in sources
                   from code in ErrorCode().Matches(source.Text).Select(m => m.Groups["code"].Value).Distinct(StringComparer.Ordinal)
                   where !keys.Contains(code)
                   select $"{source.Path}: {code} has no text"];
    }

    private static Dictionary<string, string> Keys(SourceFile file) => XDocument.Parse(file.Text).Descendants("data")
        .ToDictionary(d => d.Attribute("name")?.Value ?? "", d => d.Element("value")?.Value ?? "", StringComparer.Ordinal);

    private static HashSet<string> PlacesOf(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    private static SourceFile Resx(string path, params (string Key, string Text)[] texts) =>
        new(path, new XElement("root", texts.Select(t => new XElement("data", new XAttribute("name", t.Key), new XElement("value", t.Text)))).ToString());

    [GeneratedRegex(@"\bError\.(?:Invalid|NotFound|Forbidden|Conflict)\(\s*""(?<code>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"(?<=\{)\d+", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
