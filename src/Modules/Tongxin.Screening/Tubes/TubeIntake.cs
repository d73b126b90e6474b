using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;

namespace Tongxin.Screening.Tubes;

internal sealed class TubeIntake(TubeDoor door) : ITubeIntake
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<IReadOnlyList<TubeReceipt>> RecordAsync(IReadOnlyList<TubeFact> facts, Actor actor, CancellationToken ct)
    {
        while (true)
        {
            if (await door.WriteAsync([.. facts.Select(f => new TubeItem(f))], actor, ct) is { } written)
                return [.. written.Answers.Select(a => new TubeReceipt(a.Id, a.Verdict == TubeVerdict.Recorded, a.Error, a.Warnings))];
            await Task.Delay(Pause, ct);
        }
    }
}
