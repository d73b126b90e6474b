using System.Security.Cryptography;
using Tongxin.Access.Gates;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Access.FieldPack;

/// <summary>One gate's list for a day without power: whom to expect, and empty lines whose codes bring them back in.</summary>
/// <param name="Blank">Codes of the empty lines.</param>
internal sealed record Paper(string Gate, string Place, DateOnly Day, IReadOnlyList<PackPermit> Permits, IReadOnlyList<string> Blank);

/// <summary>Makes the paper of one of the own gates.</summary>
internal sealed class PaperList(ReadPack packs, TimeProvider clock)
{
    private const int BlankLines = 24;

    public async Task<Paper?> ExecuteAsync(Guid gate, Actor actor, CancellationToken ct)
    {
        var pack = await packs.ExecuteAsync(actor, ct);
        if (pack.Gates.FirstOrDefault(g => g.Id == gate) is not { } own) return null;
        var day = CampusCalendar.DayOf(clock.GetUtcNow());
        var first = RandomNumberGenerator.GetInt32(PaperCodes.Lines - BlankLines);
        var here = pack.Permits.Where(p => p.Gates.Count == 0 || p.Gates.Contains(gate)).OrderBy(p => p.From).ToList();
        return new Paper(own.Name, own.Place, day, here, [.. Enumerable.Range(first, BlankLines).Select(line => PaperCodes.Of(day, line))]);
    }
}
