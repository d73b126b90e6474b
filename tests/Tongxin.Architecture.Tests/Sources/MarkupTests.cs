using System.Text.RegularExpressions;
using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Sources;

/// <summary>What the content security policy would refuse in the browser is refused here, before anybody sees it.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void Sources_MarkupThatNeedsInlineCode_IsAbsent() =>
        Repository.Under("src", ".razor", ".cs").SelectMany(Violations).ShouldBeEmpty();

    [Theory]
    [InlineData("<div style=\"width:10%\">")]
    [InlineData("<div style='width:10%'>")]
    [InlineData("<a style=@width>")]
    [InlineData("<button onclick=\"go()\">")]
    [InlineData("<button @onclick=\"Go\">")]
    [InlineData("<Board @rendermode=\"InteractiveServer\" />")]
    [InlineData("<form hx-on:submit=\"go()\">")]
    [InlineData("<form hx-vals=\"js:{a: 1}\">")]
    [InlineData("<form hx-vals='js:{a: 1}'>")]
    [InlineData("<form hx-trigger=\"click[ctrlKey]\">")]
    [InlineData("<a href=\"javascript:go()\">")]
    [InlineData("<script>go()</script>")]
    public void BadSample_InlineCode_IsFound(string line) => Violations(new SourceFile("src/X.razor", line)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("<svg><rect width=\"87.4%\"/></svg>")]
    [InlineData("<form hx-vals='{\"a\": 1}' hx-trigger=\"input changed delay:300ms\">")]
    [InlineData("<script src=\"/boot.js\"></script>")]
    [InlineData("<script type=\"application/json\">@Json</script>")]
    [InlineData("var style = Style.Find();")]
    [InlineData("<form method=\"post\" @formname=\"merge\" @onsubmit=\"SubmitAsync\">")]
    [InlineData("<left style=\"thin\"/>")]
    [InlineData("<Field Once=\"true\" Person=\"x\" />")]
    public void GoodSample_PlainMarkup_Passes(string line) => Violations(new SourceFile("src/X.razor", line)).ShouldBeEmpty();

    private static IEnumerable<string> Violations(SourceFile file) =>
        from line in file.Lines
        let match = Banned().Match(line.Text)
        where match.Success
        select $"{file.Path}:{line.Number} {match.Value.Trim()}";

    // @onsubmit alone is the server's: it answers the post of a named form.
    [GeneratedRegex("""
        \sstyle=(@|\\?["'][^"']*[:@{]) | \s(?!@onsubmit=)@?on[a-z]+=\\?["'@] | @rendermode | hx-on[:=-] | hx-vals=\\?["']\s*(js|javascript): | hx-trigger=\\?["'][^"']*\[
        | ["']javascript: | <script>
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Banned();
}
