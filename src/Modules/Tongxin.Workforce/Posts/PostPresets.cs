using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Posts;

/// <summary>A set of shift templates that a new post can begin with.</summary>
internal sealed record PostPreset(string Key, bool IsAroundTheClock, DutyRole? Role, IReadOnlyList<ShiftFacts> Shifts);

/// <summary>The patterns of the reports: nobody types four shifts for every gate.</summary>
internal static class PostPresets
{
    private const int Workdays = 0b001_1111;

    public static readonly IReadOnlyList<PostPreset> All =
    [
        new("four", true, null, [new("夜", 0, 360, 4, 4, IsNight: true), new("早", 360, 360, 4, 4), new("中", 720, 360, 4, 4), new("晚", 1080, 360, 4, 4)]),
        new("three", true, null, [new("早", 360, 480, 2, 2), new("中", 840, 480, 2, 2), new("夜", 1320, 480, 2, 2, IsNight: true)]),
        new("night", false, null, [new("夜", 1320, 360, 2, 2, IsNight: true)]),
        new("office", false, null, [new("日", 480, 570, 1, 1, Workdays)]),
        new("leader", true, DutyRole.Leader, [new("白", 480, 720, 1, 1), new("夜", 1200, 720, 1, 1, IsNight: true)]),
        new("none", false, null, []),
    ];

    public static PostPreset Find(string? key) => All.FirstOrDefault(p => p.Key == key) ?? All[^1];
}
