namespace Tongxin.Core.Teams;

/// <summary>
/// How many members and substitutes each team gets when there are so many helpers: first the least size everywhere, then the
/// substitutes, then up to the largest size; always the team with the most households per head next.
/// </summary>
internal sealed record SeatQuota(int[] Members, int[] Substitutes)
{
    public int Of(int team) => Members[team] + Substitutes[team];

    public static SeatQuota For(TeamsRequest request, IReadOnlyList<int> households, int helpers)
    {
        var quota = new SeatQuota(new int[households.Count], new int[households.Count]);
        helpers = Fill(quota.Members, request.MinSize - 1, helpers, households);
        helpers = Fill(quota.Substitutes, request.Substitutes, helpers, households);
        Fill(quota.Members, request.MaxSize - 1, helpers, households);
        return quota;
    }

    private static int Fill(int[] seats, int most, int helpers, IReadOnlyList<int> households)
    {
        var next = new PriorityQueue<int, (double, int)>();
        for (var team = 0; team < seats.Length; team++) Queue(team);
        while (helpers > 0 && next.TryDequeue(out var team, out _))
        {
            seats[team]++;
            helpers--;
            Queue(team);
        }

        return helpers;

        void Queue(int team)
        {
            if (seats[team] < most) next.Enqueue(team, (-(households[team] + 1.0) / (seats[team] + 1), team));
        }
    }
}
