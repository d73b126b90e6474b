using Tongxin.Benchmarks.Harness;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Pages;

/// <summary>Time and weight of every list, search and board page with 34,000 persons and 10,000 households.</summary>
internal sealed class PagesBenchmark(string name, Provider provider) : IBenchmark
{
    private const int MostMilliseconds = 60, MostRawBytes = 200_000, MostPackedBytes = 20_000;

    public string Name => name;

    public string About => $"Lists, searches and boards on {provider}: p95 of {PageMeter.Requests} requests each, and the weight of each page";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        await using var house = await FullHouse.BuildAsync(provider, ct);
        var office = await house.App.SignInAsAsync(Roles.Office);
        var captain = await house.App.SignInAsAsync(null, ScopeKind.Everything, null, house.Captain);
        var auditor = await house.App.SignInAsAsync(Roles.Auditor);

        var figures = new Dictionary<string, object>();
        var (slowest, heaviest, heaviestPacked) = (0.0, 0, 0);
        foreach (var (visitor, address, label) in Addresses(house, office, captain, auditor))
        {
            var page = await PageMeter.MeasureAsync(visitor, address, ct);
            figures[label] = page.ToString();
            slowest = Math.Max(slowest, page.P95);
            heaviest = Math.Max(heaviest, page.RawBytes);
            heaviestPacked = Math.Max(heaviestPacked, page.PackedBytes);
            await Console.Error.WriteLineAsync($"  {label}: {page}");
        }

        figures["slowest p95 ms"] = Math.Round(slowest, 1);
        figures["heaviest page bytes"] = heaviest;
        figures["heaviest page bytes, br"] = heaviestPacked;
        return new Measurement($"{MostMilliseconds} ms for the slowest page; also under {MostRawBytes:N0} bytes raw and {MostPackedBytes:N0} compressed",
            slowest / MostMilliseconds, 1, figures, heaviest < MostRawBytes && heaviestPacked < MostPackedBytes);
    }

    private static IEnumerable<(Visitor Visitor, string Address, string Label)> Addresses(FullHouse house, Visitor office, Visitor captain, Visitor auditor)
    {
        (string Address, string Label)[] ofOffice =
        [
            ("/people", "people"),
            ("/people?q=王", "people by name"),
            ("/people?q=wxm", "people by initials"),
            ("/people?q=3-1-101", "people by room"),
            ("/people?q=4159", "people by phone tail"),
            ("/people?page=300&sort=room", "people, page 300 by room"),
            ("/people?page=600", "people, page 600"),
            ("/people/table?q=李", "people, part"),
            ("/households", "households"),
            ("/households?q=3-1", "households by room"),
            ("/households?missing=phone", "households without a phone"),
            ("/households?sort=people&page=100", "households by people, page 100"),
            ("/people/duplicates", "duplicates"),
            ("/people/import", "imports"),
            ("/units", "units"),
            ("/places", "places"),
            ("/teams", "teams"),
            ("/volunteers", "volunteers"),
            ("/grid/cells", "cells"),
            ("/grid/coverage", "coverage map"),
            ("/grid/coverage/table", "coverage table"),
            ("/rounds", "rounds"),
            ($"/rounds/{house.SmallRound}", "board, 1,500 doors"),
            ($"/rounds/{house.SmallRound}/live", "board, live part, 1,500 doors"),
            ($"/rounds/{house.SmallRound}/cells", "board by cells, 1,500 doors"),
            ($"/rounds/{house.SmallRound}/list?state=outstanding", "gap list, 1,500 doors"),
            ($"/rounds/{house.LargeRound}", "board, 10,000 doors"),
            ($"/rounds/{house.LargeRound}/live", "board, live part, 10,000 doors"),
            ($"/rounds/{house.LargeRound}/list?state=outstanding", "gap list, 10,000 doors"),
            ($"/rounds/{house.LargeRound}/list?state=outstanding&page=40", "gap list, 10,000 doors, page 40"),
        ];
        foreach (var (address, label) in ofOffice) yield return (office, address, label);
        yield return (captain, $"/doors?round={house.SmallRound}", "captain's list");
        yield return (auditor, "/journal", "journal");
    }
}
