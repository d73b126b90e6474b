using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tongxin.Core.Common;
using Tongxin.Core.Passes;

namespace Tongxin.Core.Protocols;

/// <summary>Reads an edition's file. Unknown fields are refused: a rule that is misspelt must not silently be no rule.</summary>
public static class EditionReader
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxHours = 720, MaxDays = 180, MaxYellowDays = 7, RedApprovals = 2;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>The edition of the file, or the first thing that is wrong with it.</summary>
    public static Result<Edition> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes) return EditionErrors.Malformed("size");
        try
        {
            var edition = JsonSerializer.Deserialize<Edition>(utf8, Options);
            if (edition is null || edition.ContentHash.Length > 0) return EditionErrors.Malformed("contentHash");
            var refused = Check(edition);
            return refused is null ? edition with { ContentHash = Convert.ToHexStringLower(SHA256.HashData(utf8)) } : refused;
        }
        catch (JsonException broken)
        {
            return EditionErrors.Malformed(broken.Path ?? "$");
        }
    }

    private static Error? Check(Edition edition)
    {
        if (edition.Id.Length is 0 or > PassLimits.MaxWord || edition.Id.Any(char.IsWhiteSpace)) return EditionErrors.FieldInvalid("id");
        if (edition.Name.Length == 0 || edition.NameEn.Length == 0) return EditionErrors.FieldInvalid("name");
        var sources = edition.Colours.Select(c => c.Source)
            .Concat(edition.Proofs.Select(p => p.Source)).Concat(edition.Measures.Select(m => m.Source)).Concat(edition.Returns.Select(r => r.Source));
        if (sources.FirstOrDefault(s => edition.Citations.All(c => c.Key != s)) is { } missing) return EditionErrors.SourceMissing(missing);
        return Twice(edition) is { } twice ? EditionErrors.RuleTwice(twice)
            : CheckColours(edition) ?? CheckProofs(edition) ?? CheckMeasures(edition) ?? CheckReturns(edition);
    }

    private static string? Twice(Edition edition) => edition.Citations.Select(c => c.Key)
        .Concat(edition.Colours.Select(c => $"colour {c.Colour}"))
        .Concat(edition.Measures.Select(m => $"measure {m.Kind}"))
        .Concat(edition.Proofs.Select(p => $"proof {p.Kind} {p.Clock}"))
        .Concat(edition.Returns.Select(r => $"level {r.Level}"))
        .GroupBy(key => key).FirstOrDefault(g => g.Skip(1).Any())?.Key;

    private static Error? CheckColours(Edition edition)
    {
        // All four or none: what a colour means is never left to be guessed.
        if (edition.HasColours && (edition.Colours.Count != 4 || edition.Colours.Any(c => c.Colour == Colour.None))) return EditionErrors.FieldInvalid("colours");
        if (edition.Colours.Any(c => c.Meaning.Length == 0 || c.MeaningEn.Length == 0)) return EditionErrors.FieldInvalid("meaning");
        if (edition.Colours.Any(c => c.Colour == Colour.Green && (c.AtGate, c.ToHomeFoodMedicine) != (GateAction.Admit, GateAction.Admit))) return EditionErrors.FieldInvalid("atGate");
        return edition.Colours.Any(c => c.Colour == Colour.Grey && (c.AtGate is not (GateAction.Admit or GateAction.Ask) || c.ToHomeFoodMedicine != GateAction.Admit))
            ? EditionErrors.GreyLocksOut()
            : null;
    }

    private static Error? CheckProofs(Edition edition) =>
        edition.Proofs.Any(p => p.Hours is < 1 or > MaxHours) ? EditionErrors.FieldInvalid("hours") : null;

    private static Error? CheckMeasures(Edition edition)
    {
        foreach (var rule in edition.Measures)
        {
            if (rule.MaxDays is < 1 or > MaxDays || rule.Approvals is < 1 or > RedApprovals) return EditionErrors.FieldInvalid("measures");
            var free = rule.Colour switch
            {
                Colour.Green => false,
                Colour.Yellow => rule.MaxDays > MaxYellowDays,
                Colour.Red => rule.Approvals < RedApprovals,
                _ => true,
            };
            if (free) return EditionErrors.MeasureTooFree(rule.Kind);
        }

        return null;
    }

    private static Error? CheckReturns(Edition edition)
    {
        foreach (var rule in edition.Returns)
        {
            var fits = rule.Duty switch
            {
                ReturnDuty.Declare => rule is { Regime: null, Days: 0, Tests: 0, TestDays.Count: 0 },
                ReturnDuty.Tests => rule is { Regime: null, Days: >= 1, Tests: >= 1 },
                _ => rule is { Regime: { } regime, Days: >= 1, Tests: >= 0 } && edition.RuleFor(regime) is { } measure && rule.Days <= measure.MaxDays,
            };
            var days = rule.TestDays.Count == 0
                || (rule.TestDays.Count == rule.Tests && rule.TestDays[0] >= 1 && rule.TestDays[^1] <= rule.Days && rule.TestDays.Zip(rule.TestDays.Skip(1)).All(p => p.First < p.Second));
            if (!fits || !days || rule.LookBackDays is < 1 or > MaxDays || rule.Days > MaxDays) return EditionErrors.FieldInvalid($"returns {rule.Level}");
        }

        return null;
    }
}
