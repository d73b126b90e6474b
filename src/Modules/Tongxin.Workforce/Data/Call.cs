using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Data;

/// <summary>What the office says about a call.</summary>
internal sealed record CallFacts(
    string Title, string Purpose, IReadOnlyList<CampusDuty> Duties, IReadOnlyList<Skill> Skills, int Places, DateTimeOffset ClosesAt, Guid? UnitId);

/// <summary>A call for volunteers: what for, how many, until when. Its code is the public address.</summary>
internal sealed class Call : IVersioned
{
    private Call() { }

    public Guid Id { get; private set; }

    /// <summary>The end of the public address: short enough for a poster, long enough not to be guessed.</summary>
    public string Code { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Purpose { get; private set; } = "";

    /// <summary>",Testing,Meals,": at least one.</summary>
    public string DutiesText { get; private set; } = "";

    /// <summary>",Sampling,": asked for first, demanded of nobody.</summary>
    public string SkillsText { get; private set; } = "";

    /// <summary>How many can be accepted; whoever comes after them waits in reserve.</summary>
    public int Places { get; private set; }
    public DateTimeOffset ClosesAt { get; private set; }

    /// <summary>The unit that calls; null for the whole house.</summary>
    public Guid? UnitId { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Version { get; private set; }

    public IReadOnlyList<CampusDuty> Duties => Names.Read<CampusDuty>(DutiesText);
    public IReadOnlyList<Skill> Skills => Names.Read<Skill>(SkillsText);

    public static Call Open(string code, CallFacts facts, DateTimeOffset at)
    {
        var call = new Call { Id = Ids.New(), Code = code, OpenedAt = at };
        call.Correct(facts);
        return call;
    }

    public void Correct(CallFacts facts) =>
        (Title, Purpose, DutiesText, SkillsText, Places, ClosesAt, UnitId) =
        (facts.Title, facts.Purpose, Names.Write(facts.Duties), Names.Write(facts.Skills), facts.Places, facts.ClosesAt, facts.UnitId);

    public bool IsOpen(DateTimeOffset at) => ClosedAt is null && at < ClosesAt;

    public void Close(DateTimeOffset at) => ClosedAt ??= at;
}

/// <summary>Names of an enum in one text, each between commas, so that one of them can be asked for.</summary>
internal static class Names
{
    public static string Write<T>(IEnumerable<T> values) where T : struct, Enum =>
        values.Distinct().Order().ToList() is { Count: > 0 } all ? $",{string.Join(',', all)}," : "";

    public static IReadOnlyList<T> Read<T>(string text) where T : struct, Enum =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<T>)];

    /// <summary>The part of the text that says this one is among them.</summary>
    public static string Mark<T>(T value) where T : struct, Enum => $",{value},";
}
