namespace Tongxin.Rosters;

/// <summary>
/// Published penalties of the 24 instances. Source: T. Curtois and R. Qu, "Computational results on new staff scheduling benchmark
/// instances", 2014, and the best known values since listed on schedulingbenchmarks.org. Null: none published.
/// </summary>
/// <param name="Best">Best known.</param>
/// <param name="Chains">Ejection chains, 10 minutes.</param>
/// <param name="Gurobi">Gurobi, 10 minutes.</param>
/// <param name="Search">Integer programming with variable neighbourhoods, 10 minutes.</param>
internal sealed record Published(int Best, int? Chains = null, int? Gurobi = null, int? Search = null)
{
    public static readonly IReadOnlyDictionary<string, Published> Of = new Dictionary<string, Published>
    {
        ["Instance1"] = new(607, 607, 607, 607),
        ["Instance2"] = new(828, 923, 828, 828),
        ["Instance3"] = new(1001, 1003, 1001, 1001),
        ["Instance4"] = new(1716, 1719, 1716, 1716),
        ["Instance5"] = new(1143, 1439, 1143, 1143),
        ["Instance6"] = new(1950, 2344, 1950, 1950),
        ["Instance7"] = new(1056, 1284, 1056, 1056),
        ["Instance8"] = new(1300, 2529, 8995, 1364),
        ["Instance9"] = new(439, 474, 439, 439),
        ["Instance10"] = new(4631, 4999, 4631, 4631),
        ["Instance11"] = new(3443, 3967, 3443, 3443),
        ["Instance12"] = new(4040, 5611, 4045, 4042),
        ["Instance13"] = new(1348, 8707, 500410, 3109),
        ["Instance14"] = new(1278, 2542, 1482, 1281),
        ["Instance15"] = new(3829, 6049, 78144, 4144),
        ["Instance16"] = new(3225, 4343, 3521, 3306),
        ["Instance17"] = new(5746, 7835, 6149, 5760),
        ["Instance18"] = new(4459, 6404, 7950, 5049),
        ["Instance19"] = new(3149, 6522, 29968, 3974),
        ["Instance20"] = new(4769),
        ["Instance21"] = new(21133),
        ["Instance22"] = new(30241),
        ["Instance23"] = new(17428),
        ["Instance24"] = new(42463),
    };
}
