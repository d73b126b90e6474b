using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Core.Tests.Passes;
using Xunit;

namespace Tongxin.Core.Tests.Sampling.Pools;

/// <summary>The phone says "no" before it is done, by the same rules as <see cref="TubeRules.Ask"/>.</summary>
public sealed class TableRulesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Phone_RulesOfTheTable_AgreeWithCore()
    {
        var root = Vectors.Root();
        var bundler = Path.Combine(root, "web", "node_modules", "rolldown", "bin", "cli.mjs");
        Assert.SkipUnless(File.Exists(bundler), "web/ is not installed; building Tongxin.slnx installs it.");
        var folder = Directory.CreateTempSubdirectory("tongxin-table-");
        try
        {
            var (bundle, cases) = (Path.Combine(folder.FullName, "table.mjs"), Path.Combine(folder.FullName, "cases.json"));
            await File.WriteAllTextAsync(cases, JsonSerializer.Serialize(Enumerable.Range(0, 300).Select(seed => Case(seed).Append(Household(seed)))), Ct);
            var (code, output) = await NodeAsync(root, bundler, "web/field/table/index.ts", "--file", bundle, "--format", "esm");
            code.ShouldBe(0, output);

            (code, output) = await NodeAsync(root, "tests/vectors/table.mjs", bundle, cases);

            code.ShouldBe(0, output);
            output.ShouldContain("300 tubes");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A tube that a table fills, with everything asked first: steps with what Core says to each.</summary>
    private static List<object> Case(int seed)
    {
        var random = new Random(seed);
        var (steps, facts, sampled) = (new List<object>(), new List<TubeFact>(), new List<TubeFact>());
        var (purpose, size) = random.Next(4) switch
        {
            0 => (TubePurpose.Household, 20),
            1 => (TubePurpose.Recheck, 1),
            _ => (TubePurpose.Round, PoolSize.Allowed[random.Next(PoolSize.Allowed.Count)]),
        };
        for (var step = 0; step < 40; step++)
        {
            var id = seed * 100 + step;
            var state = facts.Count == 0 ? TubeState.Unopened("T") : TubeFold.Of("T", facts);
            if (step == 1) Keep(Make.Open(id, "T", size, step, purpose), null);
            else if (random.Next(12) == 0 && sampled.Count > 0 && state.ClosedAt is null)
            {
                Keep(Make.Withdraw(id, "T", sampled[^1], step), null);
                sampled.RemoveAt(sampled.Count - 1);
            }
            else if (random.Next(30) == 0 && state is { ClosedAt: null, Members.Count: > 0 }) Keep(Make.Close(id, "T", state.Members.Count, step), null);
            else
            {
                var person = random.Next(14);
                var (household, most, isSealed) = (Make.Id(700 + person / 5), new[] { 20, 20, 20, 10, 1 }[person % 5], person == 13);
                var fact = Make.Sample(id, "T", Make.Person(person), step) with { HouseholdId = household, MostWith = isSealed ? 1 : most };
                var asked = TubeRules.Ask(state, fact);
                if (!asked.IsFailure) sampled.Add(fact);
                Keep(fact, asked.IsFailure ? asked.Error.Code : null, new { id = fact.PersonId, household, most, @sealed = isSealed });
            }
        }

        return steps;

        void Keep(TubeFact fact, string? refused, object? person = null)
        {
            if (refused is null) facts.Add(fact);
            steps.Add(new { fact = Said(fact), person, refused });
        }
    }

    /// <summary>Tubes of two households at one table, and somebody who goes into one of them: whether Core sees a household in a second tube.</summary>
    private static object Household(int seed)
    {
        var random = new Random(seed);
        var (facts, codes) = (new List<TubeFact>(), new[] { "A", "B", "C" });
        for (var step = 0; step < 3; step++)
            facts.Add(Make.Open(seed * 100 + step, codes[step], random.Next(3) == 0 ? 5 : 20, step, random.Next(4) == 0 ? TubePurpose.Round : TubePurpose.Household));
        for (var step = 3; step < 14; step++)
        {
            var (code, person) = (codes[random.Next(3)], random.Next(8));
            var fact = random.Next(12) switch
            {
                0 => Make.Fact(seed * 100 + step, code, TubeFactKind.Voided, step) with { Reason = "spilt" },
                1 => Make.Close(seed * 100 + step, code, Fold(code).Members.Count, step),
                _ => Sample(step, code, person),
            };
            if (!TubeRules.Ask(Fold(code), fact).IsFailure && Fold(code).Stage != TubeStage.Invalid) facts.Add(fact);
        }

        var (tube, who, people) = (codes[random.Next(3)], random.Next(9), random.Next(8));
        var sample = Sample(20, tube, who);
        var other = HouseholdTubes.Other(Fold(tube), sample, codes.Select(Fold), people)?.Code;
        return new { household = new { facts = facts.Select(Said), tube, person = new { id = sample.PersonId, household = sample.HouseholdId }, people, other } };

        TubeState Fold(string code) => TubeFold.Of(code, facts.Where(f => f.TubeCode == code));
        TubeFact Sample(int step, string code, int person) =>
            Make.Sample(seed * 100 + step, code, Make.Person(person), step) with { HouseholdId = person == 7 ? null : Make.Id(700 + person / 4), MostWith = 20 };
    }

    private static object Said(TubeFact fact) => new
    {
        id = fact.Id,
        round = fact.RoundId,
        tube = fact.TubeCode,
        kind = fact.Kind.ToString(),
        seenAt = fact.SeenAt,
        purpose = fact.Purpose.ToString(),
        size = fact.Size,
        table = fact.TableId,
        person = fact.PersonId,
        household = fact.HouseholdId,
        members = fact.Members,
        corrects = fact.Corrects,
    };

    private static async Task<(int Code, string Output)> NodeAsync(string folder, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(Ct);
        var output = await node.StandardOutput.ReadToEndAsync(Ct);
        await node.WaitForExitAsync(Ct);
        return (node.ExitCode, output + await errors);
    }
}
