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
            await File.WriteAllTextAsync(cases, JsonSerializer.Serialize(Enumerable.Range(0, 300).Select(Case)), Ct);
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
            steps.Add(new
            {
                fact = new
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
                },
                person,
                refused,
            });
        }
    }

    private static async Task<(int Code, string Output)> NodeAsync(string folder, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(Ct);
        var output = await node.StandardOutput.ReadToEndAsync(Ct);
        await node.WaitForExitAsync(Ct);
        return (node.ExitCode, output + await errors);
    }
}
