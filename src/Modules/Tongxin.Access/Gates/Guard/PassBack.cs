using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;

namespace Tongxin.Access.Gates.Guard;

/// <summary>
/// 重复进入: the same pass, permit or plate comes in twice without having left between. A picture of yesterday's code that a second
/// person shows is found the same way, at whatever gate.
/// </summary>
internal sealed class PassBack(IPassages passages)
{
    /// <summary>Whether an entry now would be the second one by this gate's rule.</summary>
    public async Task<bool> IsSecondAsync(Gate gate, Guid? passRef, Guid? permitId, string? plate, DateTimeOffset at, CancellationToken ct)
    {
        if (gate.PassBack == PassBackMode.Off || (passRef ?? permitId) is null && plate is null) return false;
        var before = await passages.OfAsync(passRef, permitId, plate, at.AddMinutes(-gate.PassBackMinutes), at.AddTicks(1), ct);
        return before.Where(p => p.Passed).MaxBy(p => (p.SeenAt, p.Id)) is { Kind: PassageKind.In };
    }

    /// <summary>Of passages in any order, those that are a second entry within that many minutes; for lists, after phones have come back.</summary>
    public static HashSet<Guid> Find(IEnumerable<Passage> passages, int minutes)
    {
        var found = new HashSet<Guid>();
        foreach (var own in passages.Where(p => p.Passed && p.Who is not null).GroupBy(p => p.Who))
        {
            Passage? last = null;
            foreach (var passage in own.OrderBy(p => p.SeenAt).ThenBy(p => p.Id))
            {
                if (passage.Kind == PassageKind.In && last is { Kind: PassageKind.In } && passage.SeenAt - last.SeenAt <= TimeSpan.FromMinutes(minutes)) found.Add(passage.Id);
                last = passage;
            }
        }
        return found;
    }
}
